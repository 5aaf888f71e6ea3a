"""Joining groups of people that are too small to be shown. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence


def joined(sizes: Sequence[int], smallest: int, *, is_ordered: bool) -> list[list[int]]:
    """Places of `sizes` put together until no group has fewer than `smallest`; empty groups are left out.

    A group that is too small is joined with its smaller neighbour where the answers have an order, else with
    the smallest of the others. What is left may be one single group, and that one may be too small.
    """
    groups = [[place] for place, size in enumerate(sizes) if size]

    def size_of(at: int) -> int:
        return sum(sizes[place] for place in groups[at])

    while len(groups) > 1:
        small = min(range(len(groups)), key=size_of)
        if size_of(small) >= smallest:
            break
        near = [at for at in (small - 1, small + 1) if 0 <= at < len(groups)] if is_ordered else range(len(groups))
        other = min((at for at in near if at != small), key=size_of)
        first, second = sorted((small, other))
        groups[first] += groups.pop(second)
    return sorted(sorted(group) for group in groups)
