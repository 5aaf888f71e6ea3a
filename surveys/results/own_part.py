"""A municipality's own part of the tables of a joint round."""

from __future__ import annotations

from uuid import UUID

from accounts.models import Tenant
from datasets.disclosure import ProtectedCube
from surveys.drafting.joint_version import MUNICIPALITY


def part_of(cube: ProtectedCube, place: str) -> ProtectedCube:
    """Of a table by municipality the group that this one is in, and everyone; another table is as it is."""
    group = group_of(cube, place)
    if group is None:
        return cube
    dimension = cube.dimension(MUNICIPALITY)
    return cube.select({MUNICIPALITY: [group, str(dimension.total)]})


def group_of(cube: ProtectedCube, place: str) -> str | None:
    """The category that a municipality is in, alone or with its neighbours; None in a table without them."""
    found = next((dimension for dimension in cube.dimensions if dimension.code == MUNICIPALITY), None)
    if found is None:
        return None
    return next((code for code in found.codes if code != found.total and place in code.split("+")), None)


def origin_of(round_id: UUID, place: Tenant, *, is_owned: bool = False) -> str:
    """What marks a municipality's part of a joint round, or (`is_owned`) the answers to its own questions."""
    return f"{round_id}{'/own' if is_owned else ''}/{place.slug}"[:100]
