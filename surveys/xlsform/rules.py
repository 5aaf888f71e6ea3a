"""What a constraint says that a question has fields for: limits, lengths, how many, and what stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..questionnaire.expressions import (
    Call,
    Expression,
    Here,
    Negative,
    Number,
    Operation,
    Text,
    as_text,
    parse,
)


def conjuncts(expression: Expression) -> Iterator[Expression]:
    """The parts of an expression that must all hold."""
    if isinstance(expression, Operation) and expression.operator == "and":
        yield from conjuncts(expression.left)
        yield from conjuncts(expression.right)
    else:
        yield expression


def _fixed(node: Expression) -> float | None:
    if isinstance(node, Negative):
        inner = _fixed(node.operand)
        return None if inner is None else -inner
    return node.value if isinstance(node, Number) else None


_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
"""What stands between an answer and a number when the two change places."""


def limits(rules: list[Expression], *, is_whole: bool) -> dict[str, Any]:
    """The least and the most that a number may be, taken out of the rules; above 5 is from 6 for whole numbers."""
    found: dict[str, Any] = {}
    for rule in list(rules):
        if not isinstance(rule, Operation) or Here() not in (rule.left, rule.right):
            continue
        is_turned = isinstance(rule.right, Here)
        limit = _fixed(rule.left if is_turned else rule.right)
        operator = _TURNED.get(rule.operator, "") if is_turned else rule.operator
        name = {">=": "minimum", ">": "minimum", "<=": "maximum", "<": "maximum"}.get(operator)
        step = {">": 1, "<": -1}.get(operator, 0)
        if limit is None or not name or name in found or (is_whole and step and not limit.is_integer()):
            continue
        if step and not is_whole:
            found[name] = plain(limit)  # and the rule stays: the limit itself is not to be taken
            continue
        found[name] = plain(limit + step)
        rules.remove(rule)
    return found


def plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def length(rule: Expression) -> int | None:
    match rule:
        case Operation("<=" | "<" as operator, Call("string-length", (Here(),)), Number(value)):
            return int(value) - (operator == "<")
    return None


def counts(rules: list[Expression]) -> dict[str, int]:
    """How few and how many may be chosen, taken out of the rules."""
    found: dict[str, int] = {}
    steps = {"<=": ("max_choices", 0), "<": ("max_choices", -1), ">=": ("min_choices", 0), ">": ("min_choices", 1)}
    for rule in list(rules):
        match rule:
            case Operation(operator, Call("count-selected", (Here(),)), Number(value)) if operator in steps:
                name, step = steps[operator]
                if name not in found and int(value) + step >= 1:
                    found[name] = int(value) + step
                    rules.remove(rule)
    return found


def alone(rules: list[Expression]) -> set[str]:
    """The answers that can't go with others: not(selected(., 'none') and count-selected(.) > 1)."""
    found = set()
    for rule in list(rules):
        match rule:
            case Call("not", (Operation("and", left, right),)):
                pass
            case _:
                continue
        for one, other in ((left, right), (right, left)):
            if (
                isinstance(one, Call)
                and one.function == "selected"
                and isinstance(one.arguments[0], Here)
                and isinstance(one.arguments[1], Text)
                and other == _MORE_THAN_ONE
            ):
                found.add(as_text(one.arguments[1].value))
                rules.remove(rule)
                break
    return found


_MORE_THAN_ONE = parse("count-selected(.) > 1")
