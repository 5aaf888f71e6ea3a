"""The footnotes and signs of a PC-Axis file, in every language of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from datasets.cubes import Dimension, LocalText, Note, Reason, SourceSymbol, reason_told

from .problems import Report
from .px_data import Figures
from .px_grammar import Statement
from .px_header import Header
from .px_structure import names_in

_KINDS = ("NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX", "DATANOTECELL")
MOST_CELL_NOTES = 1000
"""A source that marks more single cells than this marks by habit: keeping each would drown the reader."""
MOST_MARKED = 50_000_000
MOST_SIGNS = 200
MARK_LETTERS = 10

NIL = "-"


def symbols(header: Header, used: Sequence[str]) -> tuple[SourceSymbol, ...]:
    """The signs found among the figures, with what this very file says that they mean."""
    return tuple(_symbol(header, sign) for sign in used)


def _symbol(header: Header, sign: str) -> SourceSymbol:
    if sign == NIL:
        return SourceSymbol(sign, _words(header, "DATASYMBOLNIL"), Reason.NIL)
    number = "SUM" if len(sign) == 7 else str(len(sign))
    text = _words(header, f"DATASYMBOL{number}")
    reason = reason_told(" ".join(text.values()))
    return SourceSymbol(sign, text, Reason.NOT_AVAILABLE if reason is None else reason)


def _words(header: Header, keyword: str) -> LocalText:
    """The text of a sign; a text that is only another sign says nothing."""
    return {lang: text for lang, text in header.text(keyword).items() if re.search(r"\w", text)}


def cell_marks(header: Header, dimensions: Sequence[Dimension], figures: Figures) -> tuple[SourceSymbol, ...]:
    """The signs that DATANOTECELL puts beside figures, marked there; a cell that is a sign keeps its own.

    A remark of more letters than a sign has is left to the footnotes, and so are all where there are too many.
    """
    places = Places(header, dimensions)
    marked: dict[str, list[dict[int, int]]] = {}
    cells = 0
    for lang, statement in header.all("DATANOTECELL"):
        at = places.find(lang, statement) if _is_mark(statement) else None
        if lang is None and at is not None and statement.values[0] not in figures.signs:
            axes = {axis: d.position(at[d.code] or "") for axis, d in enumerate(dimensions) if d.code in at}
            marked.setdefault(statement.values[0], []).append(axes)
            cells += prod(len(d) for axis, d in enumerate(dimensions) if axis not in axes)
    if not marked or len(marked) + len(figures.signs) > MOST_SIGNS or cells > MOST_MARKED:
        return ()
    for number, sign in enumerate(marked, start=len(figures.signs) + 1):
        for axes in marked[sign]:
            index = tuple(axes.get(axis, slice(None)) for axis in range(len(dimensions)))
            there = np.asarray(figures.marked()[index])
            figures.marked()[index] = np.where(there == 0, number, there)
    return tuple(SourceSymbol(sign, {}, Reason.NONE) for sign in marked)


def _is_mark(statement: Statement) -> bool:
    return len(statement.values) == 1 and 0 < len(statement.values[0].strip()) <= MARK_LETTERS


def notes(
    header: Header, dimensions: Sequence[Dimension], marks: Sequence[SourceSymbol], report: Report
) -> tuple[Note, ...]:
    """Every footnote, once with all its languages, on the table, a dimension, a category or cells.

    ``marks`` are the signs beside figures that already tell what DATANOTECELL does.
    """
    found: list[Note] = []
    places = Places(header, dimensions)
    signs = {mark.symbol for mark in marks}
    for keyword in _KINDS:
        by_place: dict[tuple[tuple[str, str | None], ...], dict[str, str]] = {}
        for lang, statement in header.all(keyword):
            at = places.find(lang, statement)
            if at is None:
                about = ", ".join(statement.about)
                report.add("px_unknown_place", statement.line, keyword=keyword, name=about)
                continue
            text = "\n".join(statement.values).replace("#", "\n").strip()
            if keyword != "DATANOTECELL" or text not in signs:
                by_place.setdefault(tuple(at.items()), {}).setdefault(header.lang_code(lang), text)
        if keyword == "DATANOTECELL" and len(by_place) > MOST_CELL_NOTES:
            report.add("px_cell_marks", count=len(by_place))
            continue
        mandatory = keyword.endswith("X")
        found += [Note(text, dict(at), mandatory) for at, text in by_place.items() if any(text.values())]
    return tuple(found)


class Places:
    """Finds what a note is about, by codes or by the words of any language of the file."""

    def __init__(self, header: Header, dimensions: Sequence[Dimension]) -> None:
        self._dimensions = dimensions
        self._lang_code = header.lang_code
        self._named = {lang: dict(zip(names_in(header, lang), dimensions, strict=False)) for lang in header.langs}
        self._codes: dict[tuple[str, str], dict[str, str]] = {}

    def find(self, lang: str | None, statement: Statement) -> Mapping[str, str | None] | None:
        """Where a note belongs, or None when the table has no such place."""
        about = statement.about
        if statement.keyword.startswith(("CELL", "DATANOTE")):
            return self._cells(lang, about)
        if not about:
            return {}
        named = self._named[lang].get(about[0])
        if named is None:
            return None
        if len(about) == 1:
            return {named.code: None}
        code = self._code(named, lang, about[1])
        return None if code is None else {named.code: code}

    def _cells(self, lang: str | None, about: Sequence[str]) -> Mapping[str, str | None] | None:
        if len(about) != len(self._dimensions):
            return None
        at: dict[str, str | None] = {}
        for dimension, value in zip(self._dimensions, about, strict=True):
            code = self._code(dimension, lang, value)
            if value != "*" and code is None:
                return None
            if code is not None:
                at[dimension.code] = code
        return at

    def _code(self, dimension: Dimension, lang: str | None, value: str) -> str | None:
        if value in dimension.positions:
            return value
        key = dimension.code, self._lang_code(lang)
        if key not in self._codes:
            labelled = {c.label[key[1]]: c.code for c in reversed(dimension.categories) if key[1] in c.label}
            self._codes[key] = labelled
        return self._codes[key].get(value)
