"""From the rows of a form to a condition: who is asked a question or a section."""

from __future__ import annotations

from django.utils.translation import gettext as _

from surveys.drafting.conditions import NUMERIC, SCORE, Relation, Row, Rows, spelt
from surveys.drafting.posted import Posted, number_of
from surveys.drafting.rules import refused_expression

FEWEST_ROWS, MOST_ROWS = 3, 8
"""Rows that a form shows at least, and takes at most."""


def condition_from(posted: Posted) -> str:
    """The condition: the rows, or the expression where somebody chose to write one."""
    if posted.get("condition") == "expression":
        written = posted.get("expression").strip()
        if written and (why := refused_expression(written)):
            posted.refused["expression"] = why
        return written
    rows = []
    for number in range(MOST_ROWS):
        name, relation = f"row-{number}", _relation(posted, number)
        if not posted.get(f"{name}.question"):
            continue
        values = posted.getlist(f"{name}.values")
        if relation in NUMERIC:
            written = posted.get(f"{name}.number")
            found = number_of(written)
            values = [] if found is None else [str(found)]
            if written and found is None:
                posted.refused[f"{name}.number"] = _("Write a number, such as 10.")
        rows.append(Row(posted.get(f"{name}.question"), relation, tuple(filter(None, values))))
    return spelt(Rows(tuple(rows), posted.get("joined") != "any"))


def unfinished_rows(posted: Posted) -> list[Row]:
    """Rows whose question is chosen and whose answers are not, so that the page can ask for them."""
    return [
        Row(posted.get(f"row-{number}.question"), _relation(posted, number))
        for number in range(MOST_ROWS)
        if posted.get(f"row-{number}.question")
    ]


def _relation(posted: Posted, number: int) -> Relation:
    """What a row says; of a score and of what is worked out it is always a comparison of numbers."""
    sent = posted.get(f"row-{number}.relation")
    if sent in list(Relation):
        return Relation(sent)
    return Relation.AT_LEAST if posted.get(f"row-{number}.question").startswith(SCORE) else Relation.ANY_OF
