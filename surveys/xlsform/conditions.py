"""Conditions and calculations of a form: read, held against the questions they name, and put in our codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from ..questionnaire.expressions import (
    Call,
    Expression,
    ExpressionError,
    Here,
    Negative,
    Number,
    Operation,
    Ref,
    Text,
    as_number,
    as_text,
    names,
    parse,
    walk,
)
from .ages import NEVER, in_bands
from .sheets import Row
from .structure import Item, Structure
from .telling import N_, Place, Report, Told, of_expression
from .types import CHOSEN, Sort

BROKEN = N_("The column %(column)s can't be read at character %(at)s. %(problem)s")
NO_QUESTION = N_("The column %(column)s names ${%(name)s}, and no question has that name. %(hint)s")
LEFT_OUT = N_("The column %(column)s reads ${%(name)s}, which is left out. Take that part of it away.")
NO_ANSWER_THERE = N_("The column %(column)s reads ${%(name)s}, which nobody answers. Name a question instead.")
READS_WORDS = N_(
    "The column %(column)s reads what was written in ${%(name)s}. Free text is kept apart from all other "
    "answers, so nothing "
    "can hang on it. Use a question with answers to choose from."
)
ITSELF = N_("The column %(column)s of %(name)s reads its own answer. Name an earlier question instead.")
DOT = N_("A dot means the row's own answer, which the column %(column)s can't read. Name a question as ${name}.")
NO_SUCH_ANSWER = N_(
    "The column %(column)s asks whether ${%(name)s} is %(value)s, which is none of its answers, so it never is. "
    "Write one of: %(answers)s."
)
NOT_ORDERED = N_(
    "The column %(column)s compares ${%(name)s} by size, but its answers are no numbers. Compare with = instead."
)
SELECTED_OF_NUMBER = N_(
    "The column %(column)s uses selected() on ${%(name)s}, which has no answers to choose from. Use =."
)
SELECT_IS_SEVERAL = N_(
    "${%(name)s} takes several answers, so = holds only for who chose that one alone. "
    "Write selected(${%(name)s}, %(value)s) to mean all who chose it."
)
PERHAPS = N_("Did you mean ${%(name)s}?")
CHECK = N_("Check how it is spelt.")

TICKED = "yes"
_ORDER = ("<", "<=", ">", ">=")
_SAME = ("=", "!=")
_SIZED = frozenset({Sort.WHOLE, Sort.DECIMAL, Sort.RANGE, Sort.CALCULATE})


class Conditions:
    """Reads the expressions of a form with the questions at hand."""

    def __init__(self, structure: Structure, ages: Mapping[str, str], report: Report) -> None:
        self._structure = structure
        self._ages = ages
        self._report = report
        self.beyond: set[Place] = set()
        """The cells that ask for an age outside the survey's."""

    def read(self, row: Row, meaning: str, own: Item | None = None) -> Expression | None:
        """The expression in a row's cell, in our codes; None where there is none, or none that can be used.

        ``own`` is the row's question where there is one; only a constraint may read its answer, as a dot.
        """
        cell = row.get(meaning)
        if not cell:
            return None
        self._report.check_time()
        place = row.at(meaning)
        try:
            expression = parse(cell)
        except ExpressionError as error:
            problem = of_expression(error)
            self._report.refuse(place, BROKEN, column=meaning, at=error.column, problem=problem)
            return None
        if not self._knows_all(expression, place, meaning, own):
            return None
        self._check_values(expression, place, meaning, own)
        return self._in_our_codes(expression, place, own)

    def _knows_all(self, expression: Expression, place: Place, meaning: str, own: Item | None) -> bool:
        before = len(self._report.errors)
        for name in sorted(names(expression)):
            item = self._structure.items.get(name)
            if name in self._structure.left_out:
                self._report.refuse(place, LEFT_OUT, column=meaning, name=name)
            elif item is None:
                self._unknown(place, meaning, name)
            elif item.sort is Sort.NOTE:
                self._report.refuse(place, NO_ANSWER_THERE, column=meaning, name=name)
            elif item.sort is Sort.TEXT and item is not own:
                self._report.refuse(place, READS_WORDS, column=meaning, name=name)
            elif item is own:
                self._report.refuse(place, ITSELF, column=meaning, name=name)
        if meaning != "constraint" and any(isinstance(node, Here) for node in walk(expression)):
            self._report.refuse(place, DOT, column=meaning)
        return len(self._report.errors) == before

    def _unknown(self, place: Place, meaning: str, name: str) -> None:
        close = get_close_matches(name, self._structure.items, 1)
        hint = Told(PERHAPS, {"name": close[0]}) if close else Told(CHECK)
        self._report.refuse(place, NO_QUESTION, column=meaning, name=name, hint=hint)

    def _check_values(self, expression: Expression, place: Place, meaning: str, own: Item | None) -> None:
        for item, operator, value in self._comparisons(expression, own):
            if operator == "selected" and item.sort in _SIZED - {Sort.CALCULATE}:
                self._report.refuse(place, SELECTED_OF_NUMBER, column=meaning, name=item.name)
            elif item is own and item.sort is Sort.TEXT:
                continue  # told with the constraint's type
            elif operator in _ORDER and not _is_sized(item):
                self._report.refuse(place, NOT_ORDERED, column=meaning, name=item.name)
            elif operator not in _ORDER and item.sort in CHOSEN and value:
                self._check_answer(item, value, place, meaning)
                if item.sort is Sort.MULTIPLE and operator in _SAME:
                    self._report.warn(place, SELECT_IS_SEVERAL, name=item.name, value=f"'{value}'")

    def _check_answer(self, item: Item, value: str, place: Place, meaning: str) -> None:
        known = [answer.name for answer in item.answers] + (["other"] if item.type.or_other else [])
        if not known or value in known or (" " in value and set(value.split()) <= set(known)):
            return
        shown = ", ".join(known[:12])
        self._report.refuse(
            place, NO_SUCH_ANSWER, column=meaning, name=item.name, value=f"'{value}'", answers=shown
        )

    def _comparisons(self, expression: Expression, own: Item | None) -> Iterator[tuple[Item, str, str]]:
        """Each question that is compared with something fixed: the question, how, and with what."""
        for node in walk(expression):
            if isinstance(node, Operation) and node.operator in _ORDER + _SAME:
                for one, other in ((node.left, node.right), (node.right, node.left)):
                    item = self._item(one, own)
                    if item is not None and isinstance(other, Text | Number):
                        yield item, node.operator, _meant(item, other)
                    elif item is not None and node.operator in _ORDER:
                        yield item, node.operator, ""
            elif isinstance(node, Call) and node.function == "selected":
                item = self._item(node.arguments[0], own)
                if item is not None and isinstance(node.arguments[1], Text | Number):
                    yield item, "selected", as_text(node.arguments[1].value)

    def _item(self, node: Expression, own: Item | None) -> Item | None:
        if isinstance(node, Here):
            return own
        return self._structure.items.get(node.code) if isinstance(node, Ref) else None

    def _in_our_codes(self, node: Expression, place: Place, own: Item | None) -> Expression:
        """The expression with our codes for questions and answers, and ages as bands."""
        if isinstance(node, Ref):
            return Ref(self._structure.items[node.code].code)
        if isinstance(node, Negative):
            return Negative(self._in_our_codes(node.operand, place, own))
        if isinstance(node, Call):
            arguments = tuple(self._in_our_codes(part, place, own) for part in node.arguments)
            if node.function == "selected" and (item := self._item(node.arguments[0], own)):
                arguments = (arguments[0], _renamed(node.arguments[1], item, arguments[1]))
            return replace(node, arguments=arguments)
        if isinstance(node, Operation):
            return self._operation(node, place, own)
        return node

    def _operation(self, node: Operation, place: Place, own: Item | None) -> Expression:
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, Ref) and (asks := self._ages.get(one.code)):
                code = self._structure.items[one.code].code
                banded = in_bands(node, code, asks, is_turned=one is node.right, place=place, report=self._report)
                if banded == NEVER:
                    self.beyond.add(place)
                return banded
            del other
        left = self._in_our_codes(node.left, place, own)
        right = self._in_our_codes(node.right, place, own)
        if node.operator in _SAME:
            if item := self._item(node.left, own):
                right = _renamed(node.right, item, right)
            if item := self._item(node.right, own):
                left = _renamed(node.left, item, left)
        return replace(node, left=left, right=right)


def _renamed(literal: Expression, item: Item, otherwise: Expression) -> Expression:
    """An answer's name that a question is compared with, as our code for it."""
    if not isinstance(literal, Text | Number):
        return otherwise
    if item.sort is Sort.ACKNOWLEDGE and as_text(literal.value).upper() == "OK":
        return Text(TICKED)
    answer = item.answer(_meant(item, literal))
    if answer is None or answer.code == as_text(literal.value):
        return otherwise
    return Text(answer.code)


def _meant(item: Item, literal: Text | Number) -> str:
    """The answer's name that a literal means: the number 1 is also the answer 1.0, as numbers are compared."""
    written = as_text(literal.value)
    if isinstance(literal, Text) or item.answer(written) is not None:
        return written
    return next((answer.name for answer in item.answers if as_number(answer.name) == literal.value), written)


def _is_sized(item: Item) -> bool:
    if item.sort in CHOSEN:
        return item.sort is Sort.SINGLE and all(
            as_number(answer.name) == as_number(answer.name) for answer in item.answers
        )
    return item.sort in _SIZED
