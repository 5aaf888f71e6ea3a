"""A questionnaire as immutable values: sections, questions, answer scales, and the texts in every language.

The JSON that :mod:`surveys.questionnaire.reading` turns into these values is what a questionnaire version
stores; nothing here is edited in place. A changed question is a new version of the questionnaire.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from datasets.cubes import LocalText

Answer = str | tuple[str, ...]
"""A choice's code; for several answers their codes in the question's order; for a text the text itself."""

Answers = Mapping[str, Answer]
"""Question code to answer. A question that was skipped is not in it."""


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"


class Polarity(StrEnum):
    """Whether a high answer on the scale is good news, bad news, or neither; the same words as a data set's."""

    MORE_IS_BETTER = "more_is_better"
    LESS_IS_BETTER = "less_is_better"
    NONE = "none"


class Measures(StrEnum):
    """What a question measures: wellbeing itself, what protects it, what threatens it, or its context."""

    WELLBEING = "wellbeing"
    PROTECTIVE = "protective"
    RISK = "risk"
    CONTEXT = "context"


class Outside(StrEnum):
    """On which side of the survey's ages a person stands who is thanked and not counted."""

    UNDER = "under"
    OVER = "over"


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen.

    ``is_exclusive`` stands alone among several ("none of these"); ``is_missing`` is a valid answer that no
    share is counted on ("don't know").
    """

    code: str
    text: LocalText
    is_exclusive: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class Band:
    """A span of whole numbers, of which only the span is ever kept.

    ``lowest`` is None for "this and below", ``highest`` for "this and above". A band with ``outside`` lies
    beyond the survey's ages: whoever is in it reads ``thanks`` and nothing is stored.
    """

    code: str
    text: LocalText
    lowest: int | None
    highest: int | None
    outside: Outside | None = None
    thanks: LocalText | None = None

    def holds(self, number: int) -> bool:
        """Whether the whole number falls in this band."""
        return (self.lowest is None or number >= self.lowest) and (self.highest is None or number <= self.highest)


@dataclass(frozen=True)
class ScaleEnd:
    """The answers that count as high (or low) on a scale, and how to say so within a sentence."""

    codes: tuple[str, ...]
    text: LocalText


@dataclass(frozen=True)
class Scale:
    """Ordered answers, from least to most, shared by all questions that name it.

    A scale never changes under its code, so that results can be compared between questions and rounds.
    """

    code: str
    choices: tuple[Choice, ...]
    high: ScaleEnd
    low: ScaleEnd


@dataclass(frozen=True)
class ShowIf:
    """Ask only those who gave one of these answers to an earlier section's question."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question, with its texts, the answers it takes, and what its answers mean.

    ``label`` is the short name in charts and tables. ``choices`` are the answers in stored order for every
    kind but text (for a number: its kept bands). ``since`` is the version that first asked it.
    ``is_background`` marks what results are broken down by; ``is_sensitive`` puts support lines beside it.
    """

    code: str
    section: str
    kind: Kind
    text: LocalText
    label: LocalText
    help: LocalText | None
    choices: tuple[Choice, ...]
    bands: tuple[Band, ...]
    scale: str | None
    polarity: Polarity
    measures: Measures
    factors: tuple[str, ...]
    is_background: bool
    is_sensitive: bool
    is_required: bool
    since: int
    show_if: ShowIf | None
    max_choices: int | None
    max_length: int | None

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Each choice's code, and the number from 1 that it is stored as."""
        return {choice.code: number for number, choice in enumerate(self.choices, start=1)}

    @property
    def is_coded(self) -> bool:
        """Whether answers become small numbers; free text is kept apart and never does."""
        return self.kind is not Kind.TEXT


@dataclass(frozen=True)
class Section:
    """One page of questions with a heading and a line that says what it is about."""

    code: str
    title: LocalText
    intro: LocalText | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A version of a questionnaire: its sections in order, its scales, its languages (the first is default).

    ``minutes`` is how long it takes to answer, as promised on the first page.
    """

    code: str
    version: int
    languages: tuple[str, ...]
    title: LocalText
    minutes: int
    scales: Mapping[str, Scale]
    sections: tuple[Section, ...]

    def __iter__(self) -> Iterator[Question]:
        """All questions in the order of the version."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def _by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self}

    def question(self, code: str) -> Question:
        """The question with this code. Raises KeyError where the version has none."""
        return self._by_code[code]

    def section(self, code: str) -> Section:
        """The section with this code. Raises KeyError where the version has none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def scale_of(self, question: Question) -> Scale | None:
        """The scale a question is answered on, or None for a question with choices of its own."""
        return self.scales[question.scale] if question.scale else None

    @property
    def background(self) -> tuple[Question, ...]:
        """The questions that results are broken down by."""
        return tuple(question for question in self if question.is_background)
