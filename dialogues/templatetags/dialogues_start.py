"""What the start page fetches from dialogues."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.db.models import QuerySet
from django.utils import timezone

from dialogues.models import Dialogue, NextStep
from dialogues.selectors.dialogues import dialogues_of_guest, next_dialogue_of
from dialogues.selectors.next_steps import open_next_steps

register = template.Library()
MOST = 10


@register.simple_tag(takes_context=True)
def my_next_steps(context: dict[str, Any]) -> QuerySet[NextStep]:
    """The open next steps of the person at work, due first."""
    return open_next_steps().filter(owner=context["request"].user)[:MOST]


@register.simple_tag
def date_of_today() -> date:
    """Today, where the municipality is."""
    return timezone.localdate()


@register.simple_tag(takes_context=True)
def my_next_dialogue(context: dict[str, Any]) -> Dialogue | None:
    """The dialogue that this person leads or takes part in next."""
    return next_dialogue_of(context["request"].user)


@register.simple_tag(takes_context=True)
def my_invitations(context: dict[str, Any]) -> QuerySet[Dialogue]:
    """The dialogues that a guest was invited to."""
    return dialogues_of_guest(context["request"].user)[:MOST]


@register.simple_tag(takes_context=True)
def may_prepare_dialogues(context: dict[str, Any]) -> bool:
    """Whether the person may begin a dialogue here."""
    request = context["request"]
    return bool(request.user.has_perm("dialogues.prepare_dialogue", request.tenant))
