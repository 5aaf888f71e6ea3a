"""The words a dialogue starts from: theme templates, the four principles, the frame of wellbeing, the agenda.

Texts are in Swedish and English. A municipality adapts a template when it creates a dialogue; the template
itself never changes under a dialogue that was held. Plain Python, no Django.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from datasets.cubes import LocalText

FOLDER = Path(__file__).resolve().parent
LENGTHS = (75, 90)
"""How many minutes a dialogue lasts; longer than that, and people lose hold of the thread."""


@dataclass(frozen=True)
class Participant:
    """A perspective to invite, in which roles, and what they bring. ``perspective`` keys :func:`perspectives`."""

    perspective: str
    roles: LocalText
    brings: LocalText


@dataclass(frozen=True)
class Questions:
    """What to talk about in one part (1 or 2) of a dialogue with this goal."""

    goal: str
    part: int
    texts: tuple[LocalText, ...]


@dataclass(frozen=True)
class SuggestedData:
    """Data to begin from: any of these factors, measuring any of these, and what to look for in them."""

    factors: tuple[str, ...]
    measures: tuple[str, ...]
    hint: LocalText


@dataclass(frozen=True)
class Prompt:
    """Words for the facilitator that turn the view to what promotes wellbeing, and when to say them."""

    when: LocalText
    say: LocalText


@dataclass(frozen=True)
class Theme:
    """A template: what the dialogue is about, whom to invite, what to ask, which data to show."""

    key: str
    title: LocalText
    purpose: LocalText
    participants: tuple[Participant, ...]
    questions: tuple[Questions, ...]
    data: tuple[SuggestedData, ...]
    prompts: tuple[Prompt, ...]

    def questions_for(self, goal: str, part: int) -> tuple[LocalText, ...]:
        """The questions of one part of a dialogue with this goal; none where the goal is unknown."""
        return next((q.texts for q in self.questions if (q.goal, q.part) == (goal, part)), ())


@dataclass(frozen=True)
class Goal:
    """What a first dialogue is to achieve, when that is the one to choose, and whom it asks for besides."""

    key: str
    title: LocalText
    when: LocalText
    participants: tuple[Participant, ...]


@dataclass(frozen=True)
class Principle:
    """One of the four principles that everyone in the room is told."""

    key: str
    title: LocalText
    text: LocalText


@dataclass(frozen=True)
class Quadrant:
    """One of four groups of people: wellbeing high or low, troubles high or low."""

    wellbeing: str
    troubles: str
    text: LocalText


@dataclass(frozen=True)
class FramePart:
    """A short text that opens the dialogue; the one on the two dimensions has its four groups."""

    key: str
    title: LocalText
    text: LocalText
    quadrants: tuple[Quadrant, ...]


@dataclass(frozen=True)
class AgendaItem:
    """A point of the agenda, how many minutes it has, and which kinds of note are taken during it.

    ``hint`` is for the facilitator, ``shows`` for the wall.
    """

    key: str
    title: LocalText
    hint: LocalText
    minutes: int
    notes: tuple[str, ...]
    shows: tuple[LocalText, ...] = ()


def themes() -> tuple[Theme, ...]:
    """The theme templates that Växtkraft brings with it."""
    return tuple(_themes().values())


def find_theme(key: str) -> Theme | None:
    """The template with this key, or None."""
    return _themes().get(key)


@cache
def goals() -> tuple[Goal, ...]:
    """What a dialogue can be for, from first understanding to first step."""
    return tuple(
        Goal(
            key=goal["key"],
            title=goal["title"],
            when=goal["when"],
            participants=tuple(Participant(**one) for one in goal["participants"]),
        )
        for goal in content_of("themes")["goals"]
    )


@cache
def perspectives() -> Mapping[str, LocalText]:
    """The departments and others that a theme can ask for, by key."""
    return {entry["key"]: entry["label"] for entry in content_of("themes")["perspectives"]}


@cache
def principles() -> tuple[Principle, ...]:
    """The four principles, in the order they are read out."""
    return tuple(Principle(**principle) for principle in content_of("principles")["principles"])


@cache
def frame() -> tuple[FramePart, ...]:
    """What wellbeing is, why it is not the opposite of ill-health, and what promoting is."""
    return tuple(
        FramePart(
            key=part["key"],
            title=part["title"],
            text=part["text"],
            quadrants=tuple(Quadrant(**quadrant) for quadrant in part.get("quadrants", ())),
        )
        for part in content_of("principles")["frame"]
    )


def agenda(minutes: int = 90) -> tuple[AgendaItem, ...]:
    """The agenda of a dialogue of 75 or 90 minutes. Raises ValueError for any other length."""
    if minutes not in LENGTHS:
        raise ValueError(f"A dialogue lasts {' or '.join(map(str, LENGTHS))} minutes, not {minutes}.")
    return tuple(
        AgendaItem(
            key=item["key"],
            title=item["title"],
            hint=item["hint"],
            minutes=item["minutes"][str(minutes)],
            notes=tuple(item["notes"]),
        )
        for item in content_of("principles")["agenda"]
    )


def content_of(name: str) -> dict[str, Any]:
    """A file of content as it is written."""
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data


@cache
def _themes() -> Mapping[str, Theme]:
    return {theme["key"]: _theme(theme) for theme in content_of("themes")["themes"]}


def _theme(data: dict[str, Any]) -> Theme:
    return Theme(
        key=data["key"],
        title=data["title"],
        purpose=data["purpose"],
        participants=tuple(Participant(**participant) for participant in data["participants"]),
        questions=tuple(Questions(q["goal"], q["part"], tuple(q["texts"])) for q in data["questions"]),
        data=tuple(SuggestedData(tuple(d["factors"]), tuple(d["measures"]), d["hint"]) for d in data["data"]),
        prompts=tuple(Prompt(**prompt) for prompt in data["prompts"]),
    )
