"""Rounds in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django import template

from datasets.cubes import pick
from surveys import wording
from surveys.languages import ENGLISH
from surveys.wording.drafts import language_in_words

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """`{{ survey_round.opens_at|moment }}`: a day and a time."""
    return wording.moment(at)


@register.filter
def count_in_words(count: int) -> str:
    """`{{ count|count_in_words }}`: a multiple of five, or "fewer than 5"."""
    return wording.count_in_words(count)


@register.filter
def local(words: Mapping[str, str] | None) -> str:
    """`{{ questionnaire.title|local }}`: a text in the reader's language, or in the first there is."""
    return pick(words, wording.language()) if words else ""


@register.filter
def within_words(name: str) -> str:
    """`{{ name|within_words }}`: a language's name within a sentence, where Swedish has no capital."""
    return name if wording.language() == ENGLISH else name[:1].lower() + name[1:]


@register.filter
def language_name(code: str) -> str:
    """`{{ code|language_name }}`: what a language is called."""
    return language_in_words(code)
