"""The strongest findings of a round: differences between groups, and changes since the round before.

Read from published tables alone, so that a finding says nothing that a reader could not see in a chart. The shares
at the high end of each scale and everyone's means are judged together (`surveys.results.comparing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import LocalText
from datasets.disclosure import ProtectedCube
from surveys.questionnaire import Question, Questionnaire, bands_in_order
from surveys.results.answer_dimensions import HIGH
from surveys.results.comparing import Change, Pair, judged, pair_of_shares
from surveys.results.shown_means import mean_shown

MOST = 5
MOST_ALIKE = 2
"""Findings about one and the same group, so that the others are seen too."""

Tables = Mapping[str, ProtectedCube]
"""Published tables by their code: `question`, or `question.background`."""


@dataclass(frozen=True)
class Findings:
    """The strongest certain findings, and all comparisons, certain or not, in the questionnaire's order.

    `not_compared` are those of which a figure is hidden or rests on too few.
    """

    found: tuple[Change, ...]
    all: tuple[Change, ...]
    not_compared: tuple[Pair, ...] = ()

    @property
    def compared(self) -> int:
        """How many comparisons were made."""
        return len(self.all)

    @property
    def certain(self) -> int:
        """How many of them show a certain difference."""
        return sum(one.is_certain for one in self.all)

    @property
    def since(self) -> tuple[Change, ...]:
        """What has certainly changed for everyone since the round before, the largest first."""
        return tuple(_largest_first([one for one in self.all if one.is_certain and one.by is None]))


def findings_of(questionnaire: Questionnaire, tables: Tables, earlier: Tables, *, base: int) -> Findings:
    """At most five certain differences or changes, the largest first, no question twice and no group thrice.

    `earlier` are the tables of the round before, empty where there is none. Groups of fewer than `base` are
    not compared.
    """
    made: list[Pair] = []
    for question in questionnaire:
        end = _end_of(questionnaire, question)
        if end is not None:
            made += _between_groups(questionnaire, question, end, tables)
            made += _since(question, end, tables, earlier)
        if not question.is_background and earlier:
            made += _mean_since(questionnaire, question, tables, earlier)
    found, left_out = judged(made, base)
    return Findings(_strongest([one for one in found if one.is_certain]), found, left_out)


def _largest_first(found: Sequence[Change]) -> list[Change]:
    return sorted(found, key=lambda one: -one.size)


def _strongest(certain: list[Change]) -> tuple[Change, ...]:
    """The largest differences, each about another question, and not all of them about the same group."""
    found: list[Change] = []
    about: Counter[str] = Counter()
    for one in _largest_first(certain):
        group = f"{one.by.code}={one.group.code}" if one.by and one.group else ""
        if about[one.question.code] or (group and about[group] >= MOST_ALIKE) or len(found) >= MOST:
            continue
        found.append(one)
        about.update(filter(None, (one.question.code, group)))
    return tuple(found)


@dataclass(frozen=True)
class _End:
    """The answers that are compared: their code in every table that has them, and their words."""

    code: str
    text: LocalText
    is_score: bool


def _end_of(questionnaire: Questionnaire, question: Question) -> _End | None:
    """The high end of a scale, the highest band of a score; None for other questions."""
    scale = questionnaire.scale_of(question)
    if scale is not None:
        return _End(HIGH, scale.high.text, is_score=False)
    score = next((score for score in questionnaire.scores if score.code == question.code), None)
    if score is None:
        return None
    highest = bands_in_order(score)[-1]
    return _End(highest.code, highest.text, is_score=True)


def _between_groups(questionnaire: Questionnaire, question: Question, end: _End, tables: Tables) -> Iterator[Pair]:
    """Each group against all the others; of two groups only the first, the second being its mirror."""
    for by in questionnaire.background:
        cube = tables.get(f"{question.code}.{by.code}")
        counts = None if cube is None else _counts(cube, question, end)
        if cube is None or counts is None:
            continue
        part, whole = counts
        groups = cube.dimension(by.code)
        everyone = groups.positions.get(groups.total or "")
        leaves = [category for category in groups.categories if category.code in groups.leaves]
        for group in leaves[:1] if len(leaves) == 2 else leaves:
            at = groups.positions[group.code]
            if everyone is not None:
                shares = part[at], whole[at], part[everyone] - part[at], whole[everyone] - whole[at]
                yield pair_of_shares(question, end.text, by, group, shares, is_score=end.is_score)


def _since(question: Question, end: _End, tables: Tables, earlier: Tables) -> Iterator[Pair]:
    """This round against the one before, where both asked the question on the same scale."""
    now, then = tables.get(question.code), earlier.get(question.code)
    if now is None or then is None or now.dimension(question.code).codes != then.dimension(question.code).codes:
        return
    these, those = _counts(now, question, end), _counts(then, question, end)
    if these is not None and those is not None:
        shares = float(these[0]), float(these[1]), float(those[0]), float(those[1])
        yield pair_of_shares(question, end.text, None, None, shares, is_score=end.is_score)


def _mean_since(
    questionnaire: Questionnaire, question: Question, tables: Tables, earlier: Tables
) -> Iterator[Pair]:
    """Everyone's mean against that of the round before, where both are shown."""
    now, then = (mean_shown(questionnaire, question, one) for one in (tables, earlier))
    if now is not None and then is not None:
        base = min(now.people, then.people)
        yield Pair(question, {}, None, None, now.interval, then.interval, base, now)


def _counts(
    cube: ProtectedCube, question: Question, end: _End
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """How many gave an answer at the end and how many answered, for each group or for all; None without it."""
    answers, axis = cube.dimension(question.code), cube.axis(question.code)
    if end.code not in answers.positions or answers.total is None:
        return None
    part, whole = (np.take(cube.values, answers.positions[code], axis=axis) for code in (end.code, answers.total))
    return part, whole
