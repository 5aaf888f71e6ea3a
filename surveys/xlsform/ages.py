"""Age is never kept but as a band: which questions ask for it, and the band that the platform itself asks for."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..questionnaire.expressions import Call, Expression, Number, Operation, Ref, Text, as_number, truth
from .structure import Item, Structure
from .telling import N_, Place, Report
from .types import Sort

_CONTENT = Path(__file__).resolve().parent.parent / "content"
AGE, BIRTH_YEAR = "age", "birth_year"
NEVER = Call("false", ())

AGE_IS_BAND = N_("Of the age that is asked for here only a band is kept, such as 18–19 years.")
AGE_TWICE = N_(
    "The question offers ages to choose from. Our own question on age comes first, with our bands. Delete the "
    "row, so that nobody is asked twice."
)
AGE_MOVED = N_("The question on age comes first here, so that nobody outside the ages answers for nothing.")
NOT_IN_BANDS = N_(
    "Of an age we keep only its band, such as 18–19 years, so a condition can part ages only at "
    "%(ages)s. Change it."
)
NOT_BY_YEAR = N_(
    "Of a year of birth we keep only the age's band, so no condition can read the year. Ask in bands."
)

_AGE = re.compile(
    r"hur gammal är du|din ålder|ange ålder|how old are you|your age|what is your age|wie alt (bist|sind)|"
    r"(dein|ihr) alter|^(ålder|age|alter)\b[^a-zåäö]*$"
)
_AGE_NAMES = re.compile(r"(my_?|your_?|q\d*_?)?(age|alder|ålder|alter|age_years|alder_ar)")
_YEAR = re.compile(
    r"födelseår|vilket år (är|föddes) du|år du (är född|föddes)|birth ?year|year of birth|what year were you born|"
    r"which year were you born|geburtsjahr|welchem jahr .*geboren"
)
_YEAR_NAMES = re.compile(r"(birth_?year|year_?of_?birth|yob|fodelsear|födelseår|geburtsjahr)")


def asks_for(item: Item) -> str | None:
    """Whether a question asks for an age or a year of birth; None for any other."""
    if item.sort not in (Sort.WHOLE, Sort.RANGE, Sort.DECIMAL):
        return None
    if _YEAR_NAMES.fullmatch(item.name.casefold()) or any(_YEAR.search(label) for label in _labels(item)):
        return BIRTH_YEAR
    return AGE if _is_age(item) else None


def _is_age(item: Item) -> bool:
    """Whether the name or the words of a question are those of an age."""
    return bool(_AGE_NAMES.fullmatch(item.name.casefold())) or any(_AGE.search(one) for one in _labels(item))


def is_written(item: Item) -> bool:
    """Whether a text asks for an age, which then can't be made a band."""
    return item.sort is Sort.TEXT and any(_AGE.search(label) for label in _labels(item) if len(label.split()) <= 6)


def _labels(item: Item) -> list[str]:
    return [" ".join(re.sub(r"[*_#]", "", text).casefold().split()) for text in item.row.texts("label").values()]


def found(structure: Structure, report: Report) -> tuple[dict[str, str], str | None, bool]:
    """The questions on age by name, which of them stands for the platform's own, and whether that must move.

    It is the first that everybody is asked, or else the first. It comes first of all where it isn't among the
    first questions, or where only some would be asked it.
    """
    asking = {item.name: asks for item in structure if (asks := asks_for(item))}
    for item in structure:
        if item.sort is Sort.SINGLE and _is_age(item):
            report.warn(item.row.at("label"), AGE_TWICE)
    for name in asking:
        report.warn(structure.items[name].row.at("label"), AGE_IS_BAND)
    for_all = [name for name in asking if not _has_condition(structure.items[name])]
    main = next(iter([*for_all, *asking]), None)
    if main is None:
        return asking, None, False
    is_moved = not for_all or not _is_early(structure.items[main], structure)
    if is_moved:
        report.warn(structure.items[main].row.at("label"), AGE_MOVED)
    return asking, main, is_moved


def _is_early(age: Item, structure: Structure) -> bool:
    """Whether it stands in the first part that asks anything."""
    for part in structure.parts:
        if any(item.sort not in (Sort.NOTE, Sort.CALCULATE) for item in part.items):
            return age in part.items
    return False


def _has_condition(item: Item) -> bool:
    groups = item.group.path() if item.group is not None else ()
    return bool(item.row.get("relevant")) or any(group.row.get("relevant") for group in groups)


@lru_cache(maxsize=1)
def _own() -> dict[str, Any]:
    questions = json.loads((_CONTENT / "wellbeing.json").read_text(encoding="utf-8"))["questions"]
    return dict(next(question for question in questions if question["code"] == AGE))


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return dict(json.loads((_CONTENT / "age_words.json").read_text(encoding="utf-8")))


def lacking(languages: tuple[str, ...]) -> list[str]:
    """The languages that the platform's own words on age are not there in; they show English."""
    return [language for language in languages if language not in _own()["text"] and language not in _words()]


def section(code: str, languages: tuple[str, ...]) -> dict[str, Any]:
    """The section of the platform's own question on age."""
    return {"code": code, "title": _in_all(_own()["label"], languages, "label")}


def question(code: str, section: str, languages: tuple[str, ...], since: int) -> dict[str, Any]:
    """The platform's own question on age, of which only the band is kept."""
    made = deepcopy(_own()) | {"code": code, "section": section, "since": since}
    for field in ("text", "label", "help"):
        made[field] = _in_all(made[field], languages, field)
    made["bands"] = bands(languages)
    return made


def bands(languages: tuple[str, ...]) -> list[dict[str, Any]]:
    """The platform's bands of age, with what those outside them read."""
    made = deepcopy(_own()["bands"])
    for band in made:
        field = band.get("outside", "between")
        numbers = {"low": band.get("from", 0), "high": band.get("to", 0)}
        band["text"] = {one: text % numbers for one, text in _in_all(band["text"], languages, field).items()}
        if "thanks" in band:
            band["thanks"] = _in_all(band["thanks"], languages, "thanks")
    return list(made)


def _in_all(own: dict[str, str], languages: tuple[str, ...], field: str) -> dict[str, str]:
    return {one: own.get(one) or _words().get(one, {}).get(field) or own["en"] for one in languages}


def in_bands(
    node: Operation, code: str, asks: str, *, is_turned: bool, place: Place, report: Report
) -> Expression:
    """A comparison of an age with a number, as the bands that it holds for.

    ``is_turned`` where the age stands to the right. Tells in the report where a band is cut in two.
    """
    fixed = node.left if is_turned else node.right
    if isinstance(fixed, Text) and not fixed.value:
        return Operation(node.operator, Ref(code), Text(""))
    if isinstance(fixed, Text) and fixed.value in {band["code"] for band in _own()["bands"]}:
        return Operation(node.operator, *((fixed, Ref(code)) if is_turned else (Ref(code), fixed)))
    if asks == BIRTH_YEAR or not isinstance(fixed, Number | Text):
        report.refuse(place, NOT_BY_YEAR)
        return NEVER
    kept = [band for band in _own()["bands"] if "outside" not in band]
    limit = Number(as_number(fixed.value))
    holding = []
    for band in kept:
        operands = [Number(float(age)) for age in range(band["from"], band["to"] + 1)]
        truths = {
            truth(Operation(node.operator, *((limit, age) if is_turned else (age, limit))), {}) for age in operands
        }
        if len(truths) > 1:
            report.refuse(place, NOT_IN_BANDS, ages=", ".join(str(one["from"]) for one in kept))
        elif truths == {True}:
            holding.append(band["code"])
    if len(holding) == len(kept):
        return Call("answered", (Ref(code),))
    if not holding:
        return NEVER
    found: Expression = Operation("=", Ref(code), Text(holding[0]))
    for one in holding[1:]:
        found = Operation("or", found, Operation("=", Ref(code), Text(one)))
    return found
