"""The page on which a steward says what the columns of a file of people are: as shown, and as sent back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasets.importers.numbers import NumberReader
from datasets.microdata import ColumnPlan, ColumnUse, Figure, PeoplePlan, PlanError, RowIs
from datasets.wording.people_files import KINDS, USES, facts_told

LONGEST = 100
WITH_CATEGORIES = frozenset({ColumnUse.DIMENSION, ColumnUse.PLACE})
_NUMBERS = frozenset({ColumnUse.AGE, ColumnUse.BIRTH_YEAR, ColumnUse.TIME, ColumnUse.MEASURE})


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class CategoryField:
    """A category that enough rows have: what it is shown as, and where in the order."""

    name: str
    word: str
    rows: int | None
    shown: str
    place: int


@dataclass(frozen=True)
class ColumnField:
    """One column on the page. ``identifier`` says what it looks like, where it must go."""

    name: str
    heading: str
    facts: str
    called: str
    uses: tuple[Choice, ...]
    identifier: str
    rare: int
    categories: tuple[CategoryField, ...]
    is_dropped: bool


@dataclass(frozen=True)
class PlanForm:
    """Everything that is asked of a file of people, filled in with what was said so far."""

    columns: tuple[ColumnField, ...]
    rows: tuple[Choice, ...]
    figures: tuple[Choice, ...]
    year: str
    low: str
    high: str
    unit: str


def plan_form(plan: PeoplePlan, profiles: Sequence[Mapping[str, Any]]) -> PlanForm:
    """The form of a file whose columns have been looked at."""
    return PlanForm(
        columns=tuple(_column(at, profile, plan) for at, profile in enumerate(profiles)),
        rows=tuple(Choice(value, "", value == plan.row_is) for value in RowIs),
        figures=tuple(Choice(value, "", value == plan.figure) for value in Figure),
        year="" if plan.year is None else str(plan.year),
        low=f"{plan.low:g}",
        high="" if plan.high is None else f"{plan.high:g}",
        unit=plan.unit,
    )


def read_plan(sent: Mapping[str, str], former: PeoplePlan, profiles: Sequence[Mapping[str, Any]]) -> PeoplePlan:
    """What was filled in. Raises PlanError for a number that is none; whether it all fits is for ``check``."""
    columns = tuple(_sent_column(sent, at, profile, former) for at, profile in enumerate(profiles))
    year, low, high = (_number(sent.get(name, "")) for name in ("year", "low", "high"))
    return PeoplePlan(
        columns=columns,
        row_is=_one_of(RowIs, sent.get("row_is"), former.row_is),
        figure=_one_of(Figure, sent.get("figure"), former.figure),
        year=None if year is None else int(year),
        low=0.0 if low is None else low,
        high=high,
        unit=sent.get("unit", "").strip()[:LONGEST],
    )


def _column(at: int, profile: Mapping[str, Any], plan: PeoplePlan) -> ColumnField:
    said = plan.column(profile["heading"]) or ColumnPlan(profile["heading"])
    name = f"c-{at}"
    known = _known(profile, said)
    categories = tuple(
        CategoryField(f"{name}-{place}", word, rows, said.shown.get(word, ""), place + 1)
        for place, (word, rows) in enumerate(known.items())
    )
    identifier = profile.get("identifier")
    uses = [use for use in _uses(profile) if use is not ColumnUse.ASK or said.use is ColumnUse.ASK]
    return ColumnField(
        name=name,
        heading=profile["heading"],
        facts=facts_told(profile),
        called=said.name,
        uses=tuple(Choice(use, str(USES[use]), use is said.use) for use in uses),
        identifier=str(KINDS[identifier]) if identifier else "",
        rare=profile["rare"],
        categories=categories if said.use in WITH_CATEGORIES else (),
        is_dropped=said.use is ColumnUse.DROP,
    )


def _uses(profile: Mapping[str, Any]) -> list[ColumnUse]:
    """What can become of a column: of identifiers nothing, of words no age and no number."""
    if profile.get("identifier"):
        return [ColumnUse.ASK, ColumnUse.DROP]
    if profile["looks"] in ("words", "empty"):
        return [use for use in ColumnUse if use not in _NUMBERS]
    return list(ColumnUse)


def _known(profile: Mapping[str, Any], said: ColumnPlan) -> dict[str, int | None]:
    """The categories that may be told, in the order that was chosen, and how many rows have each."""
    seen = {category["word"]: category["rows"] for category in profile["categories"]}
    return {**{word: seen.get(word) for word in said.shown}, **seen}


def _sent_column(sent: Mapping[str, str], at: int, profile: Mapping[str, Any], former: PeoplePlan) -> ColumnPlan:
    said = former.column(profile["heading"]) or ColumnPlan(profile["heading"])
    name = f"c-{at}"
    use = _one_of(ColumnUse, sent.get(f"{name}-use"), said.use)
    if use not in _uses(profile):
        use = ColumnUse.ASK
    if use is ColumnUse.DROP:
        return ColumnPlan(profile["heading"], use)
    shown = []
    for place, word in enumerate(_known(profile, said)):
        category = sent.get(f"{name}-{place}-as", said.shown.get(word, word)).strip()[:LONGEST]
        order = _number(sent.get(f"{name}-{place}-no", ""), default=place + 1)
        shown.append((order, place, word, category))
    return ColumnPlan(
        heading=profile["heading"],
        use=use,
        name=sent.get(f"{name}-name", said.name).strip()[:LONGEST],
        shown={word: category for _order, _place, word, category in sorted(shown, key=lambda item: item[:2])},
    )


def _number(text: str, default: float | None = None) -> float | None:
    if not text.strip():
        return default
    found = NumberReader("," if "," in text else ".", " ").read(text)
    if found is None:
        raise PlanError("not_a_plan")
    return found


def _one_of(kind: Any, sent: str | None, former: Any) -> Any:
    return kind(sent) if sent in list(kind) else former
