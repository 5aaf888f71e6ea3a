"""When something is asked, what must hold of an answer, and what follows from answers: expressions over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .expressions import Expression, Value, as_json, evaluate, names, parse, scores, spell, truth


@dataclass(frozen=True)
class Condition:
    """An expression that is sound, with the questions and scores that it reads."""

    expression: Expression

    @classmethod
    def of(cls, text: str) -> Condition:
        """The condition that a text in XLSForm's own syntax says. Raises ExpressionError."""
        return cls(parse(text))

    def holds(self, values: Mapping[str, Value], here: Value = None) -> bool:
        """Whether it is true of these answers; `here` is the answer that it is about, where it is about one."""
        return truth(self.expression, values, here)

    def value(self, values: Mapping[str, Value]) -> Value:
        """What it comes to."""
        return evaluate(self.expression, values)

    @cached_property
    def names(self) -> frozenset[str]:
        """The codes of the questions that it reads."""
        return names(self.expression)

    @cached_property
    def scores(self) -> frozenset[str]:
        """The codes of the scores that it reads."""
        return scores(self.expression)

    @cached_property
    def spelt(self) -> str:
        """The same in XLSForm's syntax."""
        return spell(self.expression)

    @cached_property
    def for_script(self) -> list[object]:
        """The same for the page's own script, which decides by it without asking the server."""
        return as_json(self.expression)


def one_of(question: str, codes: tuple[str, ...]) -> str:
    """The text of the commonest condition: one of these answers was given to an earlier question."""
    return " or ".join(f"selected(${{{question}}}, '{code}')" for code in codes)
