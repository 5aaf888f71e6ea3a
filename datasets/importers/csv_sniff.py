"""What a CSV file seems to be, from the whole of it, laid out for a person to confirm or change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from datasets.cubes import Reason

from .csv_chunks import chunks_of
from .csv_layout import (
    TableRows,
    find_header,
    first_full_row,
    headings,
    trimmed,
    units_row,
    width_of,
)
from .csv_mapping import ColumnRole, CsvColumn, CsvMapping
from .csv_profile import ColumnProfile, Profiles
from .csv_roles import guess_across, guess_columns
from .csv_signs import AMBIGUOUS, meaning
from .csv_source import Source, open_source
from .csv_two_headers import LOOKED_AT, two_headers
from .identity import holds_identity_numbers
from .numbers import Shape
from .places import Gazetteer
from .problems import Problem, Refused, Report
from .rows import Row
from .sheets import Sheet

PREVIEW_ROWS = 12
_HEAD = 2000
_NAMES, _NAMES_BESIDE_FIGURES = 2, 4
"""So many columns that name each row by themselves make a list of codes and names."""
_ALMOST = 0.95


@dataclass(frozen=True)
class ColumnFacts:
    """What is known of a column: how many cells are filled, and how many different ones there are."""

    heading: str
    filled: int
    different: int


@dataclass(frozen=True)
class CsvGuess:
    """A proposed mapping (None when the file is no table), the first rows to look at, and what is in doubt."""

    mapping: CsvMapping | None
    problems: tuple[Problem, ...]
    preview: tuple[Row, ...] = ()
    columns: tuple[ColumnFacts, ...] = ()
    rows: int = 0
    sheets: tuple[Sheet, ...] = ()


def sniff_csv(
    data: bytes, places: Mapping[str, str] | None = None, sheet: str | None = None, separator: str | None = None
) -> CsvGuess:
    """The mapping that a CSV file, or a sheet of a workbook, most likely needs.

    ``places`` is the list of municipalities, counties and the country, code to name; without it places are
    recognised by their headings alone. ``separator`` is one that somebody chose.
    Nothing is imported by this: a person confirms first.
    """
    report = Report()
    try:
        return _guess(open_source(data, sheet, report, separator), places, report)
    except Refused:
        return CsvGuess(None, report.problems)


def _guess(source: Source, places: Mapping[str, str] | None, report: Report) -> CsvGuess:
    rows = source.rows(source.decimal or ",")
    head = list(islice(rows, _HEAD))
    two = two_headers(head[:LOOKED_AT])
    if two is not None:
        rows = two.laid_out(chain(head, rows))
        head = list(islice(rows, _HEAD))
    width = width_of(head)
    at = find_header(head, width)
    named = None if at is None else head[at]
    if named is None:
        begin = first_full_row(head, width)
        report.add("csv_no_header", head[begin].line)
        names = [f"({number})" for number in range(1, width + 1)]
    else:
        begin = head.index(named) + 1
        names = headings(trimmed(named, width).cells, report, named.line)
    units = units_row(head[begin], head[begin + 1 :], width) if begin < len(head) else None
    begin += units is not None
    last = head[begin - 1].line if begin else 0
    plain = source.whole(last, len(names)) if two is None else None
    table = TableRows(chain(head[begin:], rows))
    found = Profiles(names, [plain] if plain else chunks_of(table, len(names)))
    if not found.rows:
        raise report.refuse("csv_header_only", named.line if named else 1)
    profiles, body = found.columns, [row for row in head[begin:] if not _is_text(row)]
    _refuse_persons(profiles, report)
    gazetteer = Gazetteer(places) if places else None
    columns = guess_columns(profiles, body, gazetteer)
    measures = [p for p, c in zip(profiles, columns, strict=True) if c.role is ColumnRole.MEASURE]
    decimal, thousands = _signs_of_numbers(measures, source, report)
    _remark_on_roles(columns, profiles, found.rows, report)
    across, columns = guess_across(columns)
    mapping = CsvMapping(
        encoding=source.encoding,
        separator=source.separator,
        sheet=source.sheet,
        header_line=named.line if named else None,
        header_rows=1 if two is None else 2,
        columns=_with_units(columns, profiles, units),
        decimal=decimal,
        thousands=thousands,
        signs=_signs(measures, report),
        across=across,
        title=_title(head[: at or 0]),
    )
    facts = tuple(ColumnFacts(p.heading, p.filled, p.count) for p in profiles)
    return CsvGuess(mapping, report.problems, tuple(body[:PREVIEW_ROWS]), facts, found.rows, source.sheets)


def _refuse_persons(profiles: Sequence[ColumnProfile], report: Report) -> None:
    for column in profiles:
        if column.identity_numbers and holds_identity_numbers(column.different):
            report.add("csv_person", None, column.number, name=column.heading)
    report.stop_if_fatal()


def _signs_of_numbers(measures: Sequence[ColumnProfile], source: Source, report: Report) -> tuple[str, str]:
    """The decimal sign and the thousands sign that the figures show."""
    if source.decimal is not None:
        return source.decimal, " "
    shapes: Counter[Shape] = Counter()
    for column in measures:
        shapes.update(column.shapes)
    if shapes[Shape.POINT_THEN_COMMA]:
        return ",", "."
    # Where commas part the columns, who writes one inside a figure parts its thousands.
    is_english = source.separator == "," and shapes[Shape.COMMA_OR_THOUSAND] and not shapes[Shape.COMMA]
    if shapes[Shape.COMMA_THEN_POINT] or is_english:
        return ".", ","
    if shapes[Shape.POINT] > shapes[Shape.COMMA]:
        return ".", " "
    if shapes[Shape.COMMA] or not (shapes[Shape.COMMA_OR_THOUSAND] or shapes[Shape.POINT_OR_THOUSAND]):
        return ",", " "
    report.add("csv_decimal", sign="," if shapes[Shape.COMMA_OR_THOUSAND] else ".")
    return ("," if shapes[Shape.COMMA_OR_THOUSAND] else "."), " "


def _remark_on_roles(
    columns: Sequence[CsvColumn], profiles: Sequence[ColumnProfile], rows: int, report: Report
) -> None:
    roles = {column.role for column in columns}
    measures = [p for p, c in zip(profiles, columns, strict=True) if c.role is ColumnRole.MEASURE]
    # A column that says something of its own in every row is a name or a code; figures are few beside them.
    names = sum(profile.count >= _ALMOST * rows and profile not in measures for profile in profiles)
    are_codes = all(
        profile.count >= _ALMOST * rows and set(profile.shapes) == {Shape.WHOLE} and not profile.unit
        for profile in measures
    )
    if rows > 1 and are_codes and names >= (_NAMES_BESIDE_FIGURES if measures else _NAMES):
        raise report.refuse("csv_code_list")
    for profile in (profile for profile in measures if profile.unit):
        report.add("csv_unit_after", None, profile.number, name=profile.heading, unit=profile.unit)
    if ColumnRole.MEASURE not in roles:
        report.add("csv_no_measure")
    if not roles & {ColumnRole.DIMENSION, ColumnRole.TIME, ColumnRole.GEO}:
        report.add("csv_no_dimension")


def _signs(measures: Sequence[ColumnProfile], report: Report) -> dict[str, Reason]:
    found = {sign: meaning(sign) for column in measures for sign in sorted(column.signs)}
    for sign in found:
        if sign in AMBIGUOUS:
            report.add("csv_sign", sign=sign)
    return {"": Reason.NOT_AVAILABLE} | {sign: reason for sign, reason in found.items() if reason is not None}


def _with_units(
    columns: Sequence[CsvColumn], profiles: Sequence[ColumnProfile], units: Sequence[str] | None
) -> tuple[CsvColumn, ...]:
    """Each column of figures with the unit that stands over it, or after its figures."""
    given = units or [""] * len(columns)
    return tuple(
        replace(column, unit=unit or _unit_of(profile), after=profile.unit)
        if column.role is ColumnRole.MEASURE
        else column
        for column, profile, unit in zip(columns, profiles, given, strict=True)
    )


def _unit_of(profile: ColumnProfile) -> str:
    """The unit that a column's cells are written with: per cent where any of them is."""
    return "%" if any(cell.endswith("%") for cell in profile.different) else profile.unit


def _is_text(row: Row) -> bool:
    """Whether a row is text beside the table."""
    return not any(cell.strip() for cell in row.cells[1:])


def _title(above: Sequence[Row]) -> str:
    """The first line of text above the headings."""
    texts = (cell.strip() for row in above for cell in row.cells)
    return next((text for text in texts if text and not text.lower().startswith("sep=")), "")
