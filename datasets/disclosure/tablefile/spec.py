"""What a file's columns are: which is counted by, which are the parents of which, and which holds the counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .problems import BadFile, in_words

TOTAL = "Total"
WRITTEN = ("freq", "primary", "suppressed")
"""The columns that are written beside the dimensions'."""


@dataclass(frozen=True)
class Spec:
    """``dims``: each column that is written, with the column of its leaf codes and those of their parents.

    ``freq``: the column of counts. ``formula``: which margins are published; None publishes every cell.
    """

    dims: Mapping[str, tuple[str, ...]]
    freq: str = "freq"
    formula: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that a file needs, the counts last."""
        return tuple(dict.fromkeys([column for own in self.dims.values() for column in own] + [self.freq]))


def read_spec(path: Path) -> Spec:
    """The specification in a JSON file. Raises BadFile."""
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadFile("no_file", f"The file {path} can't be read ({error.strerror}). Check its name.") from None
    except (ValueError, RecursionError):
        raise BadFile("bad_spec", f'{path} is not a JSON file. Write it as {{"dims": …}}.') from None
    return spec_of(given)


def spec_of(given: Any) -> Spec:
    """The specification in plain JSON. Raises BadFile."""
    if not isinstance(given, dict) or not isinstance(given.get("dims"), dict) or not given["dims"]:
        raise BadFile(
            "bad_spec",
            "The specification needs dims: for each column to be written the column of its codes and those of "
            'their parents, such as {"dims": {"region": ["municipality", "county"]}}.',
        )
    dims = {str(name): _columns(str(name), columns) for name, columns in given["dims"].items()}
    clash = sorted(set(dims) & set(WRITTEN))
    if clash:
        raise BadFile("bad_spec", f"A dimension cannot be called {in_words(clash)}: that column is written too.")
    freq = given.get("freq", "freq")
    if not isinstance(freq, str) or not freq:
        raise BadFile("bad_spec", "freq is the name of the column of counts.")
    if freq in {column for own in dims.values() for column in own}:
        raise BadFile("bad_spec", f"The column {freq} cannot be both counts and codes.")
    formula = given.get("formula")
    if formula is not None and not isinstance(formula, str):
        raise BadFile("bad_spec", "formula is a text such as ~ region*age, or null to publish every cell.")
    return Spec(dims, freq, formula.strip() or None if formula else None)


def _columns(name: str, columns: Any) -> tuple[str, ...]:
    if isinstance(columns, str):
        columns = [columns]
    if (
        not isinstance(columns, list)
        or not columns
        or not all(isinstance(column, str) and column for column in columns)
    ):
        raise BadFile("bad_spec", f"For {name}, write a list of columns: that of its codes, then their parents'.")
    return tuple(dict.fromkeys(columns))
