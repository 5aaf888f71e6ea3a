"""Texts of the dialogue's content in the reader's language."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import template
from django.utils.translation import get_language

from datasets.cubes import LocalText, pick
from dialogues.content import perspectives
from dialogues.models import Dialogue, Participant
from dialogues.preparing.readiness import Readiness, readiness_of
from dialogues.wording import booked_in_words

register = template.Library()


@register.filter
def in_words(text: LocalText) -> str:
    """`{{ principle.title|in_words }}`."""
    return pick(text, _language())


def _language() -> str:
    return (get_language() or "sv").partition("-")[0]


@register.filter
def perspective_in_words(key: str) -> str:
    """A perspective's name; nothing for none, or one that is no longer known."""
    label = perspectives().get(key)
    return in_words(label) if label else ""


@register.filter
def shown_as(participant: Participant) -> str:
    """The person's name, or the role that nobody fills yet."""
    return participant.name or participant.role


@register.filter
def readiness(dialogue: Any) -> Readiness:
    """How ready a dialogue is that was read with its counts (`selectors.dialogues_with_counts`)."""
    return readiness_of(
        dialogue, participants=dialogue.participant_count, slides=dialogue.slide_count, lang=_language()
    )


@register.filter
def booked(dialogue: Dialogue) -> str:
    """When a dialogue is, in words; nothing while no day is set."""
    return booked_in_words(dialogue)


@register.simple_tag
def new_key() -> UUID:
    """A write key for a form: what is sent with it is stored once, however often it is sent."""
    return uuid4()
