"""Show-if as rows that one can fill in: "… is any of …", "… is none of …", answered, at least, at most.

Rows become an expression in XLSForm's syntax, and an expression that rows could have made becomes rows again;
any other is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from surveys.questionnaire.expressions import ExpressionError, as_json, parse


class Relation(StrEnum):
    """What a row says of an answer."""

    ANY_OF = "any_of"
    NONE_OF = "none_of"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


NUMERIC = frozenset({Relation.AT_LEAST, Relation.AT_MOST})
"""Rows that compare with a number."""
OF_ALL = frozenset({Relation.ANSWERED, Relation.UNANSWERED})
"""Rows that name no answers."""
SCORE = "score:"
"""What stands before a score's code, where a row is about a score and not about an answer."""


@dataclass(frozen=True)
class Row:
    """One row: a question or a score, what is said of it, and the answers' codes or one number."""

    question: str
    relation: Relation
    values: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it says something."""
        return bool(self.question and (self.values or self.relation in OF_ALL))


@dataclass(frozen=True)
class Rows:
    """Rows that all hold (`is_all`) or of which one does."""

    rows: tuple[Row, ...]
    is_all: bool = True


def spelt(rows: Rows) -> str:
    """The rows as an expression; empty where no row says anything."""
    whole = [row for row in rows.rows if row.is_whole]
    if len(whole) == 1:
        return _term(whole[0])
    joined = " and " if rows.is_all else " or "
    return joined.join(_bracketed(row) if rows.is_all else _term(row) for row in whole)


def modern(definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with every condition as an expression, in place: format 1 had objects."""
    for one in (*definition["sections"], *definition["questions"]):
        older = one.get("show_if")
        if isinstance(older, dict):
            row = Row(older.get("question", ""), Relation.ANY_OF, tuple(older.get("in", ())))
            one["show_if"] = spelt(Rows((row,)))
    return definition


def rows_of(expression: str) -> Rows | None:
    """The rows that say the same as an expression; None where rows can't say it, or it can't be read."""
    if not expression.strip():
        return Rows(())
    try:
        tree = as_json(parse(expression))
    except ExpressionError:
        return None
    is_all = tree[0] == "and"
    found = [_rows(term) for term in _flat(tree, tree[0])] if tree[0] in ("and", "or") else [_rows(tree)]
    if any(row is None for row in found):
        return None
    rows = [row for row in found if row is not None]
    return Rows(tuple(rows if is_all else _together(rows)), is_all or tree[0] != "or" or len(_together(rows)) < 2)


def _term(row: Row) -> str:
    is_score = row.question.startswith(SCORE)
    name = f"score('{row.question.removeprefix(SCORE)}')" if is_score else f"${{{row.question}}}"
    match row.relation:
        case Relation.ANSWERED:
            return f"answered({name})"
        case Relation.UNANSWERED:
            return f"not(answered({name}))"
        case Relation.AT_LEAST:
            return f"{name} >= {row.values[0]}"
        case Relation.AT_MOST:
            return f"{name} <= {row.values[0]}"
    any_of = " or ".join(f"selected({name}, '{value}')" for value in row.values)
    return any_of if row.relation is Relation.ANY_OF else f"not({any_of})"


def _bracketed(row: Row) -> str:
    return f"({_term(row)})" if row.relation is Relation.ANY_OF and len(row.values) > 1 else _term(row)


def _flat(tree: list[Any], operator: str) -> list[list[Any]]:
    if tree[0] != operator:
        return [tree]
    return [*_flat(tree[1], operator), *_flat(tree[2], operator)]


def _rows(tree: list[Any]) -> Row | None:
    match tree:
        case ["answered", ["ref", code]]:
            return Row(code, Relation.ANSWERED)
        case ["selected", ["ref", code], ["text", value]] | ["=", ["ref", code], ["text", value]] if value:
            return Row(code, Relation.ANY_OF, (value,))
        case [">=" | "<=" as operator, subject, ["number", number]] if code := _subject(subject):
            relation = Relation.AT_LEAST if operator == ">=" else Relation.AT_MOST
            return Row(code, relation, (_number(number),))
        case ["not", ["answered", ["ref", code]]]:
            return Row(code, Relation.UNANSWERED)
        case ["not", inner]:
            found = _rows(inner)
            is_any = found is not None and found.relation is Relation.ANY_OF
            return Row(found.question, Relation.NONE_OF, found.values) if found and is_any else None
        case ["or", *_rest]:
            several = [_rows(term) for term in _flat(tree, "or")]
            merged = _together([row for row in several if row is not None])
            return merged[0] if len(merged) == 1 and None not in several else None
    return None


def _subject(tree: list[Any]) -> str:
    """The question or the score that is compared with a number; empty where it is neither."""
    match tree:
        case ["ref", str(code)]:
            return code
        case ["score", ["text", str(code)]]:
            return SCORE + code
    return ""


def _together(rows: Sequence[Row]) -> list[Row]:
    """Neighbours that name answers to one question, as one row."""
    merged = []
    for (question, relation), same in groupby(rows, key=lambda row: (row.question, row.relation)):
        group = list(same)
        if relation is Relation.ANY_OF:
            merged.append(Row(question, relation, tuple(value for row in group for value in row.values)))
        else:
            merged += group
    return merged


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
