"""Counts of answers from 1 to 5: added to, and read as means once there are enough. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 5
FEWEST = 5


@dataclass(frozen=True)
class Mean:
    """The mean of a question's answers, one decimal; None while fewer than five answered it."""

    answers: int
    value: float | None

    @property
    def text(self) -> str:
        """As it is written in Swedish and English alike, or a dash."""
        return "–" if self.value is None else f"{self.value:.1f}".replace(".", ",")


def added(counts: Sequence[Sequence[int]], answers: Sequence[int | None]) -> list[list[int]]:
    """The counts with one more person's answers; None is a question that was skipped.

    Raises ValueError for an answer that is none of 1 to 5.
    """
    made = [list(row) for row in counts] or [[0] * STEPS for _answer in answers]
    for row, answer in zip(made, answers, strict=True):
        if answer is None:
            continue
        if not 1 <= answer <= STEPS:
            raise ValueError(f"An answer is from 1 to {STEPS}.")
        row[answer - 1] += 1
    return made


def means_of(counts: Sequence[Sequence[int]], questions: int) -> list[Mean]:
    """The mean of each question that at least five answered."""
    rows = [list(row) for row in counts] or [[0] * STEPS for _question in range(questions)]
    means = []
    for row in rows:
        answers = sum(row)
        total = sum(step * count for step, count in enumerate(row, start=1))
        means.append(Mean(answers, round(total / answers, 1) if answers >= FEWEST else None))
    return means
