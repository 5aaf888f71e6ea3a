"""CSV on the Web: what a CSV file's columns hold, how it is written, and the imprint, for programs.

Method: W3C Recommendation "Metadata Vocabulary for Tabular Data" (2015), a single table description.
"""

from __future__ import annotations

from typing import Any

from portal.files.csv import Dialect, safe_cell

from .imprint import Imprint
from .table import Column, Kind, Table

CONTEXT = "http://www.w3.org/ns/csvw"
_AS_NOTES = (
    "sentence", "unit", "processing", "updated", "release", "holding", "revised", "missing", "sign", "note",
    "break", "pooled", "trend", "interval", "purpose", "framing", "caution", "how", "says_not", "demo",
)  # fmt: skip
"""What the vocabularies have no property for, so that it stands among the notes."""


def csvw(table: Table, imprint: Imprint, dialect: Dialect, *, url: str) -> dict[str, Any]:
    """The description of a CSV file that stands at ``url``, which may be a name beside the description."""
    described: dict[str, Any] = {
        "@context": [CONTEXT, {"@language": imprint.lang}],
        "url": url,
        "dc:title": imprint.heading,
        "dc:description": imprint.sentence,
        "dc:source": imprint.attribution,
        "dc:language": imprint.lang,
        "dc:modified": {"@value": imprint.updated.isoformat(), "@type": "xsd:date"} if imprint.updated else None,
        "dc:isReferencedBy": {"@id": imprint.link} if imprint.link else None,
        "dc:license": _licence(imprint),
        "dialect": {
            "encoding": "utf-8",
            "delimiter": dialect.delimiter,
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
            "lineTerminators": ["\r\n"],
        },
        "notes": [
            {"dc:type": fact.key, "dc:title": fact.label, "dc:description": fact.text}
            for fact in imprint.facts()
            if fact.key in _AS_NOTES
        ],
        "tableSchema": {
            "columns": [_column(column, imprint.lang, dialect) for column in table.columns],
            "primaryKey": [column.name for column in table.columns if column.is_key],
        },
    }
    return {key: value for key, value in described.items() if value not in (None, "")}


def _column(column: Column, lang: str, dialect: Dialect) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {lang: safe_cell(column.title)},
        "datatype": str(column.kind),
    }
    if column.kind is Kind.NUMBER:
        described["datatype"] = {"base": "decimal", "format": {"decimalChar": dialect.decimal_mark}}
        # A figure that is not shown: its reason stands in the status column.
        described["null"] = ""
    if column.is_key:
        described["required"] = True
    return described


def _licence(imprint: Imprint) -> dict[str, str] | str | None:
    if imprint.licence is None:
        return None
    return {"@id": imprint.licence.url} if imprint.licence.url else imprint.licence.name
