"""Second tables that show a base to be safe, kept so that what is published later leaves them possible.

A witness is a whole table that fits everything published and differs in secret figures. It is stored as what
changes in each figure, movement by movement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..model import Bools, Ints

Movement = Mapping[str, int]
"""How a few people moved between cells changes each figure that it changes, by the figure's key."""


@dataclass(frozen=True)
class Witness:
    """A second table: the true one after some movements, which touch different people."""

    movements: tuple[Movement, ...]

    def to_json(self) -> list[dict[str, int]]:
        """The witness as plain JSON. It tells secrets."""
        return [dict(movement) for movement in self.movements]

    @classmethod
    def from_json(cls, stored: Sequence[Mapping[str, Any]]) -> Witness:
        """The witness again."""
        return cls(tuple({key: int(change) for key, change in movement.items()} for movement in stored))


def few_witnesses(counts: Ints, secret: Bools, movements: Sequence[Ints]) -> list[list[int]]:
    """Movements gathered into few second tables, such that every secret row differs in one of them.

    ``counts``, ``secret`` and each movement are by row. Gives the places of the movements of each table;
    movements that add nothing are left out. A table's movements can all happen at once: no count falls under
    nought.
    """
    waiting = secret.copy()
    tables: list[tuple[Ints, list[int]]] = []
    for place, movement in enumerate(movements):
        if not (waiting & (movement != 0)).any():
            continue
        for at, (table, members) in enumerate(tables):
            moved = table + movement
            was_cleared, touched = secret & (table != counts), movement != 0
            if (moved >= 0).all() and not (was_cleared & touched & (moved == counts)).any():
                tables[at] = (moved, [*members, place])
                break
        else:
            moved = counts + movement
            tables.append((moved, [place]))
        waiting &= moved == counts
    return [members for _, members in tables]
