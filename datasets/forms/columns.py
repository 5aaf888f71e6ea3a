"""What each column of a file is, for a person to confirm or change: shown over the columns themselves.

Fields are named by the column's number (`c-1-role`), since headings may hold any sign.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.cubes import Reason
from datasets.importers import ColumnRole, CsvMapping, MappingError
from datasets.importers.csv_mapping import ALLOWED_REASONS, SEPARATORS
from datasets.importers.names import ENCODING_NAMES

ROLES: Mapping[ColumnRole, Promise] = {
    ColumnRole.DIMENSION: gettext_lazy("What it is broken down by"),
    ColumnRole.TIME: gettext_lazy("Time"),
    ColumnRole.GEO: gettext_lazy("Place"),
    ColumnRole.MEASURE: gettext_lazy("The figures"),
    ColumnRole.LABEL: gettext_lazy("Names of the codes beside"),
    ColumnRole.LEFT_OUT: gettext_lazy("Leave it out"),
}
MEANINGS: Mapping[Reason, Promise] = {
    Reason.NOT_AVAILABLE: gettext_lazy("no figure available"),
    Reason.NIL: gettext_lazy("zero"),
    Reason.NOT_APPLICABLE: gettext_lazy("does not apply"),
    Reason.CONFIDENTIAL: gettext_lazy("confidential at the source"),
    Reason.TOO_UNCERTAIN: gettext_lazy("too uncertain"),
    Reason.DROPPED_OUT: gettext_lazy("dropped out"),
    Reason.NOT_YET_PUBLISHED: gettext_lazy("not published yet"),
}
SEPARATOR_NAMES: Mapping[str, Promise] = {
    ";": gettext_lazy("semicolon"),
    ",": gettext_lazy("comma"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}
_LONGEST = 200


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen in a list."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ColumnField:
    """One column: what it is taken for, and the first of what it holds."""

    name: str
    heading: str
    shown_name: str
    unit: str
    roles: tuple[Choice, ...]
    summable: bool
    keep_unknown: bool
    is_dimension: bool
    is_place: bool
    is_measure: bool
    different: int
    after: str


@dataclass(frozen=True)
class SignField:
    """A sign that stands where figures should be, and what it may mean."""

    name: str
    sign: str
    meanings: tuple[Choice, ...]


@dataclass(frozen=True)
class ColumnsForm:
    """The columns, their first rows, and what is said of the whole file."""

    columns: tuple[ColumnField, ...]
    rows: Sequence[Sequence[str]]
    signs: tuple[SignField, ...]
    decimals: tuple[Choice, ...]
    sheets: tuple[Choice, ...]
    separators: tuple[Choice, ...]
    encoding: str
    separator: str


def columns_form(mapping: CsvMapping, guess: Mapping[str, Any], rows: Sequence[Sequence[str]]) -> ColumnsForm:
    """The form for a file whose columns are understood as `mapping` says so far, and what reading found of it."""
    different = {str(fact["heading"]): int(fact["different"]) for fact in guess.get("columns", [])}
    return ColumnsForm(
        columns=tuple(
            ColumnField(
                name=f"c-{number}",
                heading=column.heading,
                shown_name=column.name,
                unit=column.unit,
                roles=tuple(Choice(role, str(label), role is column.role) for role, label in ROLES.items()),
                summable=column.summable,
                keep_unknown=column.keep_unknown,
                is_dimension=column.role in (ColumnRole.DIMENSION, ColumnRole.GEO),
                is_place=column.role is ColumnRole.GEO,
                is_measure=column.role is ColumnRole.MEASURE,
                different=different.get(column.heading, 0),
                after=column.after if column.role is ColumnRole.MEASURE else "",
            )
            for number, column in enumerate(mapping.columns, start=1)
        ),
        rows=rows,
        signs=tuple(
            SignField(
                f"s-{number}",
                sign or _("empty cell"),
                tuple(Choice(reason.token, str(label), reason is meant) for reason, label in MEANINGS.items()),
            )
            for number, (sign, meant) in enumerate(mapping.signs.items(), start=1)
        ),
        decimals=(
            Choice(",", _("comma: 1,5"), mapping.decimal == ","),
            Choice(".", _("point: 1.5"), mapping.decimal == "."),
        ),
        sheets=tuple(_sheet(sheet, mapping.sheet) for sheet in guess.get("sheets", [])),
        separators=()
        if mapping.sheet is not None
        else tuple(Choice(sign, str(SEPARATOR_NAMES[sign]), sign == mapping.separator) for sign in SEPARATORS),
        encoding=ENCODING_NAMES.get(mapping.encoding, mapping.encoding),
        separator=str(SEPARATOR_NAMES.get(mapping.separator, "")),
    )


def _sheet(sheet: Mapping[str, Any], chosen: str | None) -> Choice:
    name = str(sheet["name"])
    label = _("%(name)s (hidden)") % {"name": name} if sheet["is_hidden"] else name
    return Choice(name, label, name == chosen)


def looked_at_anew(data: QueryDict, mapping: CsvMapping) -> dict[str, Any] | None:
    """The sheet or the separator that was chosen instead of the one that was read; None where it stays."""
    name, present = ("separator", mapping.separator) if mapping.sheet is None else ("sheet", mapping.sheet)
    chosen = data.get(name, present)
    is_known = mapping.sheet is not None or chosen in SEPARATORS
    return {name: chosen} if is_known and chosen != present else None


def read_mapping(data: QueryDict, mapping: CsvMapping) -> CsvMapping:
    """The mapping with what was chosen in the form. Raises MappingError where that makes no sense together."""
    stored = mapping.to_json()
    for number, column in enumerate(stored["columns"], start=1):
        role = data.get(f"c-{number}-role", "")
        if role in tuple(ColumnRole):
            _change_column(column, ColumnRole(role), data, f"c-{number}")
    _pair_names_with_codes(stored["columns"])
    allowed = {reason.token for reason in ALLOWED_REASONS}
    for number, sign in enumerate(list(stored["signs"]), start=1):
        meant = data.get(f"s-{number}", "")
        if meant in allowed:
            stored["signs"][sign] = meant
    decimal = data.get("decimal", stored["decimal"])
    if decimal in (",", ".") and decimal != stored["decimal"]:
        stored["decimal"] = decimal
        stored["thousands"] = "" if stored["thousands"] == decimal else stored["thousands"]
    measures = [column for column in stored["columns"] if column["role"] == ColumnRole.MEASURE]
    if len(measures) > 1 and stored["across"] is None:
        stored["across"] = {"code": "mått", "name": _("What is measured"), "role": "metric", "summable": False}
    return CsvMapping.from_json(stored)


def _change_column(column: dict[str, Any], role: ColumnRole, data: QueryDict, name: str) -> None:
    may_sum = role in (ColumnRole.DIMENSION, ColumnRole.GEO)
    was_asked = column["role"] in (ColumnRole.DIMENSION, ColumnRole.GEO)
    # The question is only on the page for columns that were dimensions already; new ones begin as "yes".
    column["summable"] = may_sum and (f"{name}-sum" in data or not was_asked)
    column["keep_unknown"] = role is ColumnRole.GEO and f"{name}-keep" in data
    column["name"] = data.get(f"{name}-name", column["name"]).strip()[:_LONGEST]
    column["unit"] = (
        data.get(f"{name}-unit", column["unit"]).strip()[:_LONGEST] if role is ColumnRole.MEASURE else ""
    )
    column["role"] = role
    column["labels"] = column["labels"] if role is ColumnRole.LABEL else None


def _pair_names_with_codes(columns: list[dict[str, Any]]) -> None:
    """A column of names belongs to the column of codes beside it: before it, else after it."""
    coded = (ColumnRole.DIMENSION, ColumnRole.GEO, ColumnRole.TIME)
    headings = {column["heading"] for column in columns if column["role"] in coded}
    for place, column in enumerate(columns):
        if column["role"] != ColumnRole.LABEL or column["labels"] in headings:
            continue
        beside = [columns[at] for at in (place - 1, place + 1) if 0 <= at < len(columns)]
        codes = next((other["heading"] for other in beside if other["role"] in coded), None)
        if codes is None:
            raise MappingError(_("A column of names must stand beside the column of codes that it names."))
        column["labels"] = codes
