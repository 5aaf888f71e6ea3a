"""The dialect of patterns: characters, classes, groups, alternatives, counts and anchors, and nothing else."""

from __future__ import annotations

import string
from dataclasses import dataclass

from .tokens import N_

DEEPEST_GROUP, HIGHEST_COUNT = 20, 1000

NO_PATTERN = N_(
    "The pattern %(pattern)s can't be read. Check its brackets, and put \\ before a sign that is meant."
)
NOT_SAFE = N_(
    "The pattern %(pattern)s looks ahead or back, which can't be used here. Write what the text may hold."
)
TOO_LARGE = N_("The pattern is too large. Shorten it, or ask for less.")

_CLASSES = {
    "d": frozenset(string.digits),
    "w": frozenset(string.ascii_letters + string.digits + "_"),
    "s": frozenset(" \t\n\r\f\v\u00a0\u2028\u2029\ufeff"),
}
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}
_COUNTS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True)
class Letter:
    """One character: any of some, within some spans, or any but those."""

    letters: frozenset[str] = frozenset()
    spans: tuple[tuple[str, str], ...] = ()
    is_negated: bool = False

    def holds(self, letter: str) -> bool:
        """Whether this character may stand here."""
        found = letter in self.letters or any(low <= letter <= high for low, high in self.spans)
        return found is not self.is_negated


@dataclass(frozen=True)
class Edge:
    """The beginning or the end of the text."""

    is_end: bool


@dataclass(frozen=True)
class Row:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """One of several."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """The same again, so many times; None is without end."""

    item: Node
    least: int
    most: int | None


Node = Letter | Edge | Row | Either | Repeat
_ANY = Letter(frozenset("\n\r\u2028\u2029"), is_negated=True)


class Unreadable(Exception):
    """The pattern can't be read; ``template`` says why."""

    def __init__(self, template: str = NO_PATTERN) -> None:
        super().__init__()
        self.template = template


class Reader:
    """Reads one pattern; raises Unreadable."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """What the pattern says."""
        node = self._either()
        if self._at < len(self._pattern):
            raise Unreadable
        return node

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        letter = self._peek()
        if not letter:
            raise Unreadable
        self._at += 1
        return letter

    def _either(self) -> Node:
        rows = [self._row()]
        while self._peek() == "|":
            self._take()
            rows.append(self._row())
        return rows[0] if len(rows) == 1 else Either(tuple(rows))

    def _row(self) -> Node:
        items: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            items.append(self._counted(self._single()))
        return Row(tuple(items))

    def _single(self) -> Node:
        letter = self._take()
        if letter in "^$":
            return Edge(letter == "$")
        if letter == ".":
            return _ANY
        if letter == "(":
            return self._group()
        if letter == "[":
            return self._set()
        if letter == "\\":
            return self._escaped()
        if letter in "*+?{}]":
            raise Unreadable
        return Letter(frozenset(letter))

    def _group(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST_GROUP:
            raise Unreadable(TOO_LARGE)
        if self._peek() == "?":
            self._take()
            if self._take() != ":":
                raise Unreadable(NOT_SAFE)
        node = self._either()
        if self._take() != ")":
            raise Unreadable
        self._depth -= 1
        return node

    def _escaped(self) -> Letter:
        letter = self._take()
        if letter.lower() in _CLASSES:
            return Letter(_CLASSES[letter.lower()], is_negated=letter.isupper())
        if letter in "bB" or letter.isdigit():
            raise Unreadable(NOT_SAFE)
        if letter in _CONTROL:
            return Letter(frozenset(_CONTROL[letter]))
        if letter.isalnum():
            raise Unreadable
        return Letter(frozenset(letter))

    def _set(self) -> Letter:
        is_negated = self._peek() == "^"
        self._at += is_negated
        letters: set[str] = set()
        spans: list[tuple[str, str]] = []
        is_first = True
        while self._peek() != "]" or is_first:
            if self._peek() in "[]":  # read differently by different engines
                raise Unreadable
            is_first = False
            low = self._member()
            if self._peek() == "-" and self._pattern[self._at + 1 : self._at + 2] not in ("]", ""):
                self._take()
                high = self._member()
                spans.append(_span(low, high))
            else:
                letters |= low
        self._take()
        return Letter(frozenset(letters), tuple(spans), is_negated)

    def _member(self) -> frozenset[str]:
        letter = self._take()
        if letter != "\\":
            return frozenset(letter)
        escaped = self._escaped()
        if escaped.is_negated:
            raise Unreadable
        return escaped.letters

    def _counted(self, node: Node) -> Node:
        sign = self._peek()
        if sign in _COUNTS and sign:
            self._take()
            least, most = _COUNTS[sign]
        elif sign == "{":
            least, most = self._braces()
        else:
            return node
        if isinstance(node, Edge):
            raise Unreadable
        if self._peek() == "?":  # lazy or greedy is all one where the whole text must match
            self._take()
        if self._peek() in ("*", "+", "?", "{"):
            raise Unreadable
        return Repeat(node, least, most)

    def _braces(self) -> tuple[int, int | None]:
        end = self._pattern.find("}", self._at)
        low, comma, high = self._pattern[self._at + 1 : end].partition(",")
        if end < 0 or not _is_count(low) or (high and not _is_count(high)):
            raise Unreadable
        self._at = end + 1
        least = int(low)
        most = int(high) if high else None if comma else least
        if most is not None and most < least:
            raise Unreadable
        if max(least, most or 0) > HIGHEST_COUNT:
            raise Unreadable(TOO_LARGE)
        return least, most


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


def _span(low: frozenset[str], high: frozenset[str]) -> tuple[str, str]:
    if len(low) != 1 or len(high) != 1 or min(low) > min(high):
        raise Unreadable
    return min(low), min(high)
