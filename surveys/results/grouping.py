"""Joining groups of people that are too small to be shown. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Groups = list[list[int]]


def joined(sizes: Sequence[int], smallest: int, *, is_ordered: bool) -> list[list[int]]:
    """Places of `sizes` put together until no group has fewer than `smallest`; empty groups are left out.

    A group that is too small is joined with its smaller neighbour where the answers have an order, else with
    the smallest of the others. What is left may be one single group, and that one may be too small.
    """

    def partner(groups: Groups, small: int) -> int:
        at_hand = range(len(groups))
        near = [at for at in (small - 1, small + 1) if at in at_hand] if is_ordered else at_hand
        return min((at for at in near if at != small), key=lambda at: _size(sizes, groups[at]))

    return _joined(sizes, smallest, partner)


def joined_with_neighbours(sizes: Sequence[int], smallest: int, areas: Sequence[Sequence[int]]) -> list[list[int]]:
    """Municipalities put together until no group has fewer than `smallest`; empty ones are left out.

    `areas` has their places in official order, those together that belong together. One that is too small is
    joined with the smallest of its area; where it is alone there, with the nearest in the order, the smaller of
    two. People of no area, who named no municipality, are joined with the largest group, which they change least.
    """
    area_of = {place: number for number, area in enumerate(areas) for place in area}
    rank = {place: number for number, place in enumerate(place for area in areas for place in area)}

    def partner(groups: Groups, small: int) -> int:
        others = [at for at in range(len(groups)) if at != small]
        ours = {area_of.get(place) for place in groups[small]} - {None}
        if not ours:
            return max(others, key=lambda at: _size(sizes, groups[at]))
        placed = [at for at in others if any(place in rank for place in groups[at])]
        same = [at for at in placed if ours & {area_of.get(place) for place in groups[at]}]
        if same or not placed:
            return min(same or others, key=lambda at: _size(sizes, groups[at]))
        return min(placed, key=lambda at: (_distance(groups[at], groups[small], rank), _size(sizes, groups[at])))

    return _joined(sizes, smallest, partner)


def _joined(sizes: Sequence[int], smallest: int, partner: Callable[[Groups, int], int]) -> list[list[int]]:
    """The smallest group with its partner, until it is large enough or alone."""
    groups = [[place] for place, size in enumerate(sizes) if size]
    while len(groups) > 1:
        small = min(range(len(groups)), key=lambda at: _size(sizes, groups[at]))
        if _size(sizes, groups[small]) >= smallest:
            break
        first, second = sorted((small, partner(groups, small)))
        groups[first] += groups.pop(second)
    return sorted(sorted(group) for group in groups)


def _size(sizes: Sequence[int], group: Sequence[int]) -> int:
    return sum(sizes[place] for place in group)


def _distance(one: Sequence[int], other: Sequence[int], rank: Mapping[int, int]) -> int:
    """How far two groups lie from one another in the official order, from the ends that face each other."""
    return min(abs(rank[a] - rank[b]) for a in one if a in rank for b in other if b in rank)
