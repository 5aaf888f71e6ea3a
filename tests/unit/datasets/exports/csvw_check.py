"""Whether a description of rows holds to the W3C Recommendation, and the rows to it.

What is checked: "Metadata Vocabulary for Tabular Data" (2015-12-17) 5.1 to 5.11 for a single table, as far as
its rules are requirements ("MUST"), and that every cell can be read as its datatype.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

TABLE = {
    "@context",
    "@id",
    "@type",
    "url",
    "dialect",
    "notes",
    "tableDirection",
    "tableSchema",
    "transformations",
    "suppressOutput",
}
INHERITED = {
    "aboutUrl",
    "datatype",
    "default",
    "lang",
    "null",
    "ordered",
    "propertyUrl",
    "required",
    "separator",
    "textDirection",
    "valueUrl",
}
COLUMN = INHERITED | {"name", "suppressOutput", "titles", "virtual", "@id", "@type"}
SCHEMA = INHERITED | {"columns", "foreignKeys", "primaryKey", "rowTitles", "@id", "@type"}
DIALECT = {
    "commentPrefix",
    "delimiter",
    "doubleQuote",
    "encoding",
    "header",
    "headerRowCount",
    "lineTerminators",
    "quoteChar",
    "skipBlankRows",
    "skipColumns",
    "skipInitialSpace",
    "skipRows",
    "trim",
    "@id",
    "@type",
}
DATATYPES = {"string", "decimal", "integer", "date", "dateTime", "boolean", "anyURI", "number", "double"}
PREFIXES = {"dc", "dcat", "dcterms", "dct", "schema", "foaf", "prov", "skos", "xsd", "rdf", "rdfs", "csvw"}
_NAME = re.compile(r"(?:[A-Za-z0-9]|%[0-9A-Fa-f]{2})(?:[A-Za-z0-9_.]|%[0-9A-Fa-f]{2})*\Z")


def problems(described: dict[str, Any], content: bytes) -> list[str]:
    """What is wrong, in words; nothing for a good description of a good file."""
    found = _context(described) + _properties(described)
    columns = described.get("tableSchema", {}).get("columns", [])
    for place, column in enumerate(columns):
        found += _column(place, column)
    names = [column.get("name") for column in columns]
    if len(set(names)) != len(names):
        found.append("two columns have one name")
    key = described.get("tableSchema", {}).get("primaryKey", [])
    found += [f"the key names {name}, which is no column" for name in key if name not in names]
    return found or _rows(described, content)


def _context(described: dict[str, Any]) -> list[str]:
    context = described.get("@context")
    if isinstance(context, str):
        return [] if context == "http://www.w3.org/ns/csvw" else ["the context is not CSVW's"]
    if not (isinstance(context, list) and len(context) == 2 and context[0] == "http://www.w3.org/ns/csvw"):
        return ["the context is not CSVW's with one object of settings"]
    if not context[1] or set(context[1]) - {"@base", "@language"}:
        return ["the context sets something else than base and language"]
    return []


def _properties(described: dict[str, Any]) -> list[str]:
    found = [] if isinstance(described.get("url"), str) and described["url"] else ["a table must have a url"]
    for name, value in described.items():
        if name not in TABLE:
            found += _common(name, value)
    for note in described.get("notes", []):
        if not isinstance(note, dict):
            found.append("a note is no object")
            continue
        for name, value in note.items():
            found += _common(name, value)
    dialect = described.get("dialect", {})
    found += [f"a dialect has no {name}" for name in dialect if name not in DIALECT]
    found += [f"a schema has no {name}" for name in described.get("tableSchema", {}) if name not in SCHEMA]
    return found


def _common(name: str, value: Any) -> list[str]:
    """A common property has a prefixed name or an address, and values as JSON-LD has them."""
    prefix = name.partition(":")[0]
    if prefix not in PREFIXES and not name.startswith(("http://", "https://")):
        return [f"{name} is neither a property of a table nor a prefixed name"]
    if isinstance(value, dict) and "@value" in value:
        allowed = {"@value", "@type"} if "@type" in value else {"@value", "@language"}
        return [f"{name} has {extra}" for extra in set(value) - allowed]
    if isinstance(value, list):
        return [problem for one in value for problem in _common(name, one)]
    if value is None or value == "":
        return [f"{name} says nothing"]
    return []


def _column(place: int, column: dict[str, Any]) -> list[str]:
    found = [f"column {place} has a property {name}" for name in column if name not in COLUMN]
    name = column.get("name", "")
    if not isinstance(name, str) or not _NAME.match(name):
        found.append(f"column {place} has the name {name!r}")
    if not column.get("titles"):
        found.append(f"column {place} has no title")
    datatype = column.get("datatype", "string")
    base = datatype.get("base", "string") if isinstance(datatype, dict) else datatype
    if base not in DATATYPES:
        found.append(f"column {place} is of the unknown datatype {base!r}")
    if isinstance(datatype, dict) and isinstance(datatype.get("format"), dict):
        form = datatype["format"]
        found += [
            f"column {place} has the format {key}" for key in set(form) - {"decimalChar", "groupChar", "pattern"}
        ]
        if form.get("decimalChar", ".") == form.get("groupChar"):
            found.append(f"column {place} has one mark for decimals and groups")
    return found


def _rows(described: dict[str, Any], content: bytes) -> list[str]:
    dialect, columns = described.get("dialect", {}), described["tableSchema"]["columns"]
    text = content.decode(
        dialect.get("encoding", "utf-8") if not content.startswith(b"\xef\xbb\xbf") else "utf-8-sig"
    )
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.get("delimiter", ","))
    titles = [_titles(column) for column in columns]
    if len(header) != len(titles) or any(name not in known for name, known in zip(header, titles, strict=True)):
        return ["the header is not the columns' titles"]
    found = []
    key = [
        place
        for place, column in enumerate(columns)
        if column["name"] in described["tableSchema"].get("primaryKey", [])
    ]
    seen = set()
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            found.append(f"row {number} has {len(row)} cells")
            continue
        found += [
            f"row {number}: {problem}"
            for cell, column in zip(row, columns, strict=True)
            for problem in _cell(cell, column)
        ]
        values = tuple(row[place] for place in key)
        if key and values in seen:
            found.append(f"row {number} has the key of another")
        seen.add(values)
    return found


def _titles(column: dict[str, Any]) -> list[str]:
    titles = column["titles"]
    if isinstance(titles, dict):
        titles = [one for value in titles.values() for one in (value if isinstance(value, list) else [value])]
    return titles if isinstance(titles, list) else [titles]


def _cell(cell: str, column: dict[str, Any]) -> list[str]:
    null = column.get("null", "")
    if cell in (null if isinstance(null, list) else [null]):
        return [f"{column['name']} must have a value"] if column.get("required") else []
    datatype = column.get("datatype", "string")
    form = datatype.get("format", {}) if isinstance(datatype, dict) else {}
    base = datatype.get("base", "string") if isinstance(datatype, dict) else datatype
    try:
        if base == "decimal":
            mark = form.get("decimalChar", ".")
            if re.fullmatch(rf"[-+]?\d+({re.escape(mark)}\d+)?", cell) is None:
                raise ValueError
            Decimal(cell.replace(mark, "."))
        elif base == "date":
            date.fromisoformat(cell)
    except (ValueError, InvalidOperation):
        return [f"{column['name']} is no {base}: {cell!r}"]
    return []
