"""Calculations that we can't do and that nothing reads: no loss."""

from __future__ import annotations

from ..questionnaire.expressions import ExpressionError, parse
from ..questionnaire.expressions.parsing import NO_FUNCTION
from ..questionnaire.expressions.tokens import PATH
from .sheets import Row
from .structure import Part, Structure
from .telling import N_, Report
from .texts import TRANSLATED, piped
from .types import Sort

UNREAD = N_("We can't work out %(name)s, and no question hangs on it: left out.")


def leave_out_the_unread(structure: Structure, report: Report) -> None:
    """Take calculations out whose functions we don't have, where no condition names them; each is told."""
    read = set(piped(cell for item in structure for cell in _expressions(item.row)))
    read |= {name for part in structure.parts for name in _read_by_groups(part)}
    for part in structure.parts:
        for item in [one for one in part.items if one.sort is Sort.CALCULATE and one.name not in read]:
            if _asks_for_more(item.row.get("calculation")):
                part.items.remove(item)
                report.strip(item.row.at("calculation"), UNREAD, name=item.name)
    structure.parts[:] = [part for part in structure.parts if part.items]


def _asks_for_more(written: str) -> bool:
    """Whether an expression is sound but for a function, or a path, that we don't have."""
    try:
        parse(written)
    except ExpressionError as error:
        return error.template in (NO_FUNCTION, PATH)
    return False


def _read_by_groups(part: Part) -> list[str]:
    groups = part.group.path() if part.group is not None else ()
    groups += tuple(group for item in part.items if item.group is not None for group in item.group.path())
    return piped(cell for group in groups for cell in _expressions(group.row))


def _expressions(row: Row) -> list[str]:
    """The cells that something hangs on; what a text would show of a calculation is never shown."""
    return [cell for column, cell in row.cells.items() if column.meaning not in TRANSLATED]
