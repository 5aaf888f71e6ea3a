"""What the start page fetches from dialogues."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from dialogues.models import Dialogue, NextStep
from dialogues.readiness import readiness_of
from dialogues.selectors import dialogues_of_guest, next_dialogue_of, open_next_steps
from dialogues.wording import booked_in_words

register = template.Library()
MOST = 10


@register.simple_tag(takes_context=True)
def my_next_steps(context: dict[str, Any]) -> list[NextStep]:
    """The open next steps of the person at work, due first; each with `today` to compare with."""
    today = timezone.localdate()
    steps = list(open_next_steps().filter(owner=context["request"].user)[:MOST])
    for step in steps:
        step.today = today
    return steps


@register.simple_tag(takes_context=True)
def my_next_dialogue(context: dict[str, Any]) -> Dialogue | None:
    """The dialogue that this person leads or takes part in next, with `readiness` and `when`."""
    dialogue = next_dialogue_of(context["request"].user)
    return None if dialogue is None else _with_words(dialogue)


@register.simple_tag(takes_context=True)
def my_invitations(context: dict[str, Any]) -> list[Dialogue]:
    """The dialogues that a guest was invited to, each with `when`."""
    return [_with_words(dialogue) for dialogue in dialogues_of_guest(context["request"].user)[:MOST]]


@register.simple_tag(takes_context=True)
def may_prepare_dialogues(context: dict[str, Any]) -> bool:
    """Whether the person may begin a dialogue here."""
    request = context["request"]
    return bool(request.user.has_perm("dialogues.prepare_dialogue", request.tenant))


def _with_words(dialogue: Any) -> Any:
    dialogue.when = booked_in_words(dialogue)
    dialogue.readiness = readiness_of(
        dialogue,
        participants=dialogue.participant_count,
        slides=dialogue.slide_count,
        lang=(get_language() or "sv").partition("-")[0],
        when=dialogue.when,
    )
    return dialogue
