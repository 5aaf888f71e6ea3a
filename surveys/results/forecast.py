"""Before a round opens: what a certain number of answers will probably let one see.

The rule that joins small groups is tried on a number of people spread by rough shares. No answer is read, since
there is none yet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datasets.cubes import pick
from datasets.statistics import wilson
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.models import SurveyRound
from surveys.questionnaire import Choice, Kind, Question, Questionnaire, opening_answers
from surveys.results.grouping import joined

USUAL = 60
"""Answers to count on where nobody has said how many."""

ROUGH_SHARES: Mapping[str, Mapping[str, float]] = {
    "age": {"15-17": 0.36, "18-19": 0.21, "20-24": 0.24, "25-29": 0.19},
    "gender": {"woman": 0.53, "man": 0.44, "other": 0.03},
    "occupation": {
        "school": 0.50, "adult_education": 0.04, "higher_education": 0.11, "work": 0.25, "neither": 0.06,
        "leave": 0.02, "other": 0.02,
    },
    "attendance": {"hardly": 0.02, "less_than_half": 0.04, "more_than_half": 0.16, "nearly_all": 0.78},
}  # fmt: skip
"""How those who answer such surveys are spread, to one's best guess; other questions are spread evenly."""


@dataclass(frozen=True)
class Group:
    """A group that will probably be shown. `parts` are several answers where each alone would be too few."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class Breakdown:
    """A background question, and the groups that will probably be shown; none where there would be only one."""

    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Forecast:
    """What so many answers will show. `reach` is how sure a share of half is, in percentage points either way."""

    answers: int
    is_guess: bool
    breakdowns: tuple[Breakdown, ...]
    reach: int
    smallest: int

    @property
    def shown(self) -> tuple[Breakdown, ...]:
        """The breakdowns with something to compare."""
        return tuple(one for one in self.breakdowns if one.groups)

    @property
    def hidden(self) -> tuple[Breakdown, ...]:
        """The breakdowns that so few answers do not allow."""
        return tuple(one for one in self.breakdowns if not one.groups)


def forecast_of(survey_round: SurveyRound, lang: str) -> Forecast:
    """The forecast for the number of answers that a round expects."""
    expected = survey_round.expected_answers
    return forecast(
        survey_round.version.content,
        answers=expected or USUAL,
        is_guess=expected is None,
        base=survey_round.rule["base"],
        breakdowns=survey_round.rule["breakdowns"],
        lang=lang,
    )


def together_of(survey_round: SurveyRound, lang: str) -> tuple[Breakdown, ...]:
    """What could be compared if the round is put together with the one before; nothing where that adds nothing.

    In the round's own words for groups, as `forecast_of`. Only two rounds that ask the same can be put together.
    """
    before = survey_round.previous_round
    if before is None or before.response_count is None or survey_round.is_joint:
        return ()
    if before.version.definition_hash != survey_round.version.definition_hash:
        return ()
    alone = forecast_of(survey_round, lang)
    both = forecast(
        survey_round.version.content,
        answers=alone.answers + before.response_count,
        is_guess=alone.is_guess,
        base=survey_round.rule["base"],
        breakdowns=survey_round.rule["breakdowns"],
        lang=lang,
    )
    pairs = zip(both.breakdowns, alone.breakdowns, strict=True)
    return tuple(more for more, less in pairs if len(more.groups) > len(less.groups))


def forecast(
    questionnaire: Questionnaire, *, answers: int, is_guess: bool, base: int, breakdowns: Sequence[str], lang: str
) -> Forecast:
    """What `answers` answers will show when no share of fewer than `base` people is shown.

    A group counts as large enough when about nine times in ten it would be: its expected size is one standard
    deviation above the base. The municipalities of a joint round are foreseen in `joint_forecast`.
    """
    safe = safely_above(base)
    return Forecast(
        answers=answers,
        is_guess=is_guess,
        breakdowns=tuple(
            Breakdown(pick(question.label, lang), _groups(questionnaire, question, answers, safe, lang))
            for question in questionnaire.background
            if question.code in breakdowns and question.code != MUNICIPALITY
        ),
        reach=reach_of(answers),
        smallest=base,
    )


def safely_above(base: int) -> int:
    """So many people are expected in a group that nine times in ten has at least `base`."""
    return math.ceil(base + math.sqrt(base))


def reach_of(answers: int) -> int:
    """How far from the truth a share of half may be among so many, in whole percentage points, rounded up."""
    interval = wilson(answers / 2, answers)
    return math.ceil(float(interval.high - interval.value) * 100)


def _groups(
    questionnaire: Questionnaire, question: Question, answers: int, smallest: int, lang: str
) -> tuple[Group, ...]:
    """The groups in words; none where a single one would be left."""
    sizes = _spread(question, round(answers * _asked_share(questionnaire, question)))
    groups = joined(sizes, smallest, is_ordered=question.kind in (Kind.NUMBER, Kind.SCALE))
    words = [pick(choice.text, lang) for choice in question.choices]
    if len(groups) < 2:
        return ()
    return tuple(Group(tuple(words[place] for place in places)) for places in groups)


def _asked_share(questionnaire: Questionnaire, question: Question) -> float:
    """How many of all are asked the question: a follow-up is for those with certain answers to another."""
    if question.show_if is None or len(question.show_if.names) != 1:
        return 1.0
    before = questionnaire.question(next(iter(question.show_if.names)))
    shares = {choice.code: _share(before, choice) for choice in before.choices}
    opening = opening_answers(question.show_if, before)
    return sum(shares[code] for code in opening) / sum(shares.values()) if shares else 1.0


def _spread(question: Question, answers: int) -> list[int]:
    """How many of the people give each answer: by share, the remainders going to the largest rests."""
    shares = [_share(question, choice) for choice in question.choices]
    ideal = [answers * share / sum(shares) for share in shares]
    sizes = [math.floor(size) for size in ideal]
    by_rest = sorted(range(len(ideal)), key=lambda at: (sizes[at] - ideal[at], at))
    for at in by_rest[: answers - sum(sizes)]:
        sizes[at] += 1
    return sizes


def _share(question: Question, choice: Choice) -> float:
    if choice.is_missing:
        return 0.0
    known = ROUGH_SHARES.get(question.code)
    return known.get(choice.code, 0.0) if known else 1.0
