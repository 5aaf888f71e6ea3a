"""PC-Axis's files beside a table: sets of values (.vs) and how their categories may be grouped (.agg).

A table names, by DOMAIN, the set of values that a dimension takes its categories from; the set names its
groupings, each a file of its own. Grouping adds levels above the categories that a table has, with sums where
the source allows sums.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from datasets.cubes import Category, Cube, CubeError, NotSummable

from .encodings import decode_declared

_SECTION = re.compile(r"\s*\[(.*)\]\s*")
_NUMBERED = re.compile(r"\s*([^=]*?)\s*=(.*)")
MOST_BYTES = 10_000_000
MOST_GROUPS = 10_000

Sections = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Group:
    """Categories that are taken together, under a code and a name of their own."""

    code: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Grouping:
    """One way of grouping a set of values: such as ages in five years, or municipalities in labour markets."""

    name: str
    groups: tuple[Group, ...]


def groupings(files: Mapping[str, bytes]) -> dict[str, tuple[Grouping, ...]]:
    """The groupings in some ``.vs`` and ``.agg`` files, by the name that a table's DOMAIN uses.

    ``files`` is file name to content. A grouping belongs to the set of values that lists its file, else to the
    one that it names itself; files that are neither are passed over.
    """
    sections = {name: _sections(data) for name, data in files.items() if len(data) <= MOST_BYTES}
    found: dict[str, dict[str, Grouping]] = {}
    domains: dict[str, set[str]] = {}
    for name, parts in sections.items():
        if "descr" in parts:
            named = {*parts.get("domain", {}).values(), parts["descr"].get("Name", "")} - {""}
            for key in (*(file.casefold() for file in parts.get("aggreg", {}).values()), _stem(name)):
                domains.setdefault(key, set()).update(named)
    for name, parts in sections.items():
        about = parts.get("aggreg", {})
        if "descr" in parts or not about:
            continue
        valueset = about.get("Valueset", "")
        for domain in domains.get(name.casefold(), set()) | domains.get(valueset.casefold(), {valueset}):
            found.setdefault(domain, {})[name] = _grouping(parts)
    return {domain: tuple(known.values()) for domain, known in found.items() if domain}


def with_groups(cube: Cube, code: str, grouping: Grouping) -> Cube:
    """The cube with the grouping's groups as levels above a dimension's categories, after the others.

    A group of which the table lacks a member is left out, since its sum would be too low. So is one that the
    table already has, or that would count somebody again who is already in a level or in a group before.
    Raises NotSummable where the source or the kind of figures forbids sums.
    """
    dimension = cube.dimension(code)
    if not dimension.summable:
        raise NotSummable(f"The figures cannot be added over {code!r}, so its categories cannot be grouped.")
    axis, known = cube.axis(code), dimension.positions
    free = {category.code for category in dimension.categories if category.parent is None} - {dimension.total}
    added: list[Group] = []
    for group in grouping.groups:
        members = set(group.members)
        if members and members <= free and group.code not in known:
            added.append(group)
            free -= members
    above = {member: group.code for group in added for member in group.members}
    sums = [cube.sum_over(code, group.members) for group in added]
    langs = list(dict.fromkeys(lang for category in dimension.categories for lang in category.label)) or ["und"]
    categories = (
        *(replace(c, parent=above.get(c.code, c.parent)) for c in dimension.categories),
        *(Category(group.code, dict.fromkeys(langs, group.label)) for group in added),
    )
    try:
        grouped = replace(dimension, categories=categories)
    except CubeError as error:
        raise NotSummable(f"The groups of {grouping.name!r} do not fit the levels of {code!r}.") from error

    def joined(whole: np.ndarray, parts: Sequence[np.ndarray]) -> np.ndarray:
        return np.concatenate([whole, *(np.expand_dims(part, axis) for part in parts)], axis=axis)

    return replace(
        cube,
        dimensions=tuple(grouped if d is dimension else d for d in cube.dimensions),
        values=joined(cube.values, [part.values for part in sums]),
        statuses=joined(cube.statuses, [part.statuses for part in sums]),
        marks=joined(cube.sign_places(), [part.sign_places() for part in sums]) if cube.symbols else None,
    )


def _grouping(parts: Sections) -> Grouping:
    about, labels = parts["aggreg"], parts.get("aggtext", {})
    numbered = [(key, code) for key, code in about.items() if key.isdigit()][:MOST_GROUPS]
    groups = (
        Group(code, labels.get(key, code), tuple(dict.fromkeys(parts.get(code.casefold(), {}).values())))
        for key, code in numbered
    )
    return Grouping(about.get("Name", ""), tuple(groups))


def _sections(data: bytes) -> dict[str, dict[str, str]]:
    """The file's sections, by their names in small letters: what stands before each equals sign, and after."""
    found: dict[str, dict[str, str]] = {}
    now: dict[str, str] = {}
    for line in decode_declared(data, None)[0].splitlines():
        if head := _SECTION.fullmatch(line):
            now = found.setdefault(head.group(1).strip().casefold(), {})
        elif item := _NUMBERED.fullmatch(line):
            now[item.group(1)] = item.group(2).strip()
    return found


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0].casefold()
