"""An expression written out: as XLSForm spells it, and as nested lists for the page's own script."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .tree import NEGATIVE, PRECEDENCE, Call, Expression, Here, Negative, Number, Operation, Ref, Text


def spell(expression: Expression) -> str:
    """The expression as it is written; reading it again gives the same one.

    Raises ValueError for a text with both kinds of quote, which no reading gives.
    """
    return _spell(expression, 0)


def _spell(expression: Expression, binds: int) -> str:
    if isinstance(expression, Operation):
        precedence = PRECEDENCE[expression.operator]
        left = _spell(expression.left, precedence)
        right = _spell(expression.right, precedence + 1)
        return _bracketed(f"{left} {expression.operator} {right}", precedence < binds)
    if isinstance(expression, Negative):
        return _bracketed(f"-{_spell(expression.operand, NEGATIVE)}", binds > NEGATIVE)
    if isinstance(expression, Call):
        return f"{expression.function}({', '.join(_spell(part, 0) for part in expression.arguments)})"
    return _leaf(expression)


def _bracketed(words: str, needed: bool) -> str:
    return f"({words})" if needed else words


def _leaf(expression: Ref | Here | Number | Text) -> str:
    if isinstance(expression, Ref):
        return f"${{{expression.code}}}"
    if isinstance(expression, Here):
        return "."
    if isinstance(expression, Number):
        return number_text(expression.value)
    if "'" not in expression.value:
        return f"'{expression.value}'"
    if '"' in expression.value:
        raise ValueError("A text with both kinds of quote can't be written; join two with concat().")
    return f'"{expression.value}"'


def number_text(value: float) -> str:
    """A finite number with as many digits as it has, never with an exponent."""
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def as_json(expression: Expression) -> list[Any]:
    """Nested lists that begin with what they are: ["and", a, b], ["ref", "x"], ["text", "y"], ["number", 5.0].

    Minus has one part where it stands before something and two between; ["here"] is the answer itself.
    """
    if isinstance(expression, Operation):
        return [expression.operator, as_json(expression.left), as_json(expression.right)]
    if isinstance(expression, Negative):
        return ["-", as_json(expression.operand)]
    if isinstance(expression, Call):
        return [expression.function, *(as_json(part) for part in expression.arguments)]
    if isinstance(expression, Ref):
        return ["ref", expression.code]
    if isinstance(expression, Here):
        return ["here"]
    return ["number" if isinstance(expression, Number) else "text", expression.value]
