"""One question and all that belongs to it: how it is answered, its choices, bands, scale, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from datasets.cubes import LocalText

from .conditions import Condition

Answer = str | tuple[str, ...]
"""A choice's code; a number as "7.5"; "yes" for a tick; the text itself. Several: codes in the question's order,
ranked ones in the person's."""

Answers = Mapping[str, Answer]
"""Question code to answer, and `code.other` to the words beside a choice. What was skipped is not in it."""

OWN_WORDS = ".other"
MOST_OWN_WORDS = 100
TICKED = "yes"
MOST_RATINGS = 11


class Kind(StrEnum):
    """How a question is answered.

    A `NUMBER` is kept as its band only, a `QUANTITY` as the number itself. `INFO` is words without an answer,
    `CALCULATED` is worked out of other answers and neither shown nor stored.
    """

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    RATING = "rating"
    NUMBER = "number"
    QUANTITY = "quantity"
    TEXT = "text"
    RANKING = "ranking"
    INFO = "info"
    ACKNOWLEDGE = "acknowledge"
    CALCULATED = "calculated"


UNCODED = frozenset({Kind.TEXT, Kind.INFO, Kind.CALCULATED})
"""Kinds whose answers, if any, are no small numbers."""

ONE_OF = frozenset({Kind.SINGLE, Kind.SCALE, Kind.RATING})
"""Kinds answered by one of the choices."""


class Appearance(StrEnum):
    """How a question looks where there is more than one way."""

    USUAL = "usual"
    DROPDOWN = "dropdown"
    LONG = "long"


class Asks(StrEnum):
    """What number is typed where a band of ages is kept."""

    AGE = "age"
    BIRTH_YEAR = "birth_year"


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
    share is counted on ("don't know", "prefer not to answer"). ``has_words`` lets the person say it in own words.
    """

    code: str
    text: LocalText
    is_exclusive: bool = False
    is_missing: bool = False
    has_words: bool = False


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

    A scale never changes under its code, so that results can be compared between questions and rounds. ``name``
    is what those who make questionnaires call it; nobody who answers sees it.
    """

    code: str
    choices: tuple[Choice, ...]
    high: ScaleEnd
    low: ScaleEnd
    name: str = ""


@dataclass(frozen=True)
class Constraint:
    """What must hold of an answer, where `.` is the answer itself, and the words for when it does not."""

    holds: Condition
    message: LocalText


@dataclass(frozen=True)
class Measure:
    """The numbers a quantity may be: from ``lowest`` to ``highest``, in steps of ten to the minus ``decimals``.

    ``bands`` are what tables count; without them there is a mean alone.
    """

    lowest: Decimal
    highest: Decimal
    decimals: int
    unit: LocalText | None
    bands: tuple[Band, ...] = ()

    @property
    def steps(self) -> int:
        """How many steps lie between the lowest and the highest."""
        return int((self.highest - self.lowest).scaleb(self.decimals))


@dataclass(frozen=True)
class Battery:
    """Statements answered on one scale and shown together: cards on a phone, a table on a wide screen."""

    code: str
    text: LocalText
    help: LocalText | None


@dataclass(frozen=True)
class Question:
    """One question, with its texts, the answers it takes, and what its answers mean.

    ``label`` is the short name in charts and tables. ``choices`` are the answers in stored order: for a number
    its kept bands, for a rating its numbers, for a quantity and others what says that there is none. ``since`` is
    the version that first asked it. ``is_background`` marks what results are broken down by; ``is_sensitive`` puts
    support lines beside it. Only an age is ``is_required``; ``asks_again`` asks once more and then lets go.
    ``bank`` is its code in the question bank, ``elsewhere`` its codes in surveys of others.
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
    show_if: Condition | None
    max_choices: int | None
    max_length: int | None
    min_choices: int | None = None
    asks_again: bool = False
    is_shuffled: bool = False
    appearance: Appearance = Appearance.USUAL
    asks: Asks = Asks.AGE
    battery: str | None = None
    low_label: LocalText | None = None
    high_label: LocalText | None = None
    measure: Measure | None = None
    constraints: tuple[Constraint, ...] = ()
    calculation: Condition | None = None
    bank: str | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Each choice's code, and the number from 1 that it is stored as."""
        return {choice.code: number for number, choice in enumerate(self.choices, start=1)}

    @property
    def is_coded(self) -> bool:
        """Whether answers become small numbers; free text is kept apart and never does."""
        return self.kind not in UNCODED

    @property
    def is_counted(self) -> bool:
        """Whether results hold tables of the answers: a number needs bands for that, and a tick tells nothing."""
        is_without_bands = self.measure is not None and not self.measure.bands
        return self.is_coded and self.kind is not Kind.ACKNOWLEDGE and not is_without_bands

    @property
    def is_told(self) -> bool:
        """Whether results tell of the answers, in tables or by a mean alone: of a number without bands."""
        return self.is_counted or (self.measure is not None and not self.is_background)

    @cached_property
    def own_words(self) -> str | None:
        """The name of the field for words beside a choice; None where no choice has any."""
        return self.code + OWN_WORDS if any(choice.has_words for choice in self.choices) else None

    @property
    def is_asked(self) -> bool:
        """Whether a person meets it on a page."""
        return self.kind is not Kind.CALCULATED


def rating_scale(question: Question) -> Scale:
    """The scale that a rating's numbers make, with its ends: 0 to 4 and 7 to 10 of 0 to 10, as on Cantril's ladder
    (Gallup); of fewer steps a third at either end.
    """
    steps = tuple(choice for choice in question.choices if not choice.is_missing)
    low, high = (5, 4) if len(steps) == MOST_RATINGS else (len(steps) // 3 or 1, len(steps) // 3 or 1)

    def end(part: tuple[Choice, ...]) -> ScaleEnd:
        words = f"{part[0].code}–{part[-1].code}" if len(part) > 1 else part[0].code
        return ScaleEnd(tuple(choice.code for choice in part), dict.fromkeys(question.text, words))

    return Scale(question.code, steps, high=end(steps[-high:]), low=end(steps[:low]))
