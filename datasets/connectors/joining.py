"""Splitting a question into pieces that a source answers, and putting the answers together again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from datasets.cubes import MAX_CELLS, Cube, CubeError, NotSummable, Reason, SourceSymbol
from datasets.importers import Group, Grouping, with_groups

from .errors import SourceError

Choice = Mapping[str, tuple[str, ...]]


def chunked(choice: Choice, most: int) -> Iterator[Choice]:
    """The choice in parts of at most ``most`` cells each, split along the longest variable first."""
    cells = prod(len(codes) for codes in choice.values())
    if cells > MAX_CELLS:
        raise SourceError("too_many", cells=cells, limit=MAX_CELLS)
    if cells <= max(1, most):
        yield choice
        return
    longest = max(choice, key=lambda code: len(choice[code]))
    codes = choice[longest]
    step = max(1, most // (cells // len(codes)))
    for begin in range(0, len(codes), step):
        yield from chunked({**choice, longest: codes[begin : begin + step]}, most)


def joined(parts: Sequence[Cube], choice: Choice) -> Cube:
    """The parts as one cube with the chosen categories in order; raises SourceError where they do not fit.

    A cell that no part holds is not available.
    """
    first = parts[0]
    if len(parts) == 1 and all(d.codes == choice.get(d.code, d.codes) for d in first.dimensions):
        return first
    names = tuple(dimension.code for dimension in first.dimensions)
    if any(tuple(d.code for d in part.dimensions) != names for part in parts):
        raise SourceError("shape", part="id")
    known = [{c.code: c for part in parts for c in part.dimensions[axis].categories} for axis in range(len(names))]
    try:
        dimensions = tuple(
            replace(
                dimension, categories=tuple(known[axis][code] for code in choice.get(dimension.code, known[axis]))
            )
            for axis, dimension in enumerate(first.dimensions)
        )
    except (KeyError, CubeError):
        raise SourceError("shape", part="dimension") from None
    shape = tuple(len(dimension) for dimension in dimensions)
    values = np.full(shape, np.nan)
    statuses = np.full(shape, np.uint8(Reason.NOT_AVAILABLE))
    marks = np.zeros(shape, dtype=np.uint8)
    symbols: dict[str, SourceSymbol] = {sign.symbol: sign for part in parts for sign in part.symbols}
    numbers = {symbol: number for number, symbol in enumerate(symbols, start=1)}
    for part in parts:
        if any(set(d.codes) - set(whole.codes) for whole, d in zip(dimensions, part.dimensions, strict=True)):
            raise SourceError("shape", part="categories that were not asked for")
        at = np.ix_(
            *(
                [whole.position(code) for code in d.codes]
                for whole, d in zip(dimensions, part.dimensions, strict=True)
            )
        )
        values[at], statuses[at] = part.values, part.statuses
        to_whole = np.array([0, *(numbers[sign.symbol] for sign in part.symbols)], dtype=np.uint8)
        marks[at] = to_whole[part.sign_places()]
    return replace(
        first,
        dimensions=dimensions,
        values=values,
        statuses=statuses,
        symbols=tuple(symbols.values()),
        marks=marks if symbols else None,
        notes=tuple({(str(n.text), str(n.at)): n for part in parts for n in part.notes}.values()),
    )


def grouped(cube: Cube, groups: Mapping[str, Mapping[str, tuple[str, ...]]], lang: str) -> Cube:
    """The cube with some categories added together under new codes, in place of all others of their variable."""
    for code, named in groups.items():
        try:
            wanted = Grouping(
                code, tuple(Group(key, _label(key, lang), members) for key, members in named.items())
            )
            cube = with_groups(cube, code, wanted).select({code: tuple(named)})
        except (NotSummable, CubeError):
            raise SourceError("cannot_add", dimension=code) from None
    return cube


def _label(key: str, lang: str) -> str:
    """Ages are the usual groups: "15-17" is said as "15–17 år"."""
    return key.replace("-", "–") + (" år" if lang == "sv" else " years") if key[:1].isdecimal() else key
