"""What evaluations say: means, once there are enough answers and no more can come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dialogues.evaluating.counting import FEWEST, Mean, means_of
from dialogues.evaluating.questions import CLOSING, DIMENSIONS, Asked
from dialogues.evaluating.radar import Radar, radar_of
from dialogues.models import ClosingEvaluation, Dialogue, SelfEvaluation


@dataclass(frozen=True)
class Read:
    """An evaluation for its readers: `means` is empty while it is open or fewer than five have answered."""

    answers: int
    is_closed: bool
    means: tuple[tuple[Asked, Mean], ...] = ()

    @property
    def is_too_few(self) -> bool:
        """Whether it is closed without enough answers to show any."""
        return self.is_closed and not self.means


def closing_of(dialogue: Dialogue) -> Read:
    """What those who took part thought of a dialogue."""
    found = ClosingEvaluation.in_scope().filter(dialogue=dialogue).first()
    if found is None:
        return Read(0, is_closed=False)
    return Read(found.answers, found.is_closed, _means(found.counts, CLOSING, found.is_closed, found.answers))


def _means(counts: Any, asked: tuple[Asked, ...], is_closed: bool, answers: int) -> tuple[tuple[Asked, Mean], ...]:
    if not is_closed or answers < FEWEST:
        return ()
    return tuple(zip(asked, means_of(counts, len(asked)), strict=True))


@dataclass(frozen=True)
class Row:
    """One dimension over time, as the table has it."""

    asked: Asked
    means: tuple[Mean, ...]


@dataclass(frozen=True)
class OverTime:
    """The self-evaluations that can be shown, oldest first, as a radar and as a table."""

    times: tuple[SelfEvaluation, ...]
    rows: tuple[Row, ...]
    radar: Radar


def self_evaluations_over_time() -> OverTime:
    """Every closed self-evaluation with enough answers. One query."""
    shown, means = [], []
    for one in SelfEvaluation.in_scope().exclude(closed_on=None).order_by("opened_on", "title"):
        read = _means(one.counts, DIMENSIONS, True, one.answers)
        if read:
            shown.append(one)
            means.append([mean for _asked, mean in read])
    rows = tuple(Row(asked, tuple(one[place] for one in means)) for place, asked in enumerate(DIMENSIONS))
    times = [(one.title, [mean.value for mean in values]) for one, values in zip(shown, means, strict=True)]
    return OverTime(tuple(shown), rows, radar_of([str(one.label) for one in DIMENSIONS], times))
