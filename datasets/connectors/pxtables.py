"""What both versions of PxWebApi have in common: a table with variables, asked for in pieces of JSON-stat."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from datasets.cubes import Cube, CubeError
from datasets.importers.problems import Report
from datasets.importers.sums import settle

from .definition import Definition
from .errors import SourceError
from .expressions import expand
from .joining import Choice, chunked, joined
from .keeping import Kept, Piece, Told, collect, key_of
from .wanted import Wanted

_IDENTIFIER = re.compile(r"[A-Za-zÅÄÖåäö0-9_.\-]{1,60}(/[A-Za-zÅÄÖåäö0-9_.\-]{1,60}){0,8}")


@dataclass(frozen=True)
class Table:
    """A table that was looked up: what it is, how a part of it is asked for, and how the answer is read."""

    name: str
    definition: Definition
    ask: Callable[[Choice], bytes]
    read: Callable[[bytes], Cube]


def identifier(wanted: Wanted) -> str:
    """The one table that is wanted; SourceError for what can be the name of none."""
    name = wanted.ids[0] if len(wanted.ids) == 1 else ""
    if not _IDENTIFIER.fullmatch(name) or ".." in name:
        raise SourceError("missing", id=name)
    return name


def chosen(definition: Definition, choice: Mapping[str, tuple[str, ...]]) -> Choice:
    """The codes that are wanted of every variable, in the table's own order of variables.

    Raises SourceError for a variable or category that is not there, and for one that must be chosen from.
    """
    for code in choice:
        if definition.axis(code) is None:
            raise SourceError("no_dimension", dimension=code)
    found = {axis.code: expand(axis, choice[axis.code]) for axis in definition.axes if axis.code in choice}
    for axis in definition.axes:
        if axis.code not in found and axis.must_choose:
            raise SourceError("must_choose", dimension=axis.label)
    return found


def fetch_table(table: Table, wanted: Wanted, most: int, kept: Kept, told: Told) -> Cube:
    """The chosen part of a table as one cube. Pieces of a former state of the table are never mixed in."""
    choice = chosen(table.definition, wanted.choice)
    state = (table.name, table.definition.updated, dict(wanted.codelists), wanted.lang)

    def piece(part: Choice) -> Piece:
        def ask() -> bytes:
            raw = table.ask(part)
            table.read(raw)
            return raw

        return Piece(key_of(state, sorted(part.items())), ask)

    contents = collect([piece(part) for part in chunked(choice, most)], kept, told)
    whole = joined([table.read(raw) for raw in contents], choice)
    for code, codes in choice.items():
        if whole.dimension(code).codes != codes:
            raise SourceError("shape", part=code)
    return replace(whole, dimensions=settle(whole.dimensions, whole.values, Report()))


def cube_of(document: Any, lang: str) -> Cube:
    """The cube in an answer; what the document says against itself is told."""
    if not isinstance(document, dict):
        raise SourceError("shape", part="JSON-stat")
    try:
        return Cube.from_jsonstat(document, lang)
    except CubeError as error:
        raise SourceError("shape", part=str(error)) from None
