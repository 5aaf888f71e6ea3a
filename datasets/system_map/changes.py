"""What differs between two versions of the map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from datasets.cubes import LocalText
from datasets.system_map.model import MapFactor, MapInfluence, SystemMap


class Deed(StrEnum):
    """What was done to a factor or an influence."""

    ADDED = "added"
    CHANGED = "changed"
    HIDDEN = "hidden"
    SHOWN = "shown"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One difference: what was done to a factor, or to the influence from one factor to another."""

    deed: Deed
    label: LocalText
    target: LocalText | None = None


def changes_between(former: SystemMap, new: SystemMap) -> tuple[Change, ...]:
    """What was done to get from one version to the other, factors first."""
    found: list[Change] = []
    for key in dict.fromkeys([*(one.key for one in new.factors), *(one.key for one in former.factors)]):
        before, after = former.find(key), new.find(key)
        if (deed := _deed(before, after)) is not None:
            found.append(Change(deed, _factor(new, former, key).label))
    ends = dict.fromkeys([*(one.ends for one in new.influences), *(one.ends for one in former.influences)])
    for source, target in ends:
        deed = _deed(former.find_influence(source, target), new.find_influence(source, target))
        if deed is not None:
            names = [_factor(new, former, key).label for key in (source, target)]
            found.append(Change(deed, names[0], names[1]))
    return tuple(found)


def _deed(before: MapFactor | MapInfluence | None, after: Any) -> Deed | None:
    if before == after:
        return None
    if before is None:
        return Deed.ADDED
    if after is None:
        return Deed.GONE
    if before.is_hidden != after.is_hidden:
        return Deed.HIDDEN if after.is_hidden else Deed.SHOWN
    return Deed.CHANGED


def _factor(new: SystemMap, former: SystemMap, key: str) -> MapFactor:
    found = new.find(key) or former.find(key)
    if found is None:
        raise KeyError(key)
    return found
