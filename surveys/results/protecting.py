"""From a round's counts to tables that may be shown: the base once, then each question against it.

No database: a job of each (`surveys.services.results`) reads the answers and keeps what comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from datasets.cubes import Reason
from datasets.disclosure import (
    AggregationRule,
    ProtectedBase,
    ProtectedCube,
    RefusedToPublish,
    Why,
    protect_base,
    protect_question,
)
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.questionnaire import Question
from surveys.results.people_groups import Crossing, Grouping, code_of, crossings_of
from surveys.results.reach_table import reach_tables
from surveys.results.tabulation import (
    ANSWERED,
    Columns,
    Counted,
    base_tables,
    groupings_of,
    people_table,
    question_tables,
)

CROSSED = (("age", "gender"), (MUNICIPALITY, "age"), (MUNICIPALITY, "gender"))
"""The background questions that results are also broken down by together, the most important first.

Weights are worked out of the first ones; where tables together can't be made safe the last ones go first.
"""

LEAST_CROSSED = 30
"""So many people must be in each combination before a third dimension is shown."""


class NotShown(StrEnum):
    """Why a table of a round is not shown, in as many kinds as a reader needs to tell apart."""

    TOO_FEW = "too_few"
    TOO_LARGE = "too_large"
    NOT_SAFE = "not_safe"


@dataclass(frozen=True)
class Protected:
    """Tables that may be shown, and why others may not; both by table code (`question`, `question.background`)."""

    shown: Mapping[str, ProtectedCube]
    not_shown: Mapping[str, NotShown]

    def of(self, question: Question) -> Protected:
        """What came out for one question."""
        return Protected(_of(question, self.shown), _of(question, self.not_shown))


@dataclass(frozen=True)
class Base:
    """How many took part in each group: what questions are protected against, and what may be shown of it.

    `secrets` is for the jobs that protect the questions, and for nobody else.
    """

    secrets: Mapping[str, Any]
    protected: Protected


def protected_base(
    columns: Columns, breakdowns: Sequence[str], rule: AggregationRule, *, input_key: bytes = b""
) -> Base:
    """The base of a round: all breakdowns together; where that is refused, fewer; at last everyone alone.

    The table of reach is in it where it hides nothing. Of two ages by two occupations one hidden figure hides all
    four, so that it would say nothing, and the base would hide something that no score is shown beside.
    """
    groupings = list(groupings_of(columns, breakdowns, smallest=rule.share_base))
    crossings = list(crossings_of(groupings, CROSSED, smallest=_crossed_base(rule)))
    reached = reach_tables(groupings)
    not_shown = dict.fromkeys(breakdowns, NotShown.TOO_FEW)
    while True:
        tables = [*base_tables(groupings, crossings, columns.notes), *reached]
        counts = [counted.table for counted in tables] or [people_table(columns)]
        try:
            base = protect_base(counts, rule, input_key=input_key)
        except RefusedToPublish as refused:
            if not groupings:
                return Base({"breakdowns": [], "base": None}, Protected({}, not_shown))
            if reached:
                reached = []
            elif crossings:
                crossings.pop()
            else:
                not_shown[groupings.pop().question.code] = _kind_of(refused)
            continue
        if reached and _is_hiding(base):
            reached = []
            continue
        shown = {counted.code: cube for counted, cube in zip(tables, base.cubes, strict=False)}
        left = {code: why for code, why in not_shown.items() if code not in shown}
        return Base({"breakdowns": list(shown), "base": base.to_json()}, Protected(shown, left))


def protected_question(
    secrets: Mapping[str, Any],
    columns: Columns,
    question: Question,
    rule: AggregationRule,
    *,
    input_key: bytes = b"",
) -> Protected:
    """One question against the base: all its tables; where that is refused, fewer of them; at last none.

    A number without bands has no tables.
    """
    if not question.is_counted:
        return Protected({}, {})
    if secrets["base"] is None:
        return Protected({}, {question.code: NotShown.TOO_FEW})
    groupings, crossings = groups_of(secrets, columns, rule)
    if place := columns.own.get(question.section):
        if not is_told_alone(groupings, place):
            return Protected({}, {question.code: NotShown.TOO_FEW})
        groupings, crossings = told_of_one(groupings, crossings), ()
    tables = question_tables(columns, question, groupings, crossings)
    return protected_tables(secrets, tables, rule, input_key=input_key)


def groups_of(
    secrets: Mapping[str, Any], columns: Columns, rule: AggregationRule
) -> tuple[Sequence[Grouping], Sequence[Crossing]]:
    """What the questions of a round are broken down by: what its base is, alone and crossed."""
    groupings = groupings_of(columns, secrets["breakdowns"], smallest=rule.share_base)
    crossings = [
        crossing
        for crossing in crossings_of(groupings, CROSSED, smallest=_crossed_base(rule))
        if code_of(crossing) in secrets["breakdowns"]
    ]
    return groupings, crossings


def is_told_alone(groupings: Sequence[Grouping], place: str) -> bool:
    """Whether the base tells how many a municipality has by itself.

    Where it is joined with neighbours its own questions would tell: those who answered them are its people.
    """
    return any(one.question.code == MUNICIPALITY and place in one.dimension.codes for one in groupings)


def told_of_one(groupings: Sequence[Grouping], crossings: Sequence[Crossing]) -> list[Grouping]:
    """What the questions of one municipality are broken down by: what the base breaks municipalities down by."""
    by = {one.question.code for crossing in crossings for one in crossing if _tells_places(crossing)}
    return [one for one in groupings if one.question.code in by - {MUNICIPALITY}]


def _tells_places(crossing: Crossing) -> bool:
    return any(one.question.code == MUNICIPALITY for one in crossing)


def protected_tables(
    secrets: Mapping[str, Any], tables: list[Counted], rule: AggregationRule, *, input_key: bytes = b""
) -> Protected:
    """The tables of one question against the base: all; where that is refused, without the last; at last none."""
    base = ProtectedBase.from_json(secrets["base"])
    not_shown: dict[str, NotShown] = {}
    while tables:
        counts = [counted.table for counted in tables]
        try:
            cubes = protect_question(base, counts, rule, input_key=input_key)
        except RefusedToPublish as refused:
            *tables, left = tables
            not_shown[left.code] = _kind_of(refused)
            continue
        pairs = list(zip(tables, cubes, strict=True))
        hidden = {counted.code: NotShown.TOO_FEW for counted, cube in pairs if _says_nothing(counted, cube)}
        shown = {counted.code: cube for counted, cube in pairs if counted.code not in hidden}
        return Protected(shown, not_shown | hidden)
    return Protected({}, not_shown)


def _says_nothing(counted: Counted, cube: ProtectedCube) -> bool:
    """Whether a table is better left out: of a breakdown, one that hides how many answered in some group.

    Nearly the same people answer every question, so that other questions would tell: then the breakdown is
    not shown for this one.
    """
    if not counted.by or counted.table.over is None:
        return False
    margins = cube.select({counted.table.over: [ANSWERED]})
    return bool((margins.statuses == Reason.SUPPRESSED).any())


def _is_hiding(base: ProtectedBase) -> bool:
    return any((cube.statuses == Reason.SUPPRESSED).any() for cube in base.cubes)


def _crossed_base(rule: AggregationRule) -> int:
    return max(LEAST_CROSSED, 3 * rule.share_base)


def _kind_of(refused: RefusedToPublish) -> NotShown:
    reasons = {refusal.why for refusal in refused.reasons}
    if reasons & {Why.TOO_LARGE, Why.TOO_MANY_DIMENSIONS}:
        return NotShown.TOO_LARGE
    return NotShown.TOO_FEW if reasons <= {Why.NOTHING_LEFT, Why.NOT_CLEAN} else NotShown.NOT_SAFE


def _of(question: Question, tables: Mapping[str, Any]) -> dict[str, Any]:
    return {code: found for code, found in tables.items() if code.partition(".")[0] == question.code}


def restored(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, ProtectedCube]]:
    """Stored tables again, by code. Raises AlteredRelease when one of them was changed."""
    for code, table in tables.items():
        yield code, ProtectedCube.from_release(**table)
