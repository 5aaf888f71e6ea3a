"""Codelists: the levels of a dimension whose categories are parts of one another, as county and municipality."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from datasets.cubes import pick
from portal.api.problems import Problem

_ID = re.compile(r"vs_(?P<table>VK[0-9A-Fa-f]{12}(?:\..+)?)__(?P<dimension>.+)__(?P<level>\d)", re.DOTALL)
MOST_LEVELS = 9


@dataclass(frozen=True)
class Codelist:
    """The categories of one level of a dimension, all of them in the table: choosing them adds nothing up."""

    id: str
    dimension: str
    level: int
    codes: tuple[str, ...]
    labels: tuple[Mapping[str, str], ...]

    def name(self, lang: str) -> str:
        """What the level is called: there is no better word for it than its number and its first category."""
        first = pick(self.labels[0], lang) or self.codes[0]
        return _("Level %(level)s (%(first)s …)") % {"level": self.level, "first": first}


def codelists_of(structure: Mapping[str, Any], table_id: str) -> dict[str, list[Codelist]]:
    """The levels of every dimension that has more than one."""
    return {
        dimension["code"]: found
        for dimension in structure["dimensions"]
        if len(found := _levels(dimension, table_id)) > 1
    }


def codelist_of(codelist_id: str, structure: Mapping[str, Any], table_id: str) -> Codelist:
    """The codelist of an id. A Problem where the table has none of that id."""
    for found in codelists_of(structure, table_id).values():
        for codelist in found:
            if codelist.id.casefold() == codelist_id.casefold():
                return codelist
    raise no_codelist()


def table_named(codelist_id: str) -> str:
    """The table that a codelist's id names."""
    found = _ID.fullmatch(codelist_id)
    if found is None:
        raise no_codelist()
    return found["table"]


def no_codelist() -> Problem:
    """There is none of that id, or none that is open."""
    return Problem(
        404, "Non-existent codelist", _("There is no such codelist, or it is not open."), kind="Parameter error"
    )


def _levels(dimension: Mapping[str, Any], table_id: str) -> list[Codelist]:
    categories = dimension["categories"]
    parents = {category["code"]: category.get("parent") for category in categories}
    depths: dict[str, int] = {}
    for code in parents:
        path = [code]
        while path[-1] not in depths and parents[path[-1]] is not None:
            path.append(parents[path[-1]])
        below = depths.get(path[-1], 1)
        for steps, step in enumerate(reversed(path)):
            depths[step] = below + steps
    return [
        Codelist(
            id=f"vs_{table_id}__{dimension['code']}__{level}",
            dimension=dimension["code"],
            level=level,
            codes=tuple(category["code"] for category in categories if depths[category["code"]] == level),
            labels=tuple(category["label"] for category in categories if depths[category["code"]] == level),
        )
        for level in sorted(set(depths.values()))[:MOST_LEVELS]
    ]
