"""One dimension's codes and groups, as a leaf column and its parents' columns tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..model import Bools, Ints
from .problems import BadFile
from .reading import Column, Sheet
from .spec import TOTAL

_HOLE = "A category has no group in a column of groups: {cells}. Fill in its group on every line."
_TWO = "A category is in two groups of one column: {cells}. Give it the same group on every line."
_LOOP = "A group is inside itself: {cells}. Give the groups and categories codes of their own."
_CLASH = (
    "A code stands for different groups of people: {cells}. Give categories and groups codes of their own, "
    f"and keep {TOTAL} for everyone."
)


@dataclass(frozen=True, eq=False)
class Level:
    """One dimension of a file.

    ``leaves``: the leaf codes, sorted. ``groups``: each group's code and the leaf codes it counts.
    ``codes_in``: the codes that each column holds, as they are written. ``rows``: for each row of the file the
    place of its leaf, or -1 - place among ``margins`` where the row is a sum in itself.
    """

    name: str
    leaves: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    codes_in: Mapping[str, frozenset[str]]
    margins: tuple[str, ...]
    rows: Ints


def read_level(sheet: Sheet, name: str, columns: Sequence[str]) -> Level:
    """The dimension in a leaf column and its parents' columns. Raises BadFile where they do not hold together."""
    leaf = sheet.columns[columns[0]]
    parents = [sheet.columns[column] for column in columns[1:]]
    if "" in leaf.texts:
        line = sheet.lines[leaf.rows == leaf.texts.index("")][0]
        raise BadFile("empty_code", f"On line {line} the column {columns[0]} is empty. Fill in its code.")
    pairs = [_pairs(leaf, parent) for parent in parents]
    is_sum = _sums(leaf, parents, pairs, name)
    if is_sum.all():
        raise BadFile("no_rows", f"The file has sums but no categories of {name}.")
    above = [_one_parent(leaf, parent, own, is_sum, name) for parent, own in zip(parents, pairs, strict=True)]
    kept = [code for place, code in enumerate(leaf.texts) if not is_sum[place]]
    leaves = tuple(sorted(kept))
    groups: dict[str, tuple[str, ...]] = {}
    codes_in: dict[str, frozenset[str]] = {columns[0]: frozenset(leaves)}
    for column, own in zip(columns[1:], above, strict=True):
        codes_in[column] = frozenset(own.values())
        _add_groups(groups, own, leaves, name)
    margins = tuple(leaf.texts[place] for place in np.flatnonzero(is_sum))
    places = np.empty(len(leaf.texts), dtype=np.int64)
    places[~is_sum] = np.searchsorted(np.array(leaves), np.array(kept))
    places[is_sum] = -1 - np.arange(len(margins))
    return Level(name, leaves, groups, codes_in, margins, places[leaf.rows])


def _pairs(leaf: Column, parent: Column) -> Ints:
    """The distinct pairs (leaf, parent) that stand on some row."""
    both = np.unique(leaf.rows * len(parent.texts) + parent.rows)
    return np.stack([both // len(parent.texts), both % len(parent.texts)], axis=1)


def _sums(leaf: Column, parents: Sequence[Column], pairs: Sequence[Ints], name: str) -> Bools:
    """Which codes of the leaf column are no categories but sums: the total, and groups with others in them."""
    found = np.array([code == TOTAL for code in leaf.texts])
    others: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for parent, of in zip(parents, pairs, strict=True):
        for at, up in of.tolist():
            code, group = leaf.texts[at], parent.texts[up]
            own.setdefault(code, set()).add(group)
            if code != group:
                others.setdefault(group, set()).add(code)
    for place, code in enumerate(leaf.texts):
        if code == TOTAL or code not in others:
            continue
        if own[code] - {code, "", TOTAL}:
            beyond = {up for group in own[code] - {code, ""} for up in own.get(group, ())}
            inside = any(code in own.get(group, ()) for group in own[code] - {code}) or code in beyond
            raise BadFile("loop" if inside else "code_clash", _LOOP if inside else _CLASH, [f"{name}={code}"])
        found[place] = True
    return found


def _one_parent(leaf: Column, parent: Column, pairs: Ints, is_sum: Bools, name: str) -> dict[str, str]:
    """Leaf to its group in one column."""
    pairs = pairs[~is_sum[pairs[:, 0]]]
    holes = [f"{name}={leaf.texts[at]}" for at, up in pairs.tolist() if not parent.texts[up].strip()]
    if holes:
        raise BadFile("hole", _HOLE, sorted(holes))
    codes, counts = np.unique(pairs[:, 0], return_counts=True)
    if (counts > 1).any():
        raise BadFile("two_groups", _TWO, sorted(f"{name}={leaf.texts[at]}" for at in codes[counts > 1]))
    return {leaf.texts[at]: parent.texts[up] for at, up in pairs.tolist()}


def _add_groups(
    groups: dict[str, tuple[str, ...]], above: Mapping[str, str], leaves: Sequence[str], name: str
) -> None:
    """Take in the groups of one column; those that are a single category or everyone by name say nothing new."""
    found: dict[str, list[str]] = {}
    for leaf in leaves:
        found.setdefault(above[leaf], []).append(leaf)
    for code, inside in sorted(found.items()):
        counts = tuple(inside)
        if code == TOTAL and counts == tuple(leaves):
            continue
        if code in above and counts == (code,):
            continue
        if code == TOTAL or code in above or groups.get(code, counts) != counts:
            before = set(groups.get(code, ()))
            nested = bool(before) and (before < set(counts) or set(counts) < before)
            raise BadFile("loop" if nested else "code_clash", _LOOP if nested else _CLASH, [f"{name}={code}"])
        groups[code] = counts
