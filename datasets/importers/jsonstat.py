"""JSON-stat files of version 1 and 2, read into a cube or refused with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from datasets.cubes import MAX_CELLS, Cube, CubeError, JsonStatError, Reason, jsonstat_tables

from . import encodings, intake, sums
from .problems import ImportResult, Refused, Report

_MOST_PARTS = 2_000_000
_NAMES_SHOWN = 10
_WORDS_SHOWN = 200
_KOLADA = {"kpi", "municipality", "is_divided_by_gender", "municipality_type", "type"}
_INTERFACE = {"apiVersion", "tables", "variableNames", "valueMap", "codelists", "variables", "links"}


def read_jsonstat(
    data: bytes, lang: str = "sv", symbols: Mapping[str, Reason] | None = None, table: str | None = None
) -> ImportResult:
    """One table of a JSON-stat dataset, bundle or collection, whole or not at all.

    ``lang`` is the language its words are in; ``symbols`` what its source means by the signs in ``status``,
    where that is known better than the file tells; ``table`` the name of the table to take of several, the
    first when None.
    """
    report = Report()
    encoding = None
    try:
        intake.look(data, "JSON-stat", report)
        text, encoding = encodings.decode(data, report)
        document = _chosen(_parse(text, report), table, report)
        cube = _cube(document, lang, symbols, report)
    except Refused:
        return ImportResult(None, report.problems, encoding)
    return ImportResult(cube, report.problems, encoding, _about(document))


def _parse(text: str, report: Report) -> Any:
    # Each list, text or figure costs many times its letters once parsed.
    if text.count("[") + text.count("{") + text.count('"') // 4 > _MOST_PARTS or text.count(",") > 2 * MAX_CELLS:
        raise report.refuse("json_too_many")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise report.refuse("json_invalid", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise report.refuse("json_not_dataset") from error


def _chosen(document: Any, name: str | None, report: Report) -> dict[str, Any]:
    try:
        found = jsonstat_tables(document)
    except JsonStatError as error:
        raise report.refuse("json_dataset", reason=str(error)) from error
    if not found:
        code, words = _what_else(document)
        raise report.refuse(code, words=words) if words else report.refuse(code)
    names = ", ".join([*list(found)[:_NAMES_SHOWN], *(["…"] if len(found) > _NAMES_SHOWN else [])])
    if name is None:
        name = next(iter(found))
        if len(found) > 1:
            report.add("json_many", count=len(found), names=names, name=name)
    if name not in found:
        raise report.refuse("json_no_such_table", name=name, names=names)
    if found[name]["value"] == []:
        raise report.refuse("json_about_tables")
    return found[name]


def _what_else(document: Any) -> tuple[str, str]:
    """What a JSON file without a table is, as far as can be told, and what it says itself if it is an error."""
    if not isinstance(document, dict):
        return "json_not_dataset", ""
    if "$schema" in document and "class" not in document:
        return "json_schema", ""
    if document.get("class") == "dimension":
        return "json_dimension", ""
    words = next((document[key] for key in ("title", "error", "message") if key in document), None)
    if isinstance(words, str) and words and ("status" in document or len(document) <= 2):
        return "json_error", words[:_WORDS_SHOWN]
    rows = document.get("values")
    if isinstance(rows, list) and any(isinstance(row, dict) and _KOLADA & row.keys() for row in rows[:10]):
        return "json_kolada", ""
    return ("json_about_tables" if _INTERFACE & document.keys() else "json_not_dataset"), ""


def _cube(document: dict[str, Any], lang: str, symbols: Mapping[str, Reason] | None, report: Report) -> Cube:
    try:
        cube = Cube.from_jsonstat(document, lang, symbols)
    except CubeError as error:
        raise report.refuse("json_dataset", reason=str(error)) from error
    return replace(cube, dimensions=sums.settle(cube.dimensions, cube.values, report))


def _about(document: Mapping[str, Any]) -> dict[str, str]:
    """What a statistical office says of the table beside it."""
    extension = document.get("extension")
    found: dict[str, Any] = extension if isinstance(extension, dict) else {}
    px = found.get("px")
    keys = {"tableid": "table_id", "matrix": "matrix"}
    about = {keys[key]: str(word) for key, word in px.items() if key in keys} if isinstance(px, dict) else {}
    contacts = found.get("contact")
    if isinstance(contacts, str):
        contacts = [{"raw": contacts}]
    people = [contact for contact in contacts if isinstance(contact, dict)] if isinstance(contacts, list) else []
    words = [str(contact.get("raw") or contact.get("name") or "") for contact in people]
    return about | ({"contact": "\n".join(filter(None, words))} if any(words) else {})
