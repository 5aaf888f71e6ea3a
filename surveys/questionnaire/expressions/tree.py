"""What an expression is made of: immutable values that compare equal when they say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST = 4000
"""An expression has at most so many characters."""
DEEPEST = 100
"""An expression's parts lie at most so many deep inside one another."""

SCORE = "score"


class ExpressionError(ValueError):
    """The expression can't be read; the message says what to do, ``column`` where, from 1.

    ``template`` is an English msgid and ``params`` what to fill into it, for whoever shows it translated.
    """

    def __init__(self, template: str, column: int, **params: str | int) -> None:
        self.template = template
        self.column = column
        self.params = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The words in English."""
        return self.template % self.params if self.params else self.template


@dataclass(frozen=True)
class Ref:
    """The answer to a question: ``${code}``."""

    code: str


@dataclass(frozen=True)
class Here:
    """The answer to the question that the expression stands at: ``.``."""


@dataclass(frozen=True)
class Number:
    """A number of at least 0, as it is written."""

    value: float


@dataclass(frozen=True)
class Text:
    """Words in quotes; they never hold both kinds of quote, since that can't be written."""

    value: str


@dataclass(frozen=True)
class Negative:
    """Minus something."""

    operand: Expression


@dataclass(frozen=True)
class Operation:
    """Two parts and the operator between them."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Call:
    """A function and what it is given."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Ref | Here | Number | Text | Negative | Operation | Call

PRECEDENCE: Mapping[str, int] = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
"""How tightly each operator binds; all of them from left to right, as in XPath 1.0."""

NEGATIVE = 7
"""Minus binds tighter than any operator."""

FUNCTIONS: Mapping[str, tuple[int, int | None]] = {
    "selected": (2, 2),
    "count-selected": (1, 1),
    "if": (3, 3),
    "coalesce": (2, None),
    "int": (1, 1),
    "number": (1, 1),
    "round": (1, 2),
    "min": (1, None),
    "max": (1, None),
    "sum": (1, None),
    "count": (1, None),
    "string-length": (1, 1),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "regex": (2, 2),
    "concat": (1, None),
    "not": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "once": (1, 1),
    "answered": (1, 1),
    SCORE: (1, 1),
}
"""The functions there are, each with the least and the most it is given; None is as many as one likes."""


def parts(expression: Expression) -> tuple[Expression, ...]:
    """What lies directly inside."""
    if isinstance(expression, Operation):
        return expression.left, expression.right
    if isinstance(expression, Negative):
        return (expression.operand,)
    return expression.arguments if isinstance(expression, Call) else ()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all that lies inside, each before its parts."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(parts(node)))


def names(expression: Expression) -> frozenset[str]:
    """The codes of the questions whose answers the expression reads."""
    return frozenset(node.code for node in walk(expression) if isinstance(node, Ref))


def scores(expression: Expression) -> frozenset[str]:
    """The codes of the scores that the expression reads."""
    return frozenset(
        node.arguments[0].value
        for node in walk(expression)
        if isinstance(node, Call) and node.function == SCORE and isinstance(node.arguments[0], Text)
    )
