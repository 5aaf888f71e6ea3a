"""Voices of young people beside an activity."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.models import Voice
from dialogues.errors import DialogueError
from dialogues.models import Activity, ActivityVoice
from portal.audit.recording import record

MOST_VOICES = 5


@transaction.atomic
def voices_choose(*, activity: Activity, voices: Sequence[Voice], by: User) -> None:
    """Put these voices beside an activity, in this order, in place of those before.

    Raises DialogueError beyond five, and for one that is not in use any more.
    """
    if len(voices) > MOST_VOICES:
        raise DialogueError(_("Five voices are enough for one activity. Choose those that say most."))
    Activity.in_scope().select_for_update().get(pk=activity.pk)
    if any(one.state != Voice.State.PUBLISHED for one in voices):
        raise DialogueError(_("This voice is no longer in use."))
    ActivityVoice.in_scope().filter(activity=activity).delete()
    for position, voice in enumerate(voices):
        ActivityVoice.objects.create(activity=activity, voice=voice, position=position)
    record("activity.voices_chosen", target=activity, by=by, voices=len(voices))
