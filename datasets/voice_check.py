"""Whether words could tell who somebody is: what stops a text, and what asks its author to look again.

Beside the identifiers that `identifiers` finds anywhere, words that young people said are stopped by a school
class, a whole name, and a surname; a first name alone, or the name of a school, may be nobody's, and asks.
Nothing of what was found is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.disclosure import AggregationRule, Sensitivity
from datasets.identifiers import Kind, find_identifiers
from datasets.identifiers.words import GIVEN_NAMES

SMALLEST_GROUP = AggregationRule.default(Sensitivity.SENSITIVE).k
"""A group of fewer people is not named by its size: the same threshold as for sensitive figures."""

STOPPING: Mapping[Kind, Promise] = {
    Kind.PERSONAL_NUMBER: _("a personal identity number"),
    Kind.COORDINATION_NUMBER: _("a coordination number"),
    Kind.BIRTH_DATE: _("a date of birth"),
    Kind.ADDRESS: _("an address"),
    Kind.EMAIL: _("an e-mail address"),
    Kind.PHONE: _("a phone number"),
}
WHOLE_NAME: Promise = _("a person’s whole name or surname")
SCHOOL_CLASS: Promise = _("a school class")
FIRST_NAME: Promise = _("a first name")
SCHOOL: Promise = _("the name of a school")

# Also one that was mistyped, and so fails the check digit, points at somebody.
_NUMBER = re.compile(r"(?<!\d)(?:\d\d)?\d\d[01]\d[0-9]\d[ \t]?[-+–]?[ \t]?\d{4}(?!\d)")
_WORD = r"[A-ZÅÄÖÉÜ][\w'-]+"
_TWO_CAPITALS = re.compile(rf"\b({_WORD})[ \t]+({_WORD})")
_CAPITAL = re.compile(rf"\b{_WORD}")
_SURNAME = re.compile(r"\b(?!Persons?\b)[A-ZÅÄÖ][a-zåäöéü]{2,}(?:son|sdotter)s?\b")
_CLASS = re.compile(
    r"\b[1-9](?:[A-Z]|[a-h])\b|\b[1-9] ?[A-H]\b|\bklass(?:en)? [1-9]\w?\b"
    r"|\b(?:BA|BF|EE|EK|ES|FS|FT|HA|HT|HU|HV|IM|IN|NA|NB|RL|SA|TE|VF|VO)[ -]?\d{2}[A-Za-z]?\b"
)
_SCHOOL = re.compile(r"\b[A-ZÅÄÖ]\w*(?:skolan|skola|gymnasiet|gymnasium)\b|\b[A-ZÅÄÖ]\w+s? (?:gymnasium|skola)\b")


@dataclass(frozen=True)
class WordCheck:
    """What resembles an identity in a text: what must go, and what its author must vouch for."""

    stops: tuple[Promise, ...]
    asks: tuple[Promise, ...]


def check_words(*texts: str) -> WordCheck:
    """Look through texts that belong together, for what could tell who somebody is."""
    text = "\n".join(texts)
    kinds = find_identifiers(text)
    stops = [STOPPING[kind] for kind in kinds if kind in STOPPING]
    if not stops and _NUMBER.search(text):
        stops.append(STOPPING[Kind.PERSONAL_NUMBER])
    if _has_whole_name(text):
        stops.append(WHOLE_NAME)
    if _CLASS.search(text):
        stops.append(SCHOOL_CLASS)
    asks = []
    if WHOLE_NAME not in stops and (Kind.NAME in kinds or _has_first_name(text)):
        asks.append(FIRST_NAME)
    if _SCHOOL.search(text):
        asks.append(SCHOOL)
    return WordCheck(tuple(stops), tuple(asks))


def names_person(text: str) -> bool:
    """Whether a person seems to be named where a function should be."""
    return Kind.NAME in find_identifiers(text) or _has_whole_name(text) or _has_first_name(text)


def _has_whole_name(text: str) -> bool:
    pairs = ((first.casefold(), second) for first, second in _TWO_CAPITALS.findall(text))
    return _SURNAME.search(text) is not None or any(first in GIVEN_NAMES for first, _second in pairs)


def _has_first_name(text: str) -> bool:
    return any(
        word.casefold().removesuffix("s") in GIVEN_NAMES or word.casefold() in GIVEN_NAMES
        for word in _CAPITAL.findall(text)
    )
