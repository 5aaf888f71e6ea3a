"""The voices that were put beside an activity, and those that can be."""

from __future__ import annotations

from accounts.models import Tenant
from datasets.models import Voice
from datasets.selectors.voices import VoiceSearch, voices_beside, voices_in_use
from dialogues.models import Activity, ActivityVoice

MOST_OFFERED = 40


def voices_of(activity: Activity) -> list[Voice]:
    """The chosen voices in their order, as far as they are in use and may be read here. One query."""
    ours = ActivityVoice.in_scope().filter(activity=activity, voice__state=Voice.State.PUBLISHED)
    return [one.voice for one in ours.select_related("voice__tenant")]


def voices_to_choose(activity: Activity, tenant: Tenant, words: str = "") -> list[Voice]:
    """What can be chosen: those chosen already, then those about the same thing, then the others."""
    offered = [
        *voices_of(activity),
        *(() if words else voices_beside(tenant, about=activity)[:MOST_OFFERED]),
        *voices_in_use(tenant, VoiceSearch(words=words))[:MOST_OFFERED],
    ]
    return list({one.pk: one for one in offered}.values())
