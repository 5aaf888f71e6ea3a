"""The factors that wellbeing hangs on, in four layers, what they do to one another, and the themes.

Keys are what data sets, questions and theme templates name; a key never changes its meaning. The list is a
start and no finished map of wellbeing. Plain Python, no Django.
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
PATH = FOLDER / "factors.json"


@dataclass(frozen=True)
class Layer:
    """How near a factor lies to the person: the person, relations, everyday places, society."""

    key: str
    label: LocalText


@dataclass(frozen=True)
class Factor:
    """Something that wellbeing hangs on, with one sentence on what it means."""

    key: str
    layer: str
    label: LocalText
    text: LocalText


@dataclass(frozen=True)
class Influence:
    """More of the source gives more of the target, or less of it; with one sentence on how."""

    source: str
    target: str
    is_strengthening: bool
    text: LocalText


@dataclass(frozen=True)
class Reference:
    """A publication that a text on research rests on: who wrote it, what it is called, when it came."""

    author: str
    title: str
    year: int


@dataclass(frozen=True)
class Research:
    """What research says of a factor, in our own few sentences, and what they rest on."""

    factor: str
    text: LocalText
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Theme:
    """A question people gather around, and the factors that belong to it."""

    key: str
    label: LocalText
    text: LocalText
    factors: tuple[str, ...]


@cache
def layers() -> tuple[Layer, ...]:
    """The four layers, from the person outwards."""
    return tuple(Layer(**layer) for layer in _content("factors")["layers"])


def factors(layer: str | None = None) -> tuple[Factor, ...]:
    """All factors, layer by layer, or those of one layer."""
    return tuple(factor for factor in _factors().values() if layer in (None, factor.layer))


def find_factor(key: str) -> Factor | None:
    """The factor with this key, or None."""
    return _factors().get(key)


@cache
def influences() -> tuple[Influence, ...]:
    """What the factors do to one another, as Växtkraft ships it."""
    return tuple(Influence(**influence) for influence in _content("influences")["influences"])


def find_research(key: str) -> Research | None:
    """What research says of the factor with this key, or None."""
    return _research().get(key)


def themes() -> tuple[Theme, ...]:
    """The six themes."""
    return tuple(_themes().values())


def find_theme(key: str) -> Theme | None:
    """The theme with this key, or None."""
    return _themes().get(key)


def _content(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data


@cache
def _factors() -> Mapping[str, Factor]:
    return {factor["key"]: Factor(**factor) for factor in _content("factors")["factors"]}


@cache
def _themes() -> Mapping[str, Theme]:
    found = _content("factors")["themes"]
    return {theme["key"]: Theme(**{**theme, "factors": tuple(theme["factors"])}) for theme in found}


@cache
def _research() -> Mapping[str, Research]:
    return {
        found["factor"]: Research(
            found["factor"], found["text"], tuple(Reference(**reference) for reference in found["references"])
        )
        for found in _content("research")["research"]
    }
