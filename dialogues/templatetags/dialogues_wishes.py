"""The wish for data that somebody is registering a data set for, on the pages of that."""

from __future__ import annotations

from typing import Any

from django import template

from dialogues.models import Note
from dialogues.selectors import data_wishes as found
from dialogues.wishes import wish_carried

register = template.Library()


@register.simple_tag(takes_context=True)
def wish_in_hand(context: dict[str, Any]) -> Note | None:
    """The wish that the person set out to answer, while it is still open. No query for who did not."""
    key = wish_carried(context["request"])
    return found.open_data_wishes().filter(pk=key).first() if key else None
