"""Rounds in the reader's words."""

from __future__ import annotations

from datetime import datetime

from django import template

from surveys import wording

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """`{{ survey_round.opens_at|moment }}`: a day and a time."""
    return wording.moment(at)


@register.filter
def count_in_words(count: int) -> str:
    """`{{ count|count_in_words }}`: a multiple of five, or "fewer than 5"."""
    return wording.count_in_words(count)
