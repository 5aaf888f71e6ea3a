"""What a dialogue opens with."""

from __future__ import annotations

from typing import Any

from django import template

from dialogues.models import Dialogue
from dialogues.selectors.data_wishes import from_last_time

register = template.Library()


@register.simple_tag
def last_time(dialogue: Dialogue) -> dict[str, Any]:
    """The steps and the unanswered wishes of the dialogue before; empty for the first in a series."""
    steps, wishes = from_last_time(dialogue)
    return {"steps": steps, "wishes": wishes}
