"""JSON-stat 2.0 files, read into a cube or refused with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from datasets.cubes import Cube, CubeError, Reason

from . import encodings, intake, sums
from .problems import ImportResult, Refused, Report


def read_jsonstat(data: bytes, lang: str = "sv", symbols: Mapping[str, Reason] | None = None) -> ImportResult:
    """The table of a JSON-stat 2.0 dataset, whole or not at all.

    ``lang`` is the language its words are in; ``symbols`` what its source means by the signs in ``status``.
    """
    report = Report()
    encoding = None
    try:
        intake.look(data, "JSON-stat", report)
        text, encoding = encodings.decode(data, report)
        document = _parse(text, report)
        if not isinstance(document, dict) or "dimension" not in document or "value" not in document:
            raise report.refuse("json_not_dataset")
        cube = _cube(document, lang, symbols, report)
    except Refused:
        return ImportResult(None, report.problems, encoding)
    return ImportResult(cube, report.problems, encoding, _about(document))


def _parse(text: str, report: Report) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise report.refuse("json_invalid", error.lineno, error.colno) from error
    except RecursionError as error:
        raise report.refuse("json_not_dataset") from error


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
    people = [contact for contact in contacts if isinstance(contact, dict)] if isinstance(contacts, list) else []
    words = [str(contact.get("raw") or contact.get("name") or "") for contact in people]
    return about | ({"contact": "\n".join(filter(None, words))} if any(words) else {})
