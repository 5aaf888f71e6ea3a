"""What a dialogue opens with."""

from __future__ import annotations

from django import template

from dialogues.models import Dialogue
from dialogues.selectors.last_time import LastTime, from_last_time

register = template.Library()


@register.simple_tag
def last_time(dialogue: Dialogue) -> LastTime:
    """What was promised, taken along and wished for in the dialogue before; empty for the first in a series."""
    return from_last_time(dialogue)
