"""Two rounds of a small place as one: what few answers of one year hide, those of two together may show.

Which round somebody answered is a dimension of the tables that are protected, and never one that is published:
so what is out of each round and what is to come are one system, in which no hidden figure of either round, nor of
both, can be worked out as what the others leave. No database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from datasets.cubes import Category, Dimension, LocalText, Role
from datasets.disclosure import (
    AggregationRule,
    CountTable,
    ProtectedBase,
    ProtectedCube,
    RefusedToPublish,
    ReleasedTable,
    protect_base,
    protect_question,
)
from surveys.questionnaire import Question, Questionnaire
from surveys.results.people_groups import Grouping
from surveys.results.tabulation import Columns, Counted, base_tables, counted_by, groupings_of

ROUND, BOTH = "round", "both"
LABEL: LocalText = {"sv": "Omgång", "en": "Round"}
TOGETHER: LocalText = {"sv": "Båda omgångarna", "en": "Both rounds"}

Held = tuple[str, Columns, Sequence[ProtectedCube]]
"""A round: its code, its answers, and everything that is out of it."""

Shown = dict[str, ProtectedCube]
"""Tables of both rounds together that may be shown, by table code."""


@dataclass(frozen=True, eq=False)
class Pool:
    """The answers of two rounds that asked the same, with what is out of each: `released` stand at their round."""

    columns: Columns
    wave: Grouping
    groupings: tuple[Grouping, ...]
    released: tuple[ReleasedTable, ...]
    groups: Mapping[str, Mapping[str, Sequence[str]]]


def pool_of(rounds: Sequence[Held], breakdowns: Sequence[str], rule: AggregationRule) -> Pool:
    """Rounds put together.

    A breakdown whose groups stand to those of one of the rounds in no simple way is left out.
    """
    first = rounds[0][1]
    values = np.concatenate([columns.values for _code, columns, _out in rounds])
    columns = replace(first, values=values, notes=())
    out = [(code, cube) for code, _columns, cubes in rounds for cube in cubes]
    found, groups = [], {}
    for grouping in groupings_of(columns, breakdowns, smallest=rule.share_base):
        known = _known_groups(grouping.dimension, [cube for _code, cube in out])
        if known is not None:
            found.append(grouping)
            groups[grouping.question.code] = known
    return Pool(
        columns=columns,
        wave=_wave(first, [(code, len(own.values)) for code, own, _out in rounds]),
        groupings=tuple(found),
        released=tuple(ReleasedTable(cube, release=code, place=code, here=BOTH) for code, cube in out),
        groups=groups,
    )


def pooled_base(
    pool: Pool, rule: AggregationRule, *, input_key: bytes = b""
) -> tuple[ProtectedBase, Shown] | None:
    """How many took part in both, by group; fewer breakdowns where all can't be made safe; None where none can."""
    groupings = list(pool.groupings)
    while groupings:
        counted = base_tables([], [(grouping, pool.wave) for grouping in groupings])
        tables = [_of_both(pool, one, grouping) for one, grouping in zip(counted, groupings, strict=True)]
        try:
            base = protect_base(tables, rule, earlier=_about(pool, None), input_key=input_key)
        except RefusedToPublish:
            groupings.pop()
            continue
        codes = [grouping.question.code for grouping in groupings]
        return base, {code: _together(cube) for code, cube in zip(codes, base.cubes, strict=True)}
    return None


def poolable(questionnaire: Questionnaire) -> list[Question]:
    """The questions that can be told of both rounds together.

    Not those whose mean is told, nor those that a score follows from: what is out of these is no count, and could
    be played off against counts in a way that is not looked into.
    """
    scored = {item for score in questionnaire.scores for item in score.items}
    return [
        one
        for one in questionnaire
        if one.is_told and not one.is_background and one.measure is None and one.code not in scored
    ]


def pooled_question(
    pool: Pool, base: ProtectedBase, question: Question, rule: AggregationRule, *, input_key: bytes = b""
) -> Shown:
    """A question's tables of both rounds: alone and by each breakdown of the base; fewer where that is refused."""
    by = {axis.code for table in base.tables for axis in table.dimensions}
    groupings = [grouping for grouping in pool.groupings if grouping.question.code in by]
    alone = counted_by(pool.columns, question, (pool.wave,), in_groups=False)
    tables = [(question.code, _of_both(pool, alone, None))]
    for grouping in groupings:
        table = counted_by(pool.columns, question, (grouping, pool.wave), in_groups=True)
        tables.append((f"{question.code}.{grouping.question.code}", _of_both(pool, table, grouping)))
    while tables:
        try:
            cubes = protect_question(
                base,
                [table for _code, table in tables],
                rule,
                earlier=_about(pool, question),
                input_key=input_key,
            )
        except RefusedToPublish:
            tables.pop()
            continue
        return {code: _together(cube) for (code, _table), cube in zip(tables, cubes, strict=True)}
    return {}


def _wave(columns: Columns, sizes: Sequence[tuple[str, int]]) -> Grouping:
    """Which round everybody answered. In disclosure control it is a place: each round's tables stand at theirs."""
    categories = [Category(code, {"sv": code, "en": code}) for code, _size in sizes]
    dimension = Dimension(ROUND, LABEL, (*categories, Category(BOTH, TOGETHER)), role=Role.GEO, total=BOTH)
    question = replace(columns.questionnaire.background[0], code=ROUND, label=LABEL)
    places = np.repeat(np.arange(len(sizes)), [size for _code, size in sizes])
    return Grouping(question, dimension, places)


def _known_groups(dimension: Dimension, out: Sequence[ProtectedCube]) -> dict[str, list[str]] | None:
    """The groups that are out of a breakdown, as sums of those of both rounds; None where one is no such sum."""
    own = {code: frozenset(code.split("+")) for code in dimension.leaves}
    groups: dict[str, list[str]] = {}
    for cube in out:
        for theirs in (one for one in cube.dimensions if one.code == dimension.code):
            for code in theirs.leaves:
                members = frozenset(code.split("+"))
                parts = [ours for ours, within in own.items() if within <= members]
                if frozenset().union(*(own[part] for part in parts)) != members:
                    return None
                if parts != [code]:
                    groups[code] = parts
    return groups


def _of_both(pool: Pool, counted: Counted | CountTable, grouping: Grouping | None) -> CountTable:
    """A table that publishes nothing of a single round, and knows how the groups that are out stand to its own."""
    table = counted.table if isinstance(counted, Counted) else counted
    codes = frozenset(dimension.code for dimension in table.cube.dimensions) - {ROUND}
    code = grouping.question.code if grouping else ""
    groups = {code: pool.groups[code]} if pool.groups.get(code) else {}
    return replace(table, published=(codes,), groups=groups)


def _about(pool: Pool, question: Question | None) -> list[ReleasedTable]:
    """What is out that a table of this question, or of the base, could be played off against."""
    backgrounds = {one.code for one in pool.columns.questionnaire.background}
    wanted = backgrounds | ({question.code, "option"} if question else set())
    return [one for one in pool.released if {axis.code for axis in one.protected.dimensions} <= wanted]


def _together(cube: ProtectedCube) -> ProtectedCube:
    return cube.select({ROUND: [BOTH]})
