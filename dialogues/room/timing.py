"""The agenda along the clock: which point is on, and how far each has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogues.content import AgendaItem


@dataclass(frozen=True)
class Point:
    """A point of the agenda: from which minute it runs, and how many of its minutes have passed."""

    item: AgendaItem
    start: int
    passed: float
    is_current: bool

    @property
    def end(self) -> int:
        """The minute at which it ends."""
        return self.start + self.item.minutes

    @property
    def passed_in_css(self) -> str:
        """Minutes passed as `<progress>` wants them, whatever the language."""
        return f"{self.passed:.2f}"


def agenda_at(items: Sequence[AgendaItem], began_at: datetime | None, now: datetime) -> tuple[Point, ...]:
    """An agenda as it stands. Before the dialogue begins nothing has passed."""
    elapsed = 0.0 if began_at is None else max(0.0, (now - began_at).total_seconds() / 60)
    points, start = [], 0
    for item in items:
        passed = min(max(elapsed - start, 0.0), float(item.minutes))
        is_current = began_at is not None and start <= elapsed < start + item.minutes
        points.append(Point(item, start, passed, is_current))
        start += item.minutes
    return tuple(points)
