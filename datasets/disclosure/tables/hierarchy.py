"""Which categories are sums of which others: declared groups, followed down to their parts and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from datasets.cubes import Dimension

from ..refusal import RefusedToPublish, Why

Groups = Mapping[str, Sequence[str]]
"""Of one dimension: a code, and the codes that it counts, one level down or several."""


def declared_groups(dimension: Dimension, groups: Groups) -> dict[str, tuple[str, ...]]:
    """The cube's own parents and further groups together. Raises RefusedToPublish when they contradict.

    That everybody is in the total says nothing new, so it is left out.
    """
    tree: dict[str, list[str]] = {}
    for category in dimension.categories:
        if category.parent is not None and category.parent != dimension.total:
            tree.setdefault(category.parent, []).append(category.code)
    declared = {code: tuple(parts) for code, parts in tree.items()}
    for code, parts in groups.items():
        if code == dimension.total:
            continue
        if not parts:
            raise RefusedToPublish.because(Why.BROKEN_HIERARCHY, [f"{dimension.code}={code}"])
        declared[code] = tuple(dict.fromkeys(parts))
    check_no_loop(dimension.code, declared)
    for code, children in tree.items():
        own, told = all_below(code, declared | {code: tuple(children)}), all_below(code, declared)
        if own != told:
            raise RefusedToPublish.because(Why.BROKEN_HIERARCHY, [f"{dimension.code}={code}"])
    return declared


def check_no_loop(dimension: str, tree: Groups) -> None:
    """Raise RefusedToPublish when a group is inside itself, however deep."""
    cleared: set[str] = set()
    for start in tree:
        stack: list[tuple[str, bool]] = [(start, False)]
        path: set[str] = set()
        while stack:
            code, done = stack.pop()
            if done:
                path.discard(code)
                cleared.add(code)
            elif code in path:
                raise RefusedToPublish.because(Why.BROKEN_HIERARCHY, [f"{dimension}={code}"])
            elif code not in cleared:
                path.add(code)
                stack.append((code, True))
                stack.extend((part, False) for part in tree.get(code, ()))


def all_below(code: str, tree: Groups) -> frozenset[str]:
    """The lowest codes under one; itself when nothing is."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        step = waiting.pop()
        waiting.extend(tree.get(step, ()))
        if step not in tree:
            found.add(step)
    return frozenset(found)


class Resolver:
    """Groups in terms of the categories that one table shows. ``tree`` has no loops."""

    def __init__(self, shown: frozenset[str], tree: Groups) -> None:
        self.shown = shown
        self._tree = tree
        self._found: dict[str, frozenset[str] | None] = {}

    def leaves_of(self, code: str) -> frozenset[str] | None:
        """The lowest shown categories that make up a group; None when they do not.

        Raises RefusedToPublish when some but not all parts of a shown group are there.
        """
        if code not in self._found:
            self._found[code] = self._look(code)
        return self._found[code]

    def _look(self, code: str) -> frozenset[str] | None:
        itself = frozenset([code]) if code in self.shown else None
        if code not in self._tree:
            return itself
        parts = {part: self.leaves_of(part) for part in self._tree[code]}
        there = [leaves for leaves in parts.values() if leaves is not None]
        if len(there) == len(parts):
            return frozenset().union(*there)
        if there and itself:
            missing = [part for part, leaves in parts.items() if leaves is None]
            raise RefusedToPublish.because(Why.BROKEN_HIERARCHY, [f"{code} > {part}" for part in missing])
        return itself
