"""The strongest findings of a round: differences between groups, and changes since the round before.

Read from published tables alone, so that a finding says nothing that a reader could not see in a chart. Every
comparison that is made counts against every other (Holm), so that "certain" still means certain among
hundreds of comparisons.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, LocalText
from datasets.disclosure import ProtectedCube
from datasets.statistics import Verdict, difference_of_shares, holm, verdicts
from surveys.questionnaire import Question, Questionnaire, bands_in_order
from surveys.results.answer_dimensions import HIGH

MOST = 5
MOST_ALIKE = 2
"""Findings about one and the same group, so that the others are seen too."""

Tables = Mapping[str, ProtectedCube]
"""Published tables by their code: `question`, or `question.background`."""


@dataclass(frozen=True)
class Shares:
    """Two groups of people, and how many in each gave an answer at the high end of a scale."""

    part: float
    whole: float
    other_part: float
    other_whole: float

    @property
    def is_known(self) -> bool:
        """Whether none of the numbers is hidden."""
        return not math.isnan(self.part + self.whole + self.other_part + self.other_whole)


@dataclass(frozen=True)
class Comparison:
    """One group against everybody else; without a group, this round against the one before.

    `answer` is what the shares are of; of a score it is a band, which nobody has said.
    """

    question: Question
    by: Question | None
    group: Category | None
    shares: Shares
    answer: LocalText
    is_score: bool

    @property
    def table(self) -> str:
        """The code of the table that it can be seen in."""
        return self.question.code if self.by is None else f"{self.question.code}.{self.by.code}"


@dataclass(frozen=True)
class Finding:
    """What came out of a comparison. Shares are fractions, `low` and `high` the bounds of the difference."""

    comparison: Comparison
    share: float
    other: float
    low: float
    high: float
    verdict: Verdict

    @property
    def difference(self) -> float:
        """How much larger the share is than the other."""
        return self.share - self.other


@dataclass(frozen=True)
class Findings:
    """The strongest certain findings, and all comparisons, certain or not, in the questionnaire's order."""

    found: tuple[Finding, ...]
    all: tuple[Finding, ...]

    @property
    def compared(self) -> int:
        """How many comparisons were made."""
        return len(self.all)

    @property
    def certain(self) -> int:
        """How many of them show a certain difference."""
        return sum(one.verdict != Verdict.UNCERTAIN for one in self.all)


def findings_of(questionnaire: Questionnaire, tables: Tables, earlier: Tables, *, base: int) -> Findings:
    """At most five certain differences or changes, the largest first, no question twice and no group thrice.

    `earlier` are the tables of the round before, empty where there is none. Groups of fewer than `base` are
    not compared.
    """
    made = [
        comparison
        for question in questionnaire
        for end in [_end_of(questionnaire, question)]
        if end is not None
        for comparison in (
            *_between_groups(questionnaire, question, end, tables),
            *_since(question, end, tables, earlier),
        )
        if min(comparison.shares.whole, comparison.shares.other_whole) >= base
    ]
    if not made:
        return Findings((), ())
    shares = np.array([(s.part, s.whole, s.other_part, s.other_whole) for s in (one.shares for one in made)])
    difference = difference_of_shares(*shares.T)
    judged = verdicts(difference, adjust=holm)
    found = tuple(
        Finding(one, s[0] / s[1], s[2] / s[3], float(low), float(high), Verdict(int(verdict)))
        for one, s, low, high, verdict in zip(made, shares, difference.low, difference.high, judged, strict=True)
    )
    return Findings(_strongest([one for one in found if one.verdict != Verdict.UNCERTAIN]), found)


def _strongest(certain: list[Finding]) -> tuple[Finding, ...]:
    """The largest differences, each about another question, and not all of them about the same group."""
    found: list[Finding] = []
    about: Counter[str] = Counter()
    for finding in sorted(certain, key=lambda one: -abs(one.difference)):
        comparison = finding.comparison
        group = f"{comparison.by.code}={comparison.group.code}" if comparison.by and comparison.group else ""
        if about[comparison.question.code] or (group and about[group] >= MOST_ALIKE) or len(found) >= MOST:
            continue
        found.append(finding)
        about.update(filter(None, (comparison.question.code, group)))
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


def _between_groups(
    questionnaire: Questionnaire, question: Question, end: _End, tables: Tables
) -> Iterator[Comparison]:
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
                shares = Shares(part[at], whole[at], part[everyone] - part[at], whole[everyone] - whole[at])
                if shares.is_known:
                    yield Comparison(question, by, group, shares, end.text, end.is_score)


def _since(question: Question, end: _End, tables: Tables, earlier: Tables) -> Iterator[Comparison]:
    """This round against the one before, where both asked the question on the same scale."""
    now, then = tables.get(question.code), earlier.get(question.code)
    if now is None or then is None or now.dimension(question.code).codes != then.dimension(question.code).codes:
        return
    these, those = _counts(now, question, end), _counts(then, question, end)
    if these is not None and those is not None:
        shares = Shares(float(these[0]), float(these[1]), float(those[0]), float(those[1]))
        if shares.is_known:
            yield Comparison(question, None, None, shares, end.text, end.is_score)


def _counts(
    cube: ProtectedCube, question: Question, end: _End
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """How many gave an answer at the end and how many answered, for each group or for all; None without it."""
    answers, axis = cube.dimension(question.code), cube.axis(question.code)
    if end.code not in answers.positions or answers.total is None:
        return None
    part, whole = (np.take(cube.values, answers.positions[code], axis=axis) for code in (end.code, answers.total))
    return part, whole
