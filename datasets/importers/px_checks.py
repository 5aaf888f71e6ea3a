"""Statements of a PC-Axis file about something that its table does not have: remarked on, never believed."""

from __future__ import annotations

from .problems import Report
from .px_header import Header
from .px_structure import names_in

_ON_DIMENSIONS = (
    *(
        "CODES",
        "DOMAIN",
        "DOUBLECOLUMN",
        "ELIMINATION",
        "KEYS",
        "MAP",
        "PARTITIONED",
        "PRECISION",
        "PRESTEXT",
    ),
    *("HIERARCHIES", "HIERARCHYLEVELS", "HIERARCHYLEVELSOPEN", "HIERARCHYNAMES", "TIMEVAL", "VALUES"),
    *("VARIABLE-TYPE", "VARIABLECODE"),
)
_ON_MEASURES = (
    *(
        "BASEPERIOD",
        "CFPRICES",
        "CONTACT",
        "DAYADJ",
        "LAST-UPDATED",
        "REFPERIOD",
        "SEASADJ",
        "STOCKFA",
        "UNITS",
    ),
)


def check_subjects(header: Header, report: Report) -> None:
    """Remark on every statement about a dimension or a measure that does not exist."""
    names = names_in(header, None)
    if not names:
        return
    known = {lang: frozenset(names_in(header, lang)) for lang in header.langs}
    for keyword in _ON_DIMENSIONS:
        for lang, statement in header.all(keyword):
            if statement.about and statement.about[0] not in known[lang]:
                report.add("px_unknown_place", statement.line, keyword=keyword, name=statement.about[0])
    if header.word("CONTVARIABLE") not in ("", *names):
        return
    measures = {lang: _measures(header, lang) for lang in header.langs}
    for keyword in _ON_MEASURES:
        for lang, statement in header.all(keyword):
            if statement.about and statement.about[0] not in measures[lang]:
                report.add("px_unknown_place", statement.line, keyword=keyword, name=statement.about[0])


def check_secrecy(header: Header, report: Report) -> None:
    """Remark on a table that its source calls confidential."""
    statement = header.find("CONFIDENTIAL")
    if statement is not None and statement.values[:1] not in ((), ("0",), ("NO",)):
        report.add("px_confidential", statement.line)


def _measures(header: Header, lang: str | None) -> frozenset[str]:
    """What the measures are called in a language, by text and by code."""
    content, names = header.word("CONTVARIABLE"), names_in(header, None)
    translated = names_in(header, lang)
    if content not in names or len(translated) != len(names):
        return frozenset()
    name = translated[names.index(content)]
    return frozenset((*header.values("VALUES", name, lang=lang), *header.values("CODES", content)))
