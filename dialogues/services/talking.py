"""How the room talks just now: by oneself for a minute, in pairs for five, then everybody."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from dialogues.room.live import changed

MINUTES = {Dialogue.Talk.ALONE.value: 1, Dialogue.Talk.PAIRS.value: 5}
"""Talking together lasts for as long as the agenda says."""


@transaction.atomic
def talk_set(*, dialogue: Dialogue, talk: str) -> None:
    """Say how to talk from now on, to everyone in the room; with nothing, no longer say it.

    Raises DialogueError for a dialogue that is not going on, or a way of talking that is not known.
    """
    if talk and talk not in Dialogue.Talk.values:
        raise DialogueError(_("Choose how you talk: by yourselves, in pairs or together."))
    minutes = MINUTES.get(talk)
    ends_at = timezone.now() + timedelta(minutes=minutes) if minutes else None
    going_on = Dialogue.objects.filter(pk=dialogue.pk, state=Dialogue.State.ONGOING)
    if not going_on.update(talk=talk, talk_ends_at=ends_at):
        raise DialogueError(_("Start the dialogue first."))
    changed(dialogue)
