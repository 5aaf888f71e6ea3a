"""Which margins a model formula publishes: ``~ a*b + c:d`` as statisticians write it in R.

``+`` adds, ``-`` takes away, ``a:b`` crosses, ``a*b`` is ``a + b + a:b``, ``a/b`` is ``a + a:b``, ``(…)^n``
crosses up to n at a time, ``%in%`` is ``:``. ``1`` is the total, which is in unless ``- 1`` or ``+ 0`` is written.
Names that are no words stand in backticks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NoReturn

from .problems import BadFile, in_words

Term = frozenset[str]
"""The columns that are crossed; none is the total."""

MOST_TERMS = 2_000
MOST_CHARACTERS = 10_000
MOST_DEPTH = 100
_TOKEN = re.compile(r"\s*(?:`([^`]+)`|([^\W\d]\w*(?:\.\w+)*\.?)|(\d+)|(%in%|\*\*|[-+*/:^()~.]))")


def terms_of(formula: str, columns: Collection[str]) -> list[Term]:
    """The terms of a formula over some columns, the smaller ones first. Raises BadFile."""
    if len(formula) > MOST_CHARACTERS:
        raise BadFile("bad_formula", "The formula is too long.")
    reader = _Reader(formula, columns)
    found = reader.whole()
    return sorted(found, key=lambda term: (len(term), sorted(term)))


class _Reader:
    """One formula, read from left to right. Each method reads what binds as tightly as its name says."""

    def __init__(self, formula: str, columns: Collection[str]) -> None:
        self._formula = formula
        self._columns = columns
        self._tokens = list(self._split(formula))
        self._place = 0
        self._depth = 0

    def whole(self) -> set[Term]:
        """Everything: an optional left side, the tilde, the sum."""
        kinds = [kind for kind, _ in self._tokens]
        if kinds.count("~") > 1:
            self._fail("there is more than one ~")
        if "~" in kinds:
            self._place = kinds.index("~") + 1
        found = self._sum(frozenset([frozenset()]))
        if self._place < len(self._tokens):
            self._fail(f"{self._tokens[self._place][1]!r} stands where none is expected")
        return set(found)

    def _sum(self, start: Collection[Term]) -> frozenset[Term]:
        found = set(start)
        sign = "+"
        if self._next() in ("+", "-"):
            sign = self._take()
        while True:
            self._add(found, sign)
            if self._next() not in ("+", "-"):
                return frozenset(found)
            sign = self._take()

    def _add(self, found: set[Term], sign: str) -> None:
        if self._next() == "number":
            number = self._take()
            if number not in ("0", "1"):
                self._fail(f"the number {number} means nothing here")
            (found.add if (number == "1") == (sign == "+") else found.discard)(frozenset())
            return
        terms = self._product()
        if sign == "+":
            found |= terms
        else:
            found -= terms

    def _product(self) -> frozenset[Term]:
        found = self._crossing()
        while (sign := self._next()) in ("*", "/"):
            self._take()
            other = self._crossing()
            if sign == "*":
                found = self._checked(found | other | {one | two for one in found for two in other})
            else:
                whole = frozenset().union(*found)
                found = self._checked(found | {whole | term for term in other})
        return found

    def _crossing(self) -> frozenset[Term]:
        found = self._power()
        while self._next() in (":", "%in%"):
            self._take()
            other = self._power()
            found = self._checked({one | two for one in found for two in other})
        return found

    def _power(self) -> frozenset[Term]:
        found = self._single()
        while self._next() in ("^", "**"):
            self._take()
            if self._next() != "number":
                self._fail("after ^ stands a number")
            number = int(self._take())
            if not 1 <= number <= 20:
                self._fail("after ^ stands a number from 1 to 20")
            once = found
            for _ in range(number - 1):
                more = self._checked(found | {one | two for one in found for two in once})
                if more == found:
                    break
                found = more
        return found

    def _single(self) -> frozenset[Term]:
        kind = self._next()
        if kind == "(":
            self._take()
            self._depth += 1
            if self._depth > MOST_DEPTH:
                self._fail("there are too many brackets")
            found = self._sum([])
            if self._next() != ")":
                self._fail("a bracket is not closed")
            self._take()
            self._depth -= 1
            return found
        if kind == ".":
            self._take()
            return frozenset(frozenset([name]) for name in self._columns)
        if kind != "name":
            self._fail("a name is missing at its end" if kind == "" else f"{self._take()!r} stands without a name")
        name = self._take()
        if name not in self._columns:
            self._fail(f"there is no column {name}; there are {in_words(sorted(self._columns))}")
        return frozenset([frozenset([name])])

    def _next(self) -> str:
        return self._tokens[self._place][0] if self._place < len(self._tokens) else ""

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1][1]

    def _checked(self, terms: Collection[Term]) -> frozenset[Term]:
        if len(terms) > MOST_TERMS:
            self._fail(f"it names more than {MOST_TERMS} margins")
        return frozenset(terms)

    def _split(self, formula: str) -> Iterator[tuple[str, str]]:
        """Kinds and texts: names as they stand among the columns, signs as they are."""
        names = sorted(self._columns, key=len, reverse=True)
        place, end = 0, len(formula.rstrip())
        while place < end:
            rest = formula[place:].lstrip()
            place = len(formula) - len(rest)
            whole = next((name for name in names if _starts(rest, name)), None)
            found = _TOKEN.match(formula, place)
            if whole is not None and (found is None or found[1] is None):
                yield "name", whole
                place += len(whole)
            elif found is None:
                self._fail(f"{rest[0]!r} means nothing here")
            else:
                quoted, word, number, sign = found.groups()
                yield ("number", number) if number else ("name", quoted or word) if not sign else (sign, sign)
                place = found.end()

    def _fail(self, what: str) -> NoReturn:
        shown = self._formula if len(self._formula) <= 200 else f"{self._formula[:200]}…"
        raise BadFile(
            "bad_formula",
            f"The formula {shown!r} is not understood: {what}. Write it as ~ a*b + c:d, with columns' names.",
        )


def _starts(text: str, name: str) -> bool:
    """Whether a text begins with a column's name, and the name ends there."""
    after = text[len(name) : len(name) + 1]
    return text.startswith(name) and not (after.isalnum() or (after and after in "_."))
