"""From the content of a file to its sheets as texts, whatever the file turns out to be."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from .plain_text import csv_sheets, decoded, is_table, markdown_sheets
from .telling import N_, NOWHERE, Report, Told

LARGEST = 10_000_000
SECONDS = 30
_CHILD = Path(__file__).with_name("child.py")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

EMPTY = N_("The file is empty. Save the form again, and choose that file.")
TOO_LARGE_FILE = N_(
    "The file is larger than %(most)s MB. A form is far smaller; take pictures and old sheets out."
)
BROKEN = N_("The file is damaged and can't be opened. Open it in a spreadsheet program and save it anew as .xlsx.")
PASSWORD = N_("The file is locked with a password. Take the password away and save it again.")
MACROS = N_("The file holds macros, which we never open. Save it as an ordinary workbook, .xlsx.")
TOO_LARGE = N_("The file unpacks to far more than a form holds. Copy the form's sheets to a new workbook.")
TOO_LONG = N_("A sheet is longer than %(most)s rows. Delete the rows below the form and save again.")
TOO_SLOW = N_("Reading the file takes too long. Copy the form's sheets to a new workbook, and try with that.")
OTHER_KIND = N_("The file is %(kind)s and not a form. Choose the workbook (.xlsx) that the form is written in.")
NO_FORM = N_("The file is no form that we can read. A form is a workbook (.xlsx) with a sheet named survey.")
BARE_CSV = N_(
    "The file is a single table without sheets. A form needs the sheets survey and choices: write it "
    "as a workbook "
    "(.xlsx), or begin each part with its sheet's name in the first column."
)
PDF, HTML, XML, WORD, JSON = (
    N_("a PDF"), N_("a web page"), N_("an XML file"), N_("a text document"), N_("a JSON file"),
)  # fmt: skip
SLIDES, ODS, PICTURE, ARCHIVE = (
    N_("a presentation"), N_("an ODS workbook"), N_("a picture"), N_("a packed folder"),
)  # fmt: skip

_BEGINNINGS = {
    b"%pdf": PDF,
    b"<!doctype html": HTML,
    b"<html": HTML,
    b"<head": HTML,
    b"<table": HTML,
    b"<body": HTML,
    b"<?xml": XML,
    b"<h:html": XML,
    b"{": JSON,
    b"[": JSON,
    b"\x89png": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"gif8": PICTURE,
}
_IN_ZIP = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES, "content.xml": ODS}


@dataclass(frozen=True)
class Opened:
    """A file's sheets by name, each a list of rows of texts from its first cell on, and what pyxform says.

    ``refused`` are pyxform's words where it doesn't take the form. ``cut`` is how many columns stand before the
    sheet's first in the file (a CSV has the sheet's name there), and ``first_rows`` on which line a sheet begins.
    """

    sheets: dict[str, list[list[str]]]
    refused: str | None
    cut: int = 0
    first_rows: dict[str, int] | None = None


def open_form(content: bytes, report: Report) -> Opened | None:
    """The sheets of a file by what it holds, not by its name; None where it was refused in the report."""
    if not content.strip():
        report.refuse(NOWHERE, EMPTY)
        return None
    if len(content) > LARGEST:
        report.refuse(NOWHERE, TOO_LARGE_FILE, most=LARGEST // 1_000_000)
        return None
    if content.startswith(b"PK"):
        return _zipped(content, report)
    if content.startswith(_OLE):
        return _old_workbook(content, report)
    beginning = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    for start, kind in _BEGINNINGS.items():
        if beginning.startswith(start):
            return _another(kind, report)
    return _text(content, report)


def _another(kind: str, report: Report) -> Opened | None:
    report.refuse(NOWHERE, OTHER_KIND, kind=Told(kind))
    return None


def _zipped(content: bytes, report: Report) -> Opened | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        report.refuse(NOWHERE, BROKEN)
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        report.refuse(NOWHERE, MACROS)
        return None
    for name, kind in _IN_ZIP.items():
        if name in names:
            return _another(kind, report)
    if not names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return _another(ARCHIVE, report)
    return _in_child("xlsx", content, report)


def _old_workbook(content: bytes, report: Report) -> Opened | None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        report.refuse(NOWHERE, PASSWORD)
        return None
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        report.refuse(NOWHERE, MACROS)
        return None
    if "WordDocument".encode("utf-16-le") in content:
        return _another(WORD, report)
    return _in_child("xls", content, report)


def _text(content: bytes, report: Report) -> Opened | None:
    text = decoded(content)
    if text is None:
        report.refuse(NOWHERE, NO_FORM)
        return None
    if "|" in text and (found := markdown_sheets(text)):
        sheets, cut, first_rows = found, 0, None
    else:
        sheets, first_rows = csv_sheets(text)
        cut = 1
        if not sheets:
            report.refuse(NOWHERE, BARE_CSV if is_table(text) else NO_FORM)
            return None
    opened = _in_child("rows", json.dumps(sheets).encode(), report)
    return opened and Opened(opened.sheets, opened.refused, cut, first_rows)


def _in_child(kind: str, content: bytes, report: Report) -> Opened | None:
    command = [sys.executable, "-I", str(_CHILD), kind]
    try:
        run = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        report.refuse(NOWHERE, TOO_SLOW)
        return None
    told: dict[str, Any] = json.loads(run.stdout) if run.returncode == 0 else {"error": "too_slow"}
    if "error" not in told:
        return Opened(told["sheets"], told["pyxform"]["refused"])
    match told["error"]:
        case "password":
            report.refuse(NOWHERE, PASSWORD)
        case "broken":
            report.refuse(NOWHERE, BROKEN)
        case "too_large":
            report.refuse(NOWHERE, TOO_LARGE)
        case "too_long":
            report.refuse(NOWHERE, TOO_LONG, most=20_000)
        case _:
            report.refuse(NOWHERE, TOO_SLOW)
    return None
