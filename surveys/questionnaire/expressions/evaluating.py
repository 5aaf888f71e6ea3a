"""What an expression comes to, given the answers; by XPath 1.0's rules, as XLSForm's forms are written for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from .patterns import matches
from .spelling import number_text
from .tree import SCORE, Call, Expression, Here, Negative, Operation, Ref

Value = str | float | bool | tuple[str, ...] | None
"""A code, words or a number as text; a number; yes or no; several codes; None where nothing was answered."""

_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


def evaluate(expression: Expression, values: Mapping[str, Value], here: Value = None) -> Value:
    """What the expression comes to; None where a number is asked for that there is none of.

    ``values`` are the answers by the questions' codes, and the scores by :func:`score_key`; what is not in there
    was not answered, and compares as an empty text. ``here`` is the answer that ``.`` stands for. Values of other
    types than these count as not answered; nothing is raised for them.
    """
    value = _Reckoning(values, here).value(expression)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def truth(expression: Expression, values: Mapping[str, Value], here: Value = None) -> bool:
    """Whether the expression holds, with the values of :func:`evaluate`."""
    return as_bool(evaluate(expression, values, here))


def score_key(code: str) -> str:
    """The name that a score goes by among the values; no question can have it."""
    return f"{SCORE}:{code}"


def as_text(value: object) -> str:
    """A value as words: nothing is empty, several codes have spaces between, a whole number no decimals."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        number = as_number(value)
        return number_text(number) if math.isfinite(number) else ""
    if isinstance(value, tuple | list):
        return " ".join(item for item in value if isinstance(item, str))
    return ""


def as_number(value: object) -> float:
    """A value as a number; NaN where it is none."""
    if isinstance(value, bool | int | float):
        try:
            return float(value)
        except OverflowError:
            return math.nan
    text = as_text(value)
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def as_bool(value: object) -> bool:
    """Whether a value counts as yes: a number that is not 0, any words, any chosen code."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = as_number(value)
        return number != 0 and not math.isnan(number)
    return as_text(value) != ""


def _codes(value: object) -> tuple[str, ...]:
    return tuple(as_text(value).split())


class _Reckoning:
    """One evaluation, with its answers at hand."""

    def __init__(self, values: Mapping[str, Value], here: Value) -> None:
        self._values = values
        self._here = here

    def value(self, expression: Expression) -> Value:
        if isinstance(expression, Operation):
            return self._operation(expression)
        if isinstance(expression, Call):
            return self._call(expression)
        if isinstance(expression, Ref):
            return self._values.get(expression.code)
        if isinstance(expression, Negative):
            return -as_number(self.value(expression.operand))
        if isinstance(expression, Here):
            return self._here
        return expression.value

    def _operation(self, operation: Operation) -> Value:
        operator = operation.operator
        left = self.value(operation.left)
        if operator in ("and", "or"):
            if as_bool(left) is (operator == "or"):
                return operator == "or"
            return as_bool(self.value(operation.right))
        right = self.value(operation.right)
        if operator in ("=", "!="):
            return _is_same(left, right) is (operator == "=")
        if operator in _ORDER:
            return _ORDER[operator](as_number(left), as_number(right))
        return _reckon(operator, as_number(left), as_number(right))

    def _call(self, call: Call) -> Value:
        function, arguments = call.function, call.arguments
        if function == "if":
            return self.value(arguments[1 if as_bool(self.value(arguments[0])) else 2])
        if function == "coalesce":
            given = (self.value(argument) for argument in arguments)
            return next((value for value in given if as_text(value) != ""), None)
        if function == SCORE:
            return self._values.get(score_key(as_text(self.value(arguments[0]))))
        if function == "once":
            return self.value(arguments[0])
        return _FUNCTIONS[function]([self.value(argument) for argument in arguments])


_ORDER: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _is_same(left: Value, right: Value) -> bool:
    """Equality as in XPath 1.0: with a yes or no as such, else with a number as numbers, else as words."""
    if isinstance(left, bool) or isinstance(right, bool):
        return as_bool(left) is as_bool(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        return as_number(left) == as_number(right)
    return as_text(left) == as_text(right)


def _reckon(operator: str, left: float, right: float) -> float:
    try:
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        if operator == "*":
            return left * right
        return left / right if operator == "div" else math.fmod(left, right)
    except (ZeroDivisionError, OverflowError, ValueError):
        return math.nan


def _round(values: Sequence[Value]) -> float:
    """To so many decimals, halves upwards as in XPath."""
    number = as_number(values[0])
    digits = as_number(values[1]) if len(values) > 1 else 0.0
    if not math.isfinite(number) or not math.isfinite(digits) or abs(digits) > 15 or abs(number) > 1e15:
        return number if math.isfinite(digits) else math.nan
    factor = 10.0 ** int(digits)
    return math.floor(number * factor + 0.5) / factor


def _whole(values: Sequence[Value]) -> float:
    number = as_number(values[0])
    return float(math.trunc(number)) if math.isfinite(number) else math.nan


def _least(values: Sequence[Value]) -> float:
    numbers = [as_number(value) for value in values]
    return math.nan if any(map(math.isnan, numbers)) else min(numbers)


def _most(values: Sequence[Value]) -> float:
    numbers = [as_number(value) for value in values]
    return math.nan if any(map(math.isnan, numbers)) else max(numbers)


_FUNCTIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "selected": lambda v: as_text(v[1]).strip() in _codes(v[0]),
    "count-selected": lambda v: float(len(_codes(v[0]))),
    "int": _whole,
    "number": lambda v: as_number(v[0]),
    "round": _round,
    "min": _least,
    "max": _most,
    "sum": lambda v: sum(as_number(value) for value in v),
    "count": lambda v: float(sum(as_text(value) != "" for value in v)),
    "string-length": lambda v: float(len(as_text(v[0]))),
    "contains": lambda v: as_text(v[1]) in as_text(v[0]),
    "starts-with": lambda v: as_text(v[0]).startswith(as_text(v[1])),
    "regex": lambda v: matches(as_text(v[0]), as_text(v[1])),
    "concat": lambda v: "".join(map(as_text, v)),
    "not": lambda v: not as_bool(v[0]),
    "true": lambda v: True,
    "false": lambda v: False,
    "answered": lambda v: as_text(v[0]) != "",
}
