"""Known methods that the idea bank begins with, in own words, each with what it rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from datasets.content import Reference, find_research
from datasets.cubes import LocalText

PATH = Path(__file__).resolve().parent / "methods.json"


@dataclass(frozen=True)
class Method:
    """A way of working that others have tried and studied. `cost` is our own rough judgement."""

    key: str
    title: LocalText
    text: LocalText
    kind: str
    cost: str
    ages: tuple[str, ...]
    theme: str
    factors: tuple[str, ...]
    references: tuple[Reference, ...]


@cache
def methods() -> tuple[Method, ...]:
    """The methods, in the order in which they are shown."""
    told = json.loads(PATH.read_text(encoding="utf-8"))["methods"]
    return tuple(
        Method(
            one["key"], one["title"], one["text"], one["kind"], one["cost"], tuple(one["ages"]), one["theme"],
            tuple(one["factors"]), _references(one["factors"], one["references"]),
        )
        for one in told
    )  # fmt: skip


def find_method(key: str) -> Method | None:
    """The method with this key, or None."""
    return next((one for one in methods() if one.key == key), None)


def _references(factors: list[str], authors: list[str]) -> tuple[Reference, ...]:
    """The publications by their authors, from what research says of the factors; StopIteration for others."""
    known = [reference for factor in factors if (found := find_research(factor)) for reference in found.references]
    return tuple(next(one for one in known if one.author == author) for author in authors)
