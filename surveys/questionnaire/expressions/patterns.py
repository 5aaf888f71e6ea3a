"""Patterns for regex(): a matcher of our own whose time grows with the text and the pattern, never faster.

A pattern that comes in a stranger's form can keep a backtracking matcher busy for years. This one walks through
the text once with the set of all places it can be at in the pattern (K. Thompson, "Regular Expression Search
Algorithm", CACM 11:6, 1968). The dialect is what Python, JavaScript and Java all read alike: characters, classes,
groups, alternatives, counts and anchors; no looking around, no reference back. As in XLSForm the whole text must
match.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .dialect import TOO_LARGE, Edge, Either, Letter, Node, Reader, Repeat, Row, Unreadable
from .tree import ExpressionError

LONGEST_PATTERN, LONGEST_TEXT = 300, 1000
MOST_STEPS, MOST_WORK = 1200, 10_000


@lru_cache(maxsize=256)
def _steps(pattern: str) -> tuple[_Step, ...]:
    if len(pattern) > LONGEST_PATTERN:
        raise Unreadable(TOO_LARGE)
    program = _Program()
    program.add(Reader(pattern).whole())
    return (*program.steps, None)


_Step = Letter | Edge | tuple[int, ...] | None
"""A character to pass, an edge to be at, places to go on from, or the end (None)."""


class _Program:
    def __init__(self) -> None:
        self.steps: list[_Step] = []
        self._work = 0

    def add(self, node: Node) -> None:
        self._work += 1  # a repeat of nothing adds no step, but takes its time
        if len(self.steps) > MOST_STEPS or self._work > MOST_WORK:
            raise Unreadable(TOO_LARGE)
        if isinstance(node, Row):
            for item in node.items:
                self.add(item)
        elif isinstance(node, Either):
            self._either(node)
        elif isinstance(node, Repeat):
            self._repeat(node)
        else:
            self.steps.append(node)

    def _hold(self) -> int:
        self.steps.append(())
        return len(self.steps) - 1

    def _either(self, node: Either) -> None:
        fork, starts, ends = self._hold(), [], []
        for item in node.items:
            starts.append(len(self.steps))
            self.add(item)
            ends.append(self._hold())
        self.steps[fork] = tuple(starts)
        for end in ends:
            self.steps[end] = (len(self.steps),)

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self.add(node.item)
        if node.most is None:
            fork = self._hold()
            self.add(node.item)
            self.steps.append((fork,))
            self.steps[fork] = (fork + 1, len(self.steps))
            return
        forks = []
        for _ in range(node.most - node.least):
            forks.append(self._hold())
            self.add(node.item)
        for fork in forks:
            self.steps[fork] = (fork + 1, len(self.steps))


def compiled(pattern: str, column: int) -> None:
    """Raise ExpressionError unless the pattern can be used."""
    try:
        _steps(pattern)
    except Unreadable as unreadable:
        params = {"pattern": pattern} if "%(pattern)s" in unreadable.template else {}
        raise ExpressionError(unreadable.template, column, **params) from None


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text follows the pattern; no for one that can't be used and for a text of great length."""
    try:
        steps = _steps(pattern)
    except Unreadable:
        return False
    if len(text) > LONGEST_TEXT:
        return False
    places = set(_reached(steps, [0], 0, len(text)))
    for at, letter in enumerate(text, start=1):
        passed = [place + 1 for place in places if isinstance(s := steps[place], Letter) and s.holds(letter)]
        places = set(_reached(steps, passed, at, len(text)))
        if not places:
            return False
    return len(steps) - 1 in places


def _reached(steps: tuple[_Step, ...], places: list[int], at: int, end: int) -> Iterator[int]:
    """The places that wait for a character, or are the end, from these on."""
    seen: set[int] = set()
    while places:
        place = places.pop()
        if place in seen:
            continue
        seen.add(place)
        step = steps[place]
        if isinstance(step, tuple):
            places.extend(step)
        elif isinstance(step, Edge):
            if at == (end if step.is_end else 0):
                places.append(place + 1)
        else:
            yield place
