"""Rows that only ask for own words beside an answer, as "other, please specify", become part of that answer."""

from __future__ import annotations

import re
from typing import Any

from ..questionnaire.expressions import Call, Expression, Operation, Ref, Text
from .structure import Item, Structure
from .telling import N_, Report
from .types import Sort

JOINED = N_(
    "The words are asked for beside the answer %(answer)s of %(name)s, and not as a question of their own."
)
_ASKS = re.compile(
    r"specify|please (state|describe)|bitte (an|be)|nämlich|ange\b|skriv|beskriv|vilket|vilken|vilka|"
    r"vad\b|annat|annan|other|"
    r"sonstige|ander",
    re.IGNORECASE,
)


def joined(
    item: Item, condition: Expression | None, structure: Structure, read: frozenset[str]
) -> tuple[str, str] | None:
    """The code of the question and of the answer that a text row belongs beside; None for any other row.

    ``read`` are the codes that expressions read: a text that they read stays a question.
    """
    if item.sort is not Sort.TEXT or item.code in read or item.row.get("constraint") or "multiline" in item.looks:
        return None
    match condition:
        case Call("selected", (Ref(code), Text(answer))) | Operation("=", Ref(code), Text(answer)):
            pass
        case _:
            return None
    question = next((one for one in structure if one.code == code), None)
    if question is None or question.sort not in (Sort.SINGLE, Sort.MULTIPLE):
        return None
    if question.group is not item.group or not any(one.code == answer for one in question.answers):
        return None
    label = next(iter(item.row.texts("label").values()), "")
    is_named = item.code.startswith(f"{code}_") or item.code.endswith(("_other", "_annat", "_andere"))
    return (code, answer) if is_named and _ASKS.search(label) else None


def join(question: dict[str, Any], answer: str, item: Item, report: Report) -> None:
    """Make an answer of a question ask for own words."""
    for choice in question["choices"]:
        if choice["code"] == answer:
            choice["specify"] = True
    report.warn(item.row.at("name"), JOINED, answer=answer, name=question["code"])
