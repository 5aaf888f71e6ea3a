"""What a person confirmed about a CSV file: how it is written and what each column is.

A mapping is saved with its data set as plain JSON, so that next year's file comes in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from datasets.cubes import Reason, Role

ALLOWED_REASONS = frozenset(Reason) - {Reason.NONE, Reason.SUPPRESSED, Reason.ROUNDED}
"""What a sign in a file may mean; suppression and rounding are never read, only done."""

SEPARATORS = (";", "\t", "|", ",")
ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso8859-15", "cp850", "mac_roman")
THOUSANDS = (" ", ".", ",", "")


class MappingError(ValueError):
    """A stored mapping that cannot be understood."""


class ColumnRole(StrEnum):
    """What a column holds."""

    DIMENSION = "dimension"
    TIME = "time"
    GEO = "geo"
    MEASURE = "measure"
    LABEL = "label"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class CsvColumn:
    """One column: its heading in the file, what it holds, and what it is called.

    ``labels`` is, for a column of names, the heading of the column whose codes it names. ``unit`` is a
    measure's, ``after`` what stands after each of its figures in the file. ``keep_unknown`` keeps places that are
    not on the list, as they are written.
    """

    heading: str
    role: ColumnRole
    name: str = ""
    labels: str | None = None
    summable: bool = False
    unit: str = ""
    keep_unknown: bool = False
    after: str = ""

    @property
    def shown(self) -> str:
        """What people call the column."""
        return self.name or self.heading


@dataclass(frozen=True)
class Across:
    """The dimension that several columns of figures are the categories of, such as a column for each year."""

    code: str
    name: str
    role: Role | None = Role.METRIC
    summable: bool = False


@dataclass(frozen=True)
class CsvMapping:
    """How a CSV file becomes a table.

    ``header_line`` is where the headings stand (from 1; None for none). ``thousands`` is the sign between groups
    of three digits; " " stands for every kind of space. ``signs`` says what stands for a missing figure or a
    nil; "" is the empty cell. ``absent`` is what a combination without a row means. ``sheet`` is the sheet of a
    workbook, which has no separator; None for a CSV file. With two ``header_rows``, years over genders say, each
    figure of a row is read as a row of its own, with what stands over it in columns.
    """

    encoding: str
    separator: str
    header_line: int | None
    columns: tuple[CsvColumn, ...]
    decimal: str = ","
    thousands: str = " "
    signs: Mapping[str, Reason] = field(default_factory=dict)
    across: Across | None = None
    absent: Reason = Reason.NOT_AVAILABLE
    title: str = ""
    source: str = ""
    sheet: str | None = None
    header_rows: int = 1
    lang: str = "sv"

    def __post_init__(self) -> None:
        headings = [column.heading for column in self.columns]
        if len(set(headings)) != len(headings) or not headings:
            raise MappingError("Every column needs a heading of its own.")
        if self.encoding not in ENCODINGS:
            raise MappingError("The encoding is none that can be read.")
        if (
            self.separator not in (SEPARATORS if self.sheet is None else ("",))
            or self.decimal not in (",", ".")
            or self.thousands not in THOUSANDS
        ):
            raise MappingError("The separator, decimal sign or thousands sign is none that can be read.")
        if self.decimal == self.thousands:
            raise MappingError("The decimal sign and the thousands sign are the same.")
        if not {*self.signs.values(), self.absent} <= ALLOWED_REASONS:
            raise MappingError("A sign was given a meaning that files cannot have.")
        dimensions = {c.heading for c in self.columns if c.role in DIMENSION_ROLES}
        if any(column.labels not in dimensions for column in self.of_role(ColumnRole.LABEL)):
            raise MappingError("A column of names must belong to a column of codes.")

    def of_role(self, *roles: ColumnRole) -> tuple[CsvColumn, ...]:
        """The columns that hold one of these, in the file's order."""
        return tuple(column for column in self.columns if column.role in roles)

    def to_json(self) -> dict[str, Any]:
        """The mapping as plain JSON."""
        stored = asdict(self)
        stored["signs"] = {sign: reason.token for sign, reason in self.signs.items()}
        stored["absent"] = self.absent.token
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> CsvMapping:
        """The mapping again; MappingError when the document is none."""
        try:
            across = stored.get("across")
            return cls(
                **{name: stored[name] for name in _PLAIN if name in stored},
                columns=tuple(
                    CsvColumn(**{**column, "role": ColumnRole(column["role"])}) for column in stored["columns"]
                ),
                signs={sign: Reason[token.upper()] for sign, token in stored.get("signs", {}).items()},
                absent=Reason[stored.get("absent", Reason.NOT_AVAILABLE.token).upper()],
                across=None
                if across is None
                else Across(**{**across, "role": Role(across["role"]) if across["role"] else None}),
            )
        except MappingError:
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MappingError("The stored description of the columns cannot be read.") from error


DIMENSION_ROLES = frozenset({ColumnRole.DIMENSION, ColumnRole.TIME, ColumnRole.GEO})
_PLAIN = (
    *("encoding", "separator", "header_line", "decimal", "thousands", "title", "source", "sheet", "header_rows"),
    "lang",
)
