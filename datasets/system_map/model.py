"""One version of the map, and the ways in which it may be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from datasets.content import factors, influences, layers
from datasets.cubes import LocalText

OWN = "own_"
"""How the key of a factor begins that a region added itself."""

_LETTERS = str.maketrans("åäöéüæø", "aaoeuao")


class MapError(ValueError):
    """A change that would leave the map broken: an unknown layer, a factor that influences itself."""


@dataclass(frozen=True)
class MapFactor:
    """A factor as one version of the map has it; hidden ones keep their place and are not shown."""

    key: str
    layer: str
    label: LocalText
    text: LocalText
    is_hidden: bool = False


@dataclass(frozen=True)
class MapInfluence:
    """More of `source` gives more of `target`, or less of it; with one sentence on how."""

    source: str
    target: str
    is_strengthening: bool
    text: LocalText
    is_hidden: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """What tells it from the others: at most one influence goes from one factor to another."""
        return self.source, self.target


@dataclass(frozen=True)
class SystemMap:
    """All factors, layer by layer, and all influences between them."""

    factors: tuple[MapFactor, ...]
    influences: tuple[MapInfluence, ...]

    def find(self, key: str) -> MapFactor | None:
        """The factor with this key, hidden or not."""
        return next((factor for factor in self.factors if factor.key == key), None)

    def find_influence(self, source: str, target: str) -> MapInfluence | None:
        """The influence between two factors, hidden or not."""
        return next((influence for influence in self.influences if influence.ends == (source, target)), None)

    def in_layer(self, layer: str) -> tuple[MapFactor, ...]:
        """The factors of one layer."""
        return tuple(factor for factor in self.factors if factor.layer == layer)

    def out_of(self, key: str) -> tuple[MapInfluence, ...]:
        """What a factor influences."""
        return tuple(influence for influence in self.influences if influence.source == key)

    def into(self, key: str) -> tuple[MapInfluence, ...]:
        """What influences a factor."""
        return tuple(influence for influence in self.influences if influence.target == key)

    def shown(self) -> SystemMap:
        """The map without what is hidden, nor influences at whose end something hidden stands."""
        seen = tuple(factor for factor in self.factors if not factor.is_hidden)
        keys = {factor.key for factor in seen}
        return SystemMap(
            seen, tuple(one for one in self.influences if not one.is_hidden and set(one.ends) <= keys)
        )

    def with_factor(self, factor: MapFactor) -> SystemMap:
        """The map with a factor changed, or added last in its layer. Raises MapError for an unknown layer."""
        order = [layer.key for layer in layers()]
        if factor.layer not in order:
            raise MapError(f"There is no layer {factor.layer!r}.")
        changed = _put(self.factors, factor, lambda one: one.key)
        return replace(self, factors=tuple(sorted(changed, key=lambda one: order.index(one.layer))))

    def with_influence(self, influence: MapInfluence) -> SystemMap:
        """The map with an influence changed or added. Raises MapError unless it joins two factors of the map."""
        known = {factor.key for factor in self.factors}
        if influence.source == influence.target or not set(influence.ends) <= known:
            raise MapError("An influence goes from one factor of the map to another.")
        return replace(self, influences=_put(self.influences, influence, lambda one: one.ends))

    def with_news(self) -> SystemMap:
        """The map with what Växtkraft has begun to ship since this version was made."""
        shipped, changed = shipped_map(), self
        for factor in shipped.factors:
            if self.find(factor.key) is None:
                changed = changed.with_factor(factor)
        for influence in shipped.influences:
            if self.find_influence(*influence.ends) is None:
                changed = changed.with_influence(influence)
        return changed

    def to_json(self) -> dict[str, Any]:
        """The map as plain data."""
        return {
            "factors": [asdict(factor) for factor in self.factors],
            "influences": [asdict(influence) for influence in self.influences],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> SystemMap:
        """The map that `to_json` wrote."""
        return cls(
            tuple(MapFactor(**factor) for factor in content["factors"]),
            tuple(MapInfluence(**influence) for influence in content["influences"]),
        )


@cache
def shipped_map() -> SystemMap:
    """The map that comes with Växtkraft: inspiration, and what a region begins from."""
    return SystemMap(
        tuple(MapFactor(one.key, one.layer, dict(one.label), dict(one.text)) for one in factors()),
        tuple(MapInfluence(one.source, one.target, one.is_strengthening, dict(one.text)) for one in influences()),
    )


def is_own(key: str) -> bool:
    """Whether a region added the factor itself."""
    return key.startswith(OWN)


def own_key(label: str, taken: Iterable[str]) -> str:
    """A key for a factor that a region adds: from its label, and used by no other of the map."""
    used = set(taken)
    plain = re.sub(r"[^a-z0-9]+", "_", label.casefold().translate(_LETTERS)).strip("_")[:40]
    stem = OWN + (plain or "factor")
    numbered = (f"{stem}_{number}" for number in range(2, len(used) + 3))
    return stem if stem not in used else next(key for key in numbered if key not in used)


def _put(rows: tuple[Any, ...], row: Any, key: Any) -> tuple[Any, ...]:
    if any(key(one) == key(row) for one in rows):
        return tuple(row if key(one) == key(row) else one for one in rows)
    return (*rows, row)
