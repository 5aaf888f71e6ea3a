"""The base package: official figures about young people that every municipality has from its first day.

Each file of indicators is about one part of life. An indicator says where its figures come from, what they are
fit for and which question they help with. Whether a code exists at its source can't be known here: ``expect`` are
words that the source's own title must hold, or the figures wait for a person. Plain Python, no Django.
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
AREAS: Mapping[str, LocalText] = {
    "population": {"sv": "Befolkning", "en": "Population"},
    "education": {"sv": "Utbildning", "en": "Education"},
    "attendance": {"sv": "Att vara i skolan", "en": "Being at school"},
    "work": {"sv": "Arbete och studier", "en": "Work and study"},
    "income": {"sv": "Pengar", "en": "Income"},
    "housing": {"sv": "Boende", "en": "Housing"},
    "leisure": {"sv": "Fritid, kultur och bibliotek", "en": "Leisure, culture and libraries"},
    "sport": {"sv": "Idrott och rörelse", "en": "Sport and movement"},
    "health": {"sv": "Hälsa och vård", "en": "Health and health care"},
    "safety": {"sv": "Trygghet", "en": "Safety"},
    "trust": {"sv": "Tillit och val", "en": "Trust and elections"},
}
"""The parts of life, in the order in which they are shown; each is a file of indicators."""


@dataclass(frozen=True)
class Synthetic:
    """How the demo draws an indicator: where it begins, how it moves, how places and people differ.

    ``kind`` is share (per cent, 0–100), rate (0 and up) or count (whole people out of ``level`` per cent of the
    young). ``trend`` is the change a year, ``spread`` the usual difference between places, ``gap`` women's less
    men's, ``every`` the years between rounds of a survey.
    """

    kind: str
    level: float
    trend: float = 0.0
    spread: float = 0.0
    gap: float = 0.0
    every: int = 1


@dataclass(frozen=True)
class Indicator:
    """One indicator of the base package: its source, its words, and what it is for."""

    key: str
    area: str
    kind: str
    id: str
    source_title: str
    expect: tuple[str, ...]
    title: LocalText
    description: LocalText
    definition: LocalText
    unit: LocalText
    question: LocalText
    how_to_read: LocalText
    does_not_say: LocalText
    measures: str
    polarity: str
    fit_for: tuple[int, ...]
    factors: tuple[str, ...]
    themes: tuple[str, ...]
    choice: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    labels: Mapping[str, Mapping[str, LocalText]]
    synthetic: Synthetic
    ages: str = ""
    older: str = ""
    verified: bool = False
    years: int = 12

    @property
    def text(self) -> LocalText:
        """What it is, and the question that it helps with."""
        return {lang: f"{self.description[lang]} {self.question[lang]}" for lang in ("sv", "en")}


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every indicator, area by area."""
    return tuple(_indicator(area, row) for area in AREAS for row in _rows(area))


def find_indicator(key: str) -> Indicator | None:
    """The indicator of a key, or None."""
    return next((indicator for indicator in indicators() if indicator.key == key), None)


def _rows(area: str) -> list[dict[str, Any]]:
    content: dict[str, Any] = json.loads((FOLDER / f"{area}.json").read_text(encoding="utf-8"))
    shared = content.get("shared", {})
    return [{**shared, **row} for row in content["indicators"]]


def _indicator(area: str, row: Mapping[str, Any]) -> Indicator:
    given = dict(row)
    for name in ("expect", "fit_for", "factors", "themes"):
        given[name] = tuple(given.get(name, ()))
    given["choice"] = {code: tuple(chosen) for code, chosen in given.get("choice", {}).items()}
    given["groups"] = {
        code: {key: tuple(members) for key, members in groups.items()}
        for code, groups in given.get("groups", {}).items()
    }
    given["labels"] = given.get("labels", {})
    given["synthetic"] = Synthetic(**given["synthetic"])
    return Indicator(area=area, **given)
