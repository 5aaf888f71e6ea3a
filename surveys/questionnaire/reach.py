"""Which questions nobody can ever be asked: every possible set of the answers that a condition reads is tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, product
from math import prod

from .expressions import (
    Call,
    Expression,
    Here,
    Negative,
    Number,
    Operation,
    Ref,
    Text,
    Value,
    as_number,
    as_text,
    evaluate,
    names,
    number_text,
    parts,
    scores,
    truth,
    walk,
)

MOST_TRIED = 4_000
MOST_IN_ALL = 60_000
MOST_INVOLVED = 10
MOST_CHOSEN = 5
"""So many answers of a question with several are combined with one another."""


@dataclass(frozen=True)
class Asked:
    """A question as conditions see it: its place in the order, its answers, when it is asked, how it is reckoned.

    ``codes`` are None for what is written; ``is_several`` where more than one can be chosen. ``holds`` is what a
    number must be.
    """

    position: int
    codes: tuple[str, ...] | None
    is_several: bool
    is_number: bool
    conditions: tuple[Expression, ...]
    calculation: Expression | None = None
    holds: Expression | None = None


class Reach:
    """Tries conditions on one form, within a bound for the whole of it."""

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self._asked = asked
        self._left = MOST_IN_ALL

    def outcomes(self, conditions: Sequence[Expression]) -> frozenset[bool] | None:
        """Whether the conditions can all hold and can fail to; None where there are too many ways to try."""
        involved = self._involved(conditions)
        if involved is None:
            return None
        every = [*conditions, *chain.from_iterable(self._expressions(code) for code in involved)]
        domains = []
        for code in involved:
            domain = self._domain(code, every)
            if domain is None:
                return None
            domains.append(domain)
        ways = prod(map(len, domains))
        if ways > min(MOST_TRIED, self._left):
            return None
        self._left -= ways
        found: set[bool] = set()
        for values in product(*domains):
            found.add(self._holds(conditions, dict(zip(involved, values, strict=True))))
            if len(found) == 2:
                break
        return frozenset(found)

    def _expressions(self, code: str) -> tuple[Expression, ...]:
        one = self._asked[code]
        return (*one.conditions, *((one.calculation,) if one.calculation else ()))

    def _involved(self, conditions: Sequence[Expression]) -> list[str] | None:
        """Every question that the outcome hangs on, in the order they are asked."""
        found: set[str] = set()
        waiting = list(conditions)
        while waiting:
            expression = waiting.pop()
            if scores(expression):
                return None
            for code in names(expression) - found:
                if code not in self._asked or len(found) == MOST_INVOLVED:
                    return None
                found.add(code)
                waiting.extend(self._expressions(code))
        return sorted(
            found, key=lambda code: (self._asked[code].calculation is not None, self._asked[code].position)
        )

    def _holds(self, conditions: Sequence[Expression], values: dict[str, Value]) -> bool:
        for code in values:
            one = self._asked[code]
            if one.calculation is not None:
                values[code] = evaluate(one.calculation, values)
            elif one.conditions and not all(truth(condition, values) for condition in one.conditions):
                values[code] = None
        return all(truth(condition, values) for condition in conditions)

    def _domain(self, code: str, expressions: Sequence[Expression]) -> list[Value] | None:
        """Answers that the expressions can tell apart, and none at all; None where that can't be known."""
        one = self._asked[code]
        if one.calculation is not None:
            return [None]
        is_loose = any(_is_loose(part, code) for part in expressions)
        if is_loose and (one.codes is None or one.is_several):
            return None
        fixed = list(dict.fromkeys(chain.from_iterable(_compared(part, code) for part in expressions)))
        if one.codes is None:
            return [None, *_within(one.holds, fixed, is_number=one.is_number)]
        if one.is_several:
            chosen = [text for text in one.codes if text in fixed][:MOST_CHOSEN]
            chosen += [text for text in one.codes if text not in chosen][:1]
            return [None, *chain.from_iterable(combinations(chosen, count + 1) for count in range(len(chosen)))]
        if is_loose or len(one.codes) <= 6 or any(text not in one.codes for text in fixed):
            return [None, *one.codes]
        others = [text for text in one.codes if text not in fixed][:1]
        return [None, *(text for text in one.codes if text in fixed), *others]


def _is_loose(expression: Expression, code: str) -> bool:
    """Whether an answer is reckoned with or compared with another, and not only held against something fixed."""
    found = tight = 0
    for node in walk(expression):
        found += node == Ref(code)
        inside = parts(node)
        if isinstance(node, Operation) and node.operator in ("=", "!=", "<", "<=", ">", ">=", "and", "or"):
            is_fixed = any(isinstance(one, Text | Number) for one in inside) or node.operator in ("and", "or")
            tight += sum(one == Ref(code) for one in inside) if is_fixed else 0
        elif isinstance(node, Call) and node.function in ("selected", "answered", "not"):
            tight += inside[0] == Ref(code)
    return found > tight


def _written(fixed: Sequence[str], *, is_number: bool) -> Iterator[Value]:
    if not is_number:
        yield from (*(text for text in fixed if text), "something else")
        return
    numbers = {float(text) for text in fixed if text.replace(".", "", 1).removeprefix("-").isdigit()} or {0.0}
    for number in sorted({near for one in numbers for near in (one - 1, one, one + 1)}):
        yield number_text(number) if number >= 0 else f"-{number_text(-number)}"


def _within(holds: Expression | None, fixed: Sequence[str], *, is_number: bool) -> Sequence[Value]:
    """Answers on each side of the fixed ones, those that a constraint lets through where that can be told."""
    every = [*_written(fixed, is_number=is_number)]
    if holds is None or names(holds) or _reckons(holds) or any(isinstance(one, Negative) for one in walk(holds)):
        return every
    tried = [*_between([*every, *_compared(holds, None)])]
    return [one for one in tried if truth(holds, {}, one)] or every


def _between(texts: Sequence[Value]) -> Iterator[Value]:
    """The numbers among the texts, one between each two neighbours and one above all; none below 0."""
    written = [as_number(text) for text in texts]
    numbers = sorted({one for one in written if one == one})
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    yield from (number_text(one) for one in sorted({*numbers, *between, numbers[-1] + 1}) if one >= 0)


def _compared(expression: Expression, code: str | None) -> Iterator[str]:
    """The fixed values that stand beside this question in a comparison; None is the answer itself."""
    for node in walk(expression):
        if isinstance(node, Operation):
            sides: Sequence[Expression] = (node.left, node.right)
        elif isinstance(node, Call):
            sides = node.arguments[:2] if len(node.arguments) >= 2 else ()
        else:
            continue
        if any(_reads(side, code) for side in sides):
            yield from (as_text(side.value) for side in sides if isinstance(side, Text | Number))


def _reads(node: Expression, code: str | None) -> bool:
    return any(
        isinstance(part, Here) if code is None else isinstance(part, Ref) and part.code == code
        for part in walk(node)
    )


def can_hold(
    constraint: Expression, codes: tuple[str, ...] | None, *, is_several: bool, is_number: bool, is_whole: bool
) -> bool:
    """Whether any answer meets a constraint on the answer alone; yes where nobody can tell."""
    if names(constraint) or (codes is None and not is_number) or (codes is None and _reckons(constraint)):
        return True
    fixed = list(dict.fromkeys(_compared(constraint, None)))
    answers: Sequence[Value]
    if codes is None:
        whole = [*_written(fixed, is_number=True)]
        answers = whole if is_whole else [*whole, *_between(whole)]
    elif is_several:
        if len(codes) > 10:
            return True
        answers = [way for count in range(1, len(codes) + 1) for way in combinations(codes, count)]
    else:
        answers = list(codes)
    return not answers or any(truth(constraint, {}, answer) for answer in answers)


def _reckons(constraint: Expression) -> bool:
    """Whether the answer is reckoned with before it is compared: trying numbers near its limits says little."""
    return any(
        not isinstance(one, Here | Number | Text)
        for node in walk(constraint)
        if isinstance(node, Operation) and node.operator not in ("and", "or")
        for one in (node.left, node.right)
    ) or any(isinstance(node, Call) and node.function != "not" for node in walk(constraint))
