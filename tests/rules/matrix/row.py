"""How a row of the person × URL matrix is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.world import World

PEOPLE = ("adam", "alma", "dag", "fia", "olle", "vera", "gun", "bo", "rut", "cleo", "anyone")
"""Admin, coordinator, steward, facilitator, official, viewer and guest of Alvik; the coordinator of another
municipality; the regional admin; a person without any tenant; somebody who has not signed in."""

Arguments = Callable[[World], dict[str, Any]]


def in_alvik(world: World) -> dict[str, Any]:
    """The address of a page in Alvik that needs nothing but the municipality."""
    return {"slug": "alvik"}


@dataclass(frozen=True)
class Row:
    """What each of PEOPLE meets when they GET the page: status codes, in their order.

    405 stands for a page that only takes a POST, and says that the person got past the permission.
    """

    statuses: str
    arguments: Arguments = in_alvik

    def expected(self) -> dict[str, int]:
        codes = [int(code) for code in self.statuses.split()]
        assert len(codes) == len(PEOPLE), self.statuses
        return dict(zip(PEOPLE, codes, strict=True))


def row(statuses: str, arguments: Arguments = in_alvik) -> Row:
    return Row(statuses, arguments)
