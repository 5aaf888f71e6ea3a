"""What a record says: one object, from which page, PDF, Word file and slides are made. Plain Python, no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody who was invited: what they stand for, and their name where the municipality names people.

    ``presence`` is "present" or "absent", nothing where nobody noted it.
    """

    stands_for: str
    perspective: str = ""
    name: str = ""
    presence: str = ""


@dataclass(frozen=True)
class ChartPart:
    """A slide of the deck as it was then: a chart's finding and picture, or words, or why it cannot be shown.

    ``photo`` is a photograph in base 64, and ``photo_shows`` the words for it.
    """

    title: str
    sentence: str = ""
    looking_at: str = ""
    lines: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    photo: str = ""
    photo_shows: str = ""
    svg: str = ""
    width: float = 0.0
    slide: Mapping[str, Any] | None = None
    problem: str = ""


@dataclass(frozen=True)
class NoteLine:
    """A note: how many agreed, whom the writer spoke for, and the chart that it is about."""

    text: str
    agreed: int = 0
    voice: str = ""
    chart: str = ""


@dataclass(frozen=True)
class Cluster:
    """Notes that the room put together; without a title those that stand by themselves."""

    title: str
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True)
class Heading:
    """A kind of note with its clusters."""

    kind: str
    label: str
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True)
class Step:
    """A next step. ``due_on`` is an ISO date or nothing; ``state`` is in words."""

    text: str
    owner: str
    department: str
    due_on: str
    state: str

    @property
    def due(self) -> date | None:
        """The day."""
        return date.fromisoformat(self.due_on) if self.due_on else None


@dataclass(frozen=True)
class Record:
    """The record of one dialogue in the language ``lang``. Days and times are in words; ``…_on`` is an ISO date.

    ``others`` came without being on the list; ``notes_by`` kept the notes.
    """

    lang: str
    municipality: str
    is_example: bool
    title: str
    theme: str
    goal: str
    aim: str
    summary: str
    held_on: str
    when: str
    place: str
    facilitator: str
    department: str
    people: tuple[Person, ...]
    principles: tuple[str, ...]
    charts: tuple[ChartPart, ...]
    headings: tuple[Heading, ...]
    steps: tuple[Step, ...]
    next_dialogue: str
    others: tuple[str, ...] = ()
    notes_by: str = ""
    approved_by: str = ""
    approved_on: str = ""

    @property
    def present(self) -> tuple[Person, ...]:
        """Those on the list who were there."""
        return tuple(one for one in self.people if one.presence == "present")

    @property
    def absent(self) -> tuple[Person, ...]:
        """Those on the list who were not."""
        return tuple(one for one in self.people if one.presence == "absent")

    def to_json(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Record:
        """The record that `to_json` took apart."""
        return cls(
            **{
                **data,
                "people": tuple(Person(**one) for one in data["people"]),
                "principles": tuple(data["principles"]),
                "others": tuple(data.get("others", ())),
                "charts": tuple(_chart(one) for one in data["charts"]),
                "headings": tuple(_heading(one) for one in data["headings"]),
                "steps": tuple(Step(**one) for one in data["steps"]),
            }
        )


def _chart(data: Mapping[str, Any]) -> ChartPart:
    return ChartPart(**{**data, "lines": tuple(data["lines"]), "source": tuple(data["source"])})


def _heading(data: Mapping[str, Any]) -> Heading:
    clusters = tuple(
        Cluster(one["title"], tuple(NoteLine(**note) for note in one["notes"])) for one in data["clusters"]
    )
    return Heading(data["kind"], data["label"], clusters)
