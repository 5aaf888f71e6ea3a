"""Whether a text of ours repeats a run of words from the reports behind the project: we take facts from them only.

The reports lie beside the repository where the project is developed, and some were scanned without å, ä and ö;
so letters are compared without their marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
RUN = 8


def words(text: str) -> list[str]:
    """The words of a text in plain letters."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", plain)


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of eight words."""
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


@cache
def seed_runs() -> frozenset[tuple[str, ...]]:
    """Every run of eight words in the reports; skips the test where they are not at hand."""
    files = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not files:
        pytest.skip("the reports are not here")
    return frozenset(run for file in files for run in runs(file.read_text(encoding="utf-8")))


def borrowed(text: str) -> list[str]:
    """The runs of words that the text has in common with the reports."""
    return [" ".join(run) for run in sorted(runs(text) & seed_runs())]


def strings(value: object) -> Iterator[str]:
    """Every string in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)
