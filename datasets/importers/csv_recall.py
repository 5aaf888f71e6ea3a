"""What was said of last year's file, said again of this year's: the same columns, wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from datasets.cubes import Reason, Role

from .csv_mapping import ColumnRole, CsvColumn, CsvMapping
from .periods import read_period


def recall(saved: CsvMapping, guess: CsvMapping) -> CsvMapping | None:
    """The mapping that was saved, for a file that a guess was made of; None where the columns are others.

    How the file is written (letters, separator, sheet, decimal sign, where its headings stand) is this file's own.
    Columns of points in time may come and go: next year's file has one more.
    """
    known = {_bare(column.heading): column for column in saved.columns}
    given = {_bare(column.heading) for column in guess.columns}
    if any(not _may_go(column, saved) for heading, column in known.items() if heading not in given):
        return None
    pattern = next((column for column in saved.columns if _is_moment(column, saved)), None)
    columns = []
    for column in guess.columns:
        found = known.get(_bare(column.heading))
        if found is None:
            if pattern is None or read_period(column.heading) is None or column.role is not ColumnRole.MEASURE:
                return None
            found = replace(pattern, name="")
        after = column.after if found.role is ColumnRole.MEASURE else ""
        columns.append(replace(found, heading=column.heading, labels=_labels(found, guess), after=after))
    return replace(
        saved,
        columns=tuple(columns),
        encoding=guess.encoding,
        separator=guess.separator,
        header_line=guess.header_line,
        sheet=guess.sheet,
        header_rows=guess.header_rows,
        decimal=guess.decimal,
        thousands=guess.thousands,
        title=guess.title or saved.title,
        signs={**guess.signs, **_explained(saved, guess)},
    )


def _may_go(column: CsvColumn, saved: CsvMapping) -> bool:
    """Whether a file may lack a column that it had before: one that was left out, or a point in time."""
    return column.role is ColumnRole.LEFT_OUT or _is_moment(column, saved)


def _is_moment(column: CsvColumn, saved: CsvMapping) -> bool:
    over_time = saved.across is not None and saved.across.role is Role.TIME
    return over_time and column.role is ColumnRole.MEASURE and read_period(column.heading) is not None


def _labels(column: CsvColumn, guess: CsvMapping) -> str | None:
    """The column of codes that a column of names belongs to, as its heading is written in this file."""
    if column.labels is None:
        return None
    return next((c.heading for c in guess.columns if _bare(c.heading) == _bare(column.labels)), column.labels)


def _explained(saved: CsvMapping, guess: CsvMapping) -> Mapping[str, Reason]:
    """What this file's signs were said to mean."""
    return {sign: reason for sign, reason in saved.signs.items() if sign in guess.signs}


def _bare(heading: str) -> str:
    return " ".join(heading.split()).casefold()
