"""What a data set says of itself that its cube does not: how its figures may be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from datasets.cubes import LocalText


class Polarity(StrEnum):
    """Which way is the good one, where somebody has said so. Without it no change is called good or bad."""

    MORE_IS_BETTER = "more_is_better"
    LESS_IS_BETTER = "less_is_better"
    NONE = "none"


@dataclass(frozen=True)
class Break:
    """From ``period`` on, figures are not comparable with those before; ``text`` says what changed."""

    period: str
    text: LocalText = field(default_factory=dict)


class Measures(StrEnum):
    """What a data set measures. Wellbeing and ill-health are two dimensions, not opposites."""

    WELLBEING = "wellbeing"
    PROTECTIVE = "protective"
    RISK = "risk"
    CONTEXT = "context"


@dataclass(frozen=True)
class About:
    """The data set behind a chart.

    ``breaks`` are those that somebody has marked; the cube's own footnotes may tell of more. ``framing`` stands in
    for the usual words beside a chart of risk.

    ``is_sample`` is true for answers of some out of all, as in a survey: then figures carry intervals.
    ``smallest_base`` is the fewest people that a share may be made of. ``fit_for`` holds 1 (measure and set
    goals), 2 (explore and inspire), 3 (follow up an activity). ``title``, ``how_to_read`` and
    ``does_not_say`` stand in for the cube's title and the default words; a line of text each line.
    """

    measures: Measures = Measures.CONTEXT
    fit_for: frozenset[int] = frozenset({1})
    is_sample: bool = False
    is_demo: bool = False
    smallest_base: int = 0
    title: LocalText = field(default_factory=dict)
    how_to_read: LocalText = field(default_factory=dict)
    does_not_say: LocalText = field(default_factory=dict)
    polarity: Polarity = Polarity.NONE
    breaks: tuple[Break, ...] = ()
    framing: LocalText = field(default_factory=dict)

    def lines(self, text: Mapping[str, str], lang: str) -> tuple[str, ...]:
        """The lines of one of the texts in the reader's language; none where nobody wrote any."""
        return tuple(line.strip() for line in text.get(lang, "").splitlines() if line.strip())
