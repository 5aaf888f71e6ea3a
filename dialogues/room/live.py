"""Telling open pages that a dialogue changed; what changed they ask for themselves."""

from __future__ import annotations

from dialogues.models import Dialogue
from portal.live import announce


def topic_of(dialogue: Dialogue) -> str:
    """What the pages of one dialogue wait for."""
    return f"dialogue:{dialogue.pk}"


def changed(dialogue: Dialogue) -> None:
    """Let everyone who has the dialogue open ask again, once this is stored."""
    announce(topic_of(dialogue))
