"""Support lines: whom young people can turn to, whom each line serves and when, and whether we still know it.

The lines are dated data. They are shown to everyone alike and never because of an answer that somebody gave.
Plain Python, no Django.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from datasets.cubes import LocalText

NATIONAL = Path(__file__).resolve().parent / "content" / "support_lines.json"
AGES = range(15, 30)
LEAST_LINES = 2
LEAST_ALWAYS = 2
NOTICE = timedelta(days=30)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Span:
    """Hours on certain days; one that ends before it begins lasts past midnight."""

    days: tuple[str, ...]
    opens: time
    closes: time


@dataclass(frozen=True)
class Hours:
    """When a line answers: always, in the given spans, or (with neither) as its website says; and in words."""

    is_always: bool
    spans: tuple[Span, ...]
    text: LocalText


@dataclass(frozen=True)
class SupportLine:
    """A line to turn to. ``youngest`` and ``oldest`` are the ages it serves, None where there is no limit.

    It is shown from ``valid_from``. ``checked_on`` is the day somebody last compared it with its source, None
    where nobody has; after ``expires_on`` that check is too old. An old entry is still shown, since a number
    that probably works is better than none, and :func:`alarms` tells those in charge.
    """

    key: str
    name: str
    organisation: str
    about: LocalText
    phone: str | None
    url: str | None
    has_chat: bool
    youngest: int | None
    oldest: int | None
    whom: LocalText
    hours: Hours
    languages: tuple[str, ...]
    source: str | None
    valid_from: date
    checked_on: date | None
    expires_on: date

    @property
    def tel(self) -> str | None:
        """The number as a phone dials it, for a ``tel:`` link."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+") if self.phone else None

    @property
    def is_staffed(self) -> bool:
        """Whether a human being answers, on the phone or in a chat."""
        return self.phone is not None or self.has_chat

    def serves(self, age: int) -> bool:
        """Whether the line is for somebody of this age."""
        return (self.youngest is None or age >= self.youngest) and (self.oldest is None or age <= self.oldest)


@dataclass(frozen=True)
class Gap:
    """An age with too few lines to turn to, and how many there are: in all, and round the clock."""

    age: int
    lines: int
    always: int


class Concern(StrEnum):
    """Why somebody must look at a line."""

    NEVER_CHECKED = "never_checked"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Alarm:
    """A line that somebody must check against its source, and why."""

    line: SupportLine
    concern: Concern


@cache
def national() -> tuple[SupportLine, ...]:
    """The national lines that Växtkraft brings with it, in the order to show them."""
    return tuple(read_line(line) for line in json.loads(NATIONAL.read_text(encoding="utf-8"))["lines"])


def shown(lines: Iterable[SupportLine], on: date) -> tuple[SupportLine, ...]:
    """The lines to show on this day."""
    return tuple(line for line in lines if line.valid_from <= on)


def lines_for(lines: Iterable[SupportLine], *, youngest: int, oldest: int, on: date) -> tuple[SupportLine, ...]:
    """The lines to show on this day that serve at least one age from youngest to oldest, both included."""
    ages = range(youngest, oldest + 1)
    return tuple(line for line in shown(lines, on) if any(line.serves(age) for age in ages))


def gaps(lines: Sequence[SupportLine], on: date, ages: Iterable[int] = AGES) -> tuple[Gap, ...]:
    """The ages with fewer than two staffed lines, or fewer than two that answer round the clock."""
    found = []
    for age in ages:
        serving = [line for line in lines_for(lines, youngest=age, oldest=age, on=on) if line.is_staffed]
        always = sum(line.hours.is_always for line in serving)
        if len(serving) < LEAST_LINES or always < LEAST_ALWAYS:
            found.append(Gap(age, len(serving), always))
    return tuple(found)


def alarms(lines: Iterable[SupportLine], on: date, notice: timedelta = NOTICE) -> tuple[Alarm, ...]:
    """The lines whose facts nobody has checked, whose check is too old, or soon will be; the worst first."""
    found = [Alarm(line, concern) for line in lines if (concern := _concern(line, on, notice))]
    order = [Concern.EXPIRED, Concern.NEVER_CHECKED, Concern.EXPIRES_SOON]
    return tuple(sorted(found, key=lambda alarm: order.index(alarm.concern)))


def _concern(line: SupportLine, on: date, notice: timedelta) -> Concern | None:
    if on > line.expires_on:
        return Concern.EXPIRED
    if line.checked_on is None:
        return Concern.NEVER_CHECKED
    return Concern.EXPIRES_SOON if on + notice >= line.expires_on else None


def read_line(data: dict[str, Any]) -> SupportLine:
    """A line from its JSON. Raises KeyError or ValueError where a field is missing or no date or time."""
    return SupportLine(
        key=data["key"],
        name=data["name"],
        organisation=data["organisation"],
        about=data["about"],
        phone=data["phone"],
        url=data["url"],
        has_chat=data["chat"],
        youngest=data["ages"]["from"],
        oldest=data["ages"]["to"],
        whom=data["whom"],
        hours=_hours(data["hours"]),
        languages=tuple(data["languages"]),
        source=data["source"],
        valid_from=date.fromisoformat(data["valid_from"]),
        checked_on=date.fromisoformat(data["checked_on"]) if data["checked_on"] else None,
        expires_on=date.fromisoformat(data["expires_on"]),
    )


def _hours(data: dict[str, Any]) -> Hours:
    spans = tuple(
        Span(tuple(span["days"]), time.fromisoformat(span["from"]), time.fromisoformat(span["to"]))
        for span in data.get("spans", ())
    )
    if any(day not in DAYS for span in spans for day in span.days):
        raise ValueError(f"Days are {', '.join(DAYS)}.")
    return Hours(is_always=data.get("always", False), spans=spans, text=data["text"])
