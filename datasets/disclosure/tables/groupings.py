"""Different groupings of the same people, made one: years of age and bands, municipalities and counties.

A code that one table splits and another shows whole is the same figure in both. So each table is given the sums
of its own categories that another one shows; and where two groupings cut across each other (15-17, 18-20 beside
15-18, 19-20), both are told in terms of the parts that they have in common, which nobody shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from ..refusal import RefusedToPublish, Why
from .axes import IMPLIED, Axis, names_of
from .spans import span_groups

Members = frozenset[str]


def common_axes(axes: Sequence[Axis], *, guess: bool = True, is_place: bool = False) -> list[Axis]:
    """The axes of one dimension in several tables, so that codes of equal names count the same people.

    ``guess``: whether codes such as 15-19, or 01 over 0114 where the dimension ``is_place``, tell by themselves
    what they count. Raises RefusedToPublish when two groupings of everyone are told and how their categories
    belong together is not.
    """
    if all(_alike(axis, axes[0]) for axis in axes):
        return list(axes)
    pool = _Pool(axes, guess=guess, is_place=is_place)
    pool.relate()
    axes = [pool.refined(axis) for axis in axes]
    axes = [pool.with_sums(axis, axes) for axis in axes]
    return _named_alike(axes)


def _alike(one: Axis, two: Axis) -> bool:
    return (one.codes, one.members, one.everyone, one.names) == (two.codes, two.members, two.everyone, two.names)


class _Pool:
    """What all tables together tell about one dimension's groups."""

    def __init__(self, axes: Sequence[Axis], *, guess: bool, is_place: bool) -> None:
        self._axes = list(axes)
        self._told: dict[str, list[Members]] = {}
        self._cut: set[str] = set()
        for axis in axes:
            for code, parts in (*zip(axis.codes, axis.members, strict=True), *axis.told):
                if parts != {code} and code not in axis.everyone:
                    self._tell(code, parts)
        if guess:
            for code, parts in span_groups([axis.leaves for axis in axes], is_place=is_place):
                self._tell(code, parts)

    def relate(self) -> None:
        """Find which categories cut across each other, and which must be the same since all others are."""
        for one, two in combinations(self._axes, 2):
            left, right = self._apart(one, two), self._apart(two, one)
            cutting = {
                code
                for a in left
                for b in right
                if self._atoms(a) & self._atoms(b)
                for code in self._atoms(a) | self._atoms(b)
            }
            self._cut |= cutting
            left = [code for code in left if not self._atoms(code) <= cutting]
            right = [code for code in right if not self._atoms(code) <= cutting]
            if not (left and right and one.everyone and two.everyone):
                continue
            if len(left) > 1 and len(right) > 1:
                cells = sorted(f"{one.code}={code}" for code in {*left, *right})
                raise RefusedToPublish.because(Why.UNRELATED_GROUPS, cells)
            whole, parts = (left[0], right) if len(left) == 1 else (right[0], left)
            self._tell(whole, frozenset(parts))

    def refined(self, axis: Axis) -> Axis:
        """The axis in terms of parts, where its categories cut across another table's."""
        split = {leaf: self._atoms(leaf) for leaf in axis.leaves}
        split = {leaf: atoms for leaf, atoms in split.items() if atoms != {leaf} and atoms & self._cut}
        if not split:
            return axis

        def of(parts: Members) -> Members:
            return frozenset().union(*(split.get(leaf, frozenset([leaf])) for leaf in parts))

        members = {code: of(parts) for code, parts in zip(axis.codes, axis.members, strict=True)}
        members.update((atom, frozenset([atom])) for atoms in split.values() for atom in atoms)
        return _axis_with(axis, members)

    def with_sums(self, axis: Axis, axes: Sequence[Axis]) -> Axis:
        """The axis with the sums of its categories that other tables show."""
        members = dict(zip(axis.codes, axis.members, strict=True))
        for other in axes:
            for code in (*other.codes, *(code for code, _ in axis.told)):
                if code in members or code in other.everyone or code == IMPLIED:
                    continue
                parts = self._expressed(code, axis)
                if parts:
                    members[code] = parts
        return _axis_with(axis, members) if len(members) > len(axis.codes) else axis

    def _tell(self, code: str, parts: Members) -> None:
        options = self._told.setdefault(code, [])
        if parts not in options and code not in parts:
            options.append(parts)

    def _apart(self, one: Axis, two: Axis) -> list[str]:
        """The leaf categories of one that neither are sums of the other's nor parts of such sums."""
        inside: set[str] = set()
        for leaf in two.leaves:
            inside |= self._expressed(leaf, one) or frozenset()
        return [
            leaf
            for leaf in one.leaves
            if leaf not in inside and leaf not in one.everyone and self._expressed(leaf, two) is None
        ]

    def _expressed(self, code: str, axis: Axis, above: frozenset[str] = frozenset()) -> Members | None:
        """The leaf categories of an axis that make up a code; None when they do not."""
        if code in axis.positions:
            return axis.counted(code)
        for parts in self._told.get(code, ()):
            found = [None if part in above else self._expressed(part, axis, above | {code}) for part in parts]
            whole = [own for own in found if own is not None]
            if len(whole) == len(found):
                return frozenset().union(*whole)
        return None

    def _atoms(self, code: str, above: frozenset[str] = frozenset()) -> Members:
        """The smallest parts that a code is told to be made of; itself when none are told."""
        options = [parts for parts in self._told.get(code, ()) if not parts & above]
        if not options:
            return frozenset([code])
        finest = max(options, key=len)
        return frozenset().union(*(self._atoms(part, above | {code}) for part in sorted(finest)))


def _axis_with(axis: Axis, members: Mapping[str, Members]) -> Axis:
    """The axis with further codes, or over further leaves; what it did not show stays unshown."""
    codes = tuple(sorted(members))
    leaves = frozenset().union(*members.values())
    everyone = frozenset(code for code in codes if members[code] == leaves) if axis.everyone else frozenset[str]()
    return replace(
        axis,
        codes=codes,
        leaves=tuple(sorted(leaves)),
        members=tuple(members[code] for code in codes),
        everyone=everyone,
        places=tuple(axis.places[axis.positions[code]] if code in axis.positions else -1 for code in codes),
        names=names_of(members, everyone),
    )


def _named_alike(axes: Sequence[Axis]) -> list[Axis]:
    """The axes with one name for each group of people, whatever it is called in each table."""
    same: dict[str, str] = {}
    for one, two in _equal_codes(axes):
        low, high = sorted((_root(same, one), _root(same, two)))
        same[high] = low
    return [
        replace(axis, names=tuple("" if code in axis.everyone else _root(same, code) for code in axis.codes))
        for axis in axes
    ]


def _root(same: Mapping[str, str], name: str) -> str:
    while same.get(name, name) != name:
        name = same[name]
    return name


def _equal_codes(axes: Sequence[Axis]) -> Iterator[tuple[str, str]]:
    """Pairs of codes for the same people: equal in one table, and different in none."""
    for axis in axes:
        first: dict[Members, str] = {}
        for code, parts in zip(axis.codes, axis.members, strict=True):
            one = first.setdefault(parts, code)
            if one != code and code not in axis.everyone and not any(_differ(other, one, code) for other in axes):
                yield one, code


def _differ(axis: Axis, one: str, two: str) -> bool:
    return {one, two} <= axis.positions.keys() and axis.counted(one) != axis.counted(two)
