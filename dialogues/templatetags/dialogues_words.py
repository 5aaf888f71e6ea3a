"""Texts of the dialogue's content in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from datasets.cubes import LocalText, pick
from dialogues.content import perspectives
from dialogues.models import Participant

register = template.Library()


@register.filter
def in_words(text: LocalText) -> str:
    """`{{ principle.title|in_words }}`."""
    return pick(text, (get_language() or "sv").partition("-")[0])


@register.filter
def perspective_in_words(key: str) -> str:
    """A perspective's name; nothing for none, or one that is no longer known."""
    label = perspectives().get(key)
    return in_words(label) if label else ""


@register.filter
def shown_as(participant: Participant) -> str:
    """The person's name, or the role that nobody fills yet."""
    return participant.name or participant.role
