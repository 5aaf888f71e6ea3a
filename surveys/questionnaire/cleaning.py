"""From what was posted for one question to its answer, or to what is wrong with it.

A problem never repeats what the person wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from .coding import spelt_number
from .question import MOST_OWN_WORDS, TICKED, Answer, Asks, Band, Kind, Question


class Wrong(StrEnum):
    """What can be wrong with one answer taken by itself."""

    NOT_A_NUMBER = "not_a_number"
    NOT_A_YEAR = "not_a_year"
    NOT_AN_AMOUNT = "not_an_amount"
    OUT_OF_RANGE = "out_of_range"
    TOO_MANY_DECIMALS = "too_many_decimals"
    NOT_A_CHOICE = "not_a_choice"
    ONE_ONLY = "one_only"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    STANDS_ALONE = "stands_alone"
    RANKED_TWICE = "ranked_twice"
    TOO_LONG = "too_long"
    NAMES_SOMEONE = "names_someone"


def N_(message: str) -> str:
    """Mark a message for translation where it is shown."""
    return message


MESSAGE_OF: Mapping[Wrong, str] = {
    Wrong.NOT_A_NUMBER: N_("Write a whole number, for example %(example)s."),
    Wrong.NOT_A_YEAR: N_("Write the year you were born with four figures, for example %(example)s."),
    Wrong.NOT_AN_AMOUNT: N_("Write a number, for example %(example)s."),
    Wrong.OUT_OF_RANGE: N_("Write a number from %(lowest)s to %(highest)s."),
    Wrong.TOO_MANY_DECIMALS: N_("Write the number with at most %(decimals)s decimals."),
    Wrong.NOT_A_CHOICE: N_("That is not one of the answers. Choose one of those on the page."),
    Wrong.ONE_ONLY: N_("Choose one answer only."),
    Wrong.TOO_MANY: N_("Choose at most %(limit)s answers. You can take away one or more."),
    Wrong.TOO_FEW: N_("Choose at least %(limit)s answers, or none."),
    Wrong.STANDS_ALONE: N_(
        "One of your answers can't go together with the others. Keep either that one or the others."
    ),
    Wrong.RANKED_TWICE: N_("Two answers have the same place. Give each place to one answer only."),
    Wrong.TOO_LONG: N_("Your text has %(length)s characters. Shorten it to at most %(limit)s."),
    Wrong.NAMES_SOMEONE: N_(
        "Your text seems to hold a phone number, an e-mail address, an account name or a personal identity "
        "number. Take it out, so that nobody can be recognised."
    ),
}

STRIPPED = ("Cc", "Cf", "Cs", "Co")  # control and formatting characters: NUL, direction marks and the like
KEPT_MARKS = "\n\t\u200c\u200d"  # and of those: line breaks, tabs, and the joiners in Persian and in emoji
WHOLE_NUMBER = re.compile(r"(\d{1,3})\s*(?:år|years?)?", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d{2}")
AMOUNT = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?")
GROUPING = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
PERSONAL = (
    re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}"),  # e-mail address
    re.compile(r"(?<!\w)@\w{3,}"),  # account name
    re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)"),  # personal identity and coordination number
    re.compile(r"(?<!\d)(?:\+|0)\d(?:[\s()–-]*\d){7,}"),  # phone number
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer, and what its words need to be filled with."""

    kind: Wrong
    params: Mapping[str, int | str] = field(default_factory=dict)


def clean_answer(question: Question, values: Sequence[str], year: int) -> Answer | Problem | Band | None:
    """One question's answer of the values posted for it; None where nothing was.

    A band beyond the survey's ages is given as itself: its person is thanked, and nothing is kept.
    """
    if not values or not question.is_asked or question.kind is Kind.INFO:
        return None
    if question.kind is Kind.MULTIPLE:
        return _several(question, values)
    if question.kind is Kind.RANKING:
        return _ranked(question, values)
    if len(values) > 1:
        return Problem(Wrong.ONE_ONLY)
    value = values[0].strip()
    match question.kind:
        case Kind.TEXT:
            return clean_words(values[0], question.max_length)
        case Kind.NUMBER:
            return _band(question, value, year)
        case Kind.QUANTITY:
            return _amount(question, value)
        case Kind.ACKNOWLEDGE:
            return TICKED if value == TICKED else Problem(Wrong.NOT_A_CHOICE)
    return value if value in question.position else Problem(Wrong.NOT_A_CHOICE)


def clean_words(value: str, limit: int | None = MOST_OWN_WORDS) -> str | Problem | None:
    """Somebody's own words without what is not to be seen; None where nothing is left."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in KEPT_MARKS or unicodedata.category(c) not in STRIPPED).strip()
    if limit is not None and len(text) > limit:
        return Problem(Wrong.TOO_LONG, {"length": len(text), "limit": limit})
    if any(pattern.search(text) for pattern in PERSONAL):
        return Problem(Wrong.NAMES_SOMEONE)
    return text or None


def _several(question: Question, values: Sequence[str]) -> tuple[str, ...] | Problem:
    if not set(values) <= question.position.keys():
        return Problem(Wrong.NOT_A_CHOICE)
    chosen = [choice for choice in question.choices if choice.code in values]
    alone = [choice for choice in chosen if choice.is_exclusive or choice.is_missing]
    if len(chosen) > 1 and alone:
        return Problem(Wrong.STANDS_ALONE)
    if question.max_choices is not None and len(chosen) > question.max_choices:
        return Problem(Wrong.TOO_MANY, {"limit": question.max_choices})
    if question.min_choices is not None and not alone and len(chosen) < question.min_choices:
        return Problem(Wrong.TOO_FEW, {"limit": question.min_choices})
    return tuple(choice.code for choice in chosen)


def _ranked(question: Question, values: Sequence[str]) -> tuple[str, ...] | Problem:
    """Values in rank order, as the script sends them, or as `code:place`, as forms without script do."""
    pairs = [value.partition(":") for value in values]
    if any(place for _code, _colon, place in pairs):
        placed = sorted((int(place), code) for code, _colon, place in pairs if place.isdigit() and int(place))
        if len({place for place, _code in placed}) < len(placed):
            return Problem(Wrong.RANKED_TWICE)
        order = [code for _place, code in placed]
    else:
        order = [code for code, colon, _place in pairs if not colon]
    if not set(order) <= question.position.keys() or len(set(order)) < len(order):
        return Problem(Wrong.NOT_A_CHOICE)
    return tuple(order)


def _band(question: Question, value: str, year: int) -> str | Problem | Band:
    """Only the band leaves this function; with script, only the band has come this far."""
    age = None
    if question.asks is Asks.BIRTH_YEAR:
        age = year - int(value) if YEAR.fullmatch(value) and int(value) <= year else None
    elif number := WHOLE_NUMBER.fullmatch(value):
        age = int(number[1])
    for band in question.bands:
        if band.code == value or (age is not None and band.holds(age)):
            return band if band.outside else band.code
    if value in question.position:  # "prefer not to answer"
        return value
    if question.asks is Asks.BIRTH_YEAR:
        return Problem(Wrong.NOT_A_YEAR, {"example": year - example_age(question)})
    return Problem(Wrong.NOT_A_NUMBER, {"example": example_age(question)})


def example_age(question: Question) -> int:
    """A number that somebody who answers could write."""
    kept = [band for band in question.bands if not band.outside]
    lowest = kept[0].lowest or 0
    highest = kept[-1].highest
    return lowest if highest is None else (lowest + highest) // 2


def _amount(question: Question, value: str) -> str | Problem:
    if value in question.position:
        return value
    measure = question.measure
    if measure is None:
        return Problem(Wrong.NOT_A_CHOICE)
    spelt = GROUPING.sub("", value)
    unit = set(measure.unit.values()) if measure.unit else set()
    for words in unit:
        spelt = spelt.removesuffix(words).strip()
    if not AMOUNT.fullmatch(spelt):
        middle = (measure.lowest + measure.highest) / 2
        example = spelt_number(round(middle, measure.decimals) if measure.decimals else Decimal(int(middle)))
        return Problem(Wrong.NOT_AN_AMOUNT, {"example": example})
    number = Decimal(spelt.replace(",", "."))
    if not measure.lowest <= number <= measure.highest:
        ends = {"lowest": spelt_number(measure.lowest), "highest": spelt_number(measure.highest)}
        return Problem(Wrong.OUT_OF_RANGE, ends)
    steps = number.scaleb(measure.decimals)
    if steps != steps.to_integral_value():
        return Problem(Wrong.TOO_MANY_DECIMALS, {"decimals": measure.decimals})
    return spelt_number(number)
