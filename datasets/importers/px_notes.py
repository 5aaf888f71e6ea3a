"""The footnotes and signs of a PC-Axis file, in every language of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from datasets.cubes import Dimension, LocalText, Note, Reason, SourceSymbol, reason_told

from .problems import Report
from .px_grammar import Statement
from .px_header import Header
from .px_structure import names_in

_KINDS = ("NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX", "DATANOTECELL")
MOST_CELL_NOTES = 1000
"""A source that marks more single cells than this marks by habit: keeping each would drown the reader."""

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


def notes(header: Header, dimensions: Sequence[Dimension], report: Report) -> tuple[Note, ...]:
    """Every footnote, once with all its languages, on the table, a dimension, a category or cells."""
    found: list[Note] = []
    for keyword in _KINDS:
        by_place: dict[tuple[tuple[str, str | None], ...], dict[str, str]] = {}
        for lang, statement in header.all(keyword):
            at = _place(header, dimensions, lang, statement)
            if at is None:
                about = ", ".join(statement.about)
                report.add("px_unknown_place", statement.line, keyword=keyword, name=about)
                continue
            text = "\n".join(statement.values).replace("#", "\n").strip()
            by_place.setdefault(tuple(at.items()), {}).setdefault(header.lang_code(lang), text)
        if keyword == "DATANOTECELL" and len(by_place) > MOST_CELL_NOTES:
            report.add("px_cell_marks", count=len(by_place))
            continue
        mandatory = keyword.endswith("X")
        found += [Note(text, dict(at), mandatory) for at, text in by_place.items() if any(text.values())]
    return tuple(found)


def _place(
    header: Header, dimensions: Sequence[Dimension], lang: str | None, statement: Statement
) -> Mapping[str, str | None] | None:
    """Where a note belongs, or None when the table has no such place."""
    about, on_cells = statement.about, statement.keyword.startswith(("CELL", "DATANOTE"))
    if on_cells:
        if len(about) != len(dimensions):
            return None
        at: dict[str, str | None] = {}
        for dimension, value in zip(dimensions, about, strict=True):
            code = _code(dimension, header.lang_code(lang), value)
            if value != "*" and code is None:
                return None
            if code is not None:
                at[dimension.code] = code
        return at
    if not about:
        return {}
    named = dict(zip(names_in(header, lang), dimensions, strict=False)).get(about[0])
    if named is None:
        return None
    if len(about) == 1:
        return {named.code: None}
    code = _code(named, header.lang_code(lang), about[1])
    return None if code is None else {named.code: code}


def _code(dimension: Dimension, lang: str, value: str) -> str | None:
    if value in dimension.positions:
        return value
    return next((c.code for c in dimension.categories if c.label.get(lang) == value), None)
