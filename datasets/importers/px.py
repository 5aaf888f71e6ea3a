"""PC-Axis files, the statistical offices' own format, read into a cube or refused with the reason."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import prod

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import MAX_CELLS, Cube, CubeError, Dimension, Reason, SourceSymbol

from . import encodings, intake, px_checks, px_notes, px_structure, sums
from .problems import ImportResult, Refused, Report
from .px_data import FigureReader, Figures
from .px_header import REQUIRED, Header

_DATA = re.compile(rb"DATA[ \t]*+=")
_CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([^"]{1,40})"')
_KEYWORDS = re.compile(
    rb"(?<![^;\s\xbf])(?:CHARSET|AXIS-VERSION|MATRIX|TITLE|STUB|HEADING|SUBJECT-AREA|DECIMALS)\s*+="
)
_GROUPING = re.compile(rb"\s*+\[(?:Aggreg|Descr)\]", re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PIECE = 1 << 16
_MOST_QUOTES = 2_000_000
_LONGEST_HEADER = 50 * intake.MEGABYTE
Values = NDArray[np.float64]
Codes = NDArray[np.uint8]
_MOMENTS = ("%Y%m%d %H:%M", "%Y%m%d", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y%m%d%H:%M")
_ABOUT = {
    "BASEPERIOD": "base_period",
    "CONFIDENTIAL": "confidential",
    "CONTACT": "contact",
    "CONTENTS": "contents",
    "COPYRIGHT": "copyright",
    "DATABASE": "database",
    "DESCRIPTION": "description",
    "HIERARCHYNAMES": "level_names",
    "INFOFILE": "information",
    "LINK": "link",
    "MATRIX": "matrix",
    "NEXT-UPDATE": "next_update",
    "OFFICIAL-STATISTICS": "official_statistics",
    "REFPERIOD": "reference_period",
    "SUBJECT-AREA": "subject_area",
    "SURVEY": "survey",
    "TABLEID": "table_id",
    "UPDATE-FREQUENCY": "update_frequency",
}


def read_px(data: bytes) -> ImportResult:
    """The table of a PC-Axis file, whole or not at all.

    Encoding: strict UTF-8, then what CODEPAGE declares, then cp1252, since CODEPAGE lies in real files. Rows
    that a file with KEYS leaves out are zeros. Signs keep the meaning that this very file gives them.
    """
    report = Report()
    encoding, about = None, {}
    try:
        intake.look(data, "PC-Axis", report)
        data, is_wide = _narrowed(data, report)
        intake.refuse_binary(data, report)
        text, written, begin = _header_text(data, report)
        encoding = "utf-16" if is_wide else written
        header = Header(text, report)
        about = _about(header)
        cube = _cube(header, FigureReader(data, begin, report), written, report)
    except Refused:
        return ImportResult(None, report.problems, encoding, about)
    return ImportResult(cube, report.problems, encoding, about, _domains(header, cube))


def _narrowed(data: bytes, report: Report) -> tuple[bytes, bool]:
    """The file in UTF-8 if it was saved in UTF-16, which Windows calls Unicode; else as it is."""
    if not data.startswith(_UTF16):
        return data, False
    try:
        return data.decode("utf-16").encode("utf-8"), True
    except UnicodeError as error:
        raise report.refuse("unknown_encoding") from error


def _header_text(data: bytes, report: Report) -> tuple[str, str, int]:
    """The header as text, how it was written, and where the figures begin."""
    if not _KEYWORDS.search(data, 0, 100_000):
        raise report.refuse("px_grouping" if _GROUPING.match(data) else "px_not_px", line=1)
    # A note may quote "DATA=": no figure does, so the last one is the true one.
    found = _last_data(data)
    if found is None:
        raise report.refuse("px_without_data", line=data.count(b"\n") + 1)
    head = data[: found.start()]
    head = head[: head.rfind(b";") + 1]
    if len(head) > _LONGEST_HEADER or head.count(b'"') > _MOST_QUOTES:
        raise report.refuse("px_too_many_texts")
    declared = _CODEPAGE.search(head)
    name = declared.group(1).decode("ascii", "replace") if declared else None
    text, encoding = encodings.decode_declared(head, name)
    return text, encoding, found.end()


def _last_data(data: bytes) -> re.Match[bytes] | None:
    """The last DATA that begins a line or follows a statement; found from the end, where little text is."""
    at = data.rfind(b"DATA")
    while at >= 0:
        before = data[max(0, at - 200) : at].rstrip(b" \t")
        is_first = not before or before.endswith((b";", b"\r", b"\n", codecs.BOM_UTF8))
        if is_first and (found := _DATA.match(data, at)):
            return found
        at = data.rfind(b"DATA", 0, at)
    return None


def _cube(header: Header, reader: FigureReader, encoding: str, report: Report) -> Cube:
    header.require(REQUIRED)
    if not header.text("TITLE") and not header.text("DESCRIPTION"):
        raise report.refuse("px_missing", keyword="TITLE")
    px_checks.check_subjects(header, report)
    px_checks.check_secrecy(header, report)
    unit = px_structure.unit(header, report)
    dimensions = px_structure.dimensions(header, report)
    cells = prod(len(dimension) for dimension in dimensions)
    if cells > MAX_CELLS:
        raise report.refuse("too_many_cells", cells=cells, limit=MAX_CELLS)
    figures = _figures(header, dimensions, reader, encoding, report)
    read = px_notes.symbols(header, figures.signs)
    marks = px_notes.cell_marks(header, dimensions, figures)
    symbols = (*read, *marks)
    values, statuses, places = _told(figures, symbols)
    try:
        return Cube(
            dimensions=sums.settle(dimensions, values, report),
            values=values,
            statuses=statuses,
            title=_title(header, report),
            unit=unit,
            notes=px_notes.notes(header, dimensions, marks, report),
            source="; ".join(dict.fromkeys(header.text("SOURCE").values())),
            updated=_updated(header),
            symbols=symbols,
            marks=places,
        )
    except CubeError as error:
        raise report.refuse("px_cell") from error


def _told(figures: Figures, symbols: Sequence[SourceSymbol]) -> tuple[Values, Codes, Codes | None]:
    """Values, reasons and, only where the reasons alone would leave doubt, the places of the signs.

    Every array is made where another was, for memory's sake, and given away for good.
    """
    values, marks = figures.values, figures.marks
    places = None
    if marks is None:
        statuses = np.zeros(values.shape, dtype=np.uint8)
    else:
        told = [symbol.reason for symbol in symbols]
        is_clear = Reason.NONE not in told and len(set(told)) == len(told)
        places = None if is_clear else marks
        reasons = np.array([Reason.NONE, *told], dtype=np.uint8)
        statuses = marks if is_clear else np.empty_like(marks)
        flat_values, flat_marks, flat = values.reshape(-1), marks.reshape(-1), statuses.reshape(-1)
        for begin in range(0, len(flat), _PIECE):
            piece = slice(begin, begin + _PIECE)
            flat[piece] = reasons[flat_marks[piece]]
            flat_values[piece][flat[piece] == Reason.NIL] = 0.0
    for array in (values, statuses, places):
        if array is not None:
            array.flags.writeable = False
    return values, statuses, places


def _figures(
    header: Header, dimensions: Sequence[Dimension], reader: FigureReader, encoding: str, report: Report
) -> Figures:
    names = px_structure.names_in(header, None)
    keyed = [name for name in names if header.find("KEYS", name)]
    if not keyed:
        return reader.plain([len(dimension) for dimension in dimensions])
    if keyed != list(names[: len(keyed)]):
        raise report.refuse("px_keys")
    keys: list[dict[bytes, int]] = []
    for name, dimension in zip(names[: len(keyed)], dimensions, strict=False):
        by_code = header.word("KEYS", name).upper() == "CODES"
        written = dimension.codes if by_code else header.values("VALUES", name)
        keys.append({text.encode(encoding): place for place, text in enumerate(written)})
    return reader.keyed(dimensions, keys)


def _title(header: Header, report: Report) -> Mapping[str, str]:
    title, description = header.text("TITLE"), header.text("DESCRIPTION")
    if header.word("DESCRIPTIONDEFAULT").upper() == "YES":
        if not description:
            report.add("px_description")
        return {**title, **description}
    return title or description


def _updated(header: Header) -> datetime | None:
    """When the figures were last changed, in the source's own time, else when the file was made."""
    for keyword in ("LAST-UPDATED", "CREATION-DATE"):
        moments = [_moment(text) for _, statement in header.all(keyword) for text in statement.values]
        if known := [moment for moment in moments if moment is not None]:
            return max(known)
    return None


def _moment(text: str) -> datetime | None:
    for form in _MOMENTS:
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None


def _domains(header: Header, cube: Cube) -> dict[str, str]:
    named = zip(cube.dimensions, px_structure.names_in(header, None), strict=True)
    domains = {dimension.code: header.word("DOMAIN", name) for dimension, name in named}
    return {code: domain for code, domain in domains.items() if domain}


def _about(header: Header) -> dict[str, str]:
    about = {}
    for keyword, name in _ABOUT.items():
        if text := "\n".join(dict.fromkeys(v for _, s in header.all(keyword) for v in s.values)):
            about[name] = text.replace("#", "\n").strip()
    return about
