"""From the rows of a form to a condition: who is asked a question or a section."""

from __future__ import annotations

from surveys.drafting.conditions import Relation, Row, Rows, spelt
from surveys.drafting.posted import Posted, number_of

CONDITION_ROWS = 3


def condition_from(posted: Posted) -> str:
    """The condition: the rows, or the expression where somebody chose to write one."""
    if posted.get("condition") == "expression":
        return posted.get("expression").strip()
    rows = []
    for number in range(CONDITION_ROWS):
        name = f"row-{number}"
        relation = posted.get(f"{name}.relation") or Relation.ANY_OF.value
        if posted.get(f"{name}.question") and relation in list(Relation):
            numeric = relation in (Relation.AT_LEAST, Relation.AT_MOST)
            written = number_of(posted.get(f"{name}.number"))
            spelt_number = "" if written is None else str(written)
            values = [spelt_number] if numeric else posted.getlist(f"{name}.values")
            rows.append(Row(posted.get(f"{name}.question"), Relation(relation), tuple(filter(None, values))))
    return spelt(Rows(tuple(rows), posted.get("joined") != "any"))


def unfinished_rows(posted: Posted) -> list[Row]:
    """Rows whose question is chosen and whose answers are not, so that the page can ask for them."""
    return [
        Row(posted.get(f"row-{n}.question"), Relation(posted.get(f"row-{n}.relation") or Relation.ANY_OF.value))
        for n in range(CONDITION_ROWS)
        if posted.get(f"row-{n}.question")
    ]
