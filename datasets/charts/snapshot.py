"""Every municipality's newest figure of a data set: what places are compared by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from datasets.cubes import CubeError, Role
from datasets.disclosure import ProtectedCube

from .about import About
from .comparing import Beside, offers
from .errors import SelectionError
from .figures import Measure, figures_of
from .language import label_of
from .propose import propose
from .resolve import resolve


@dataclass(frozen=True)
class Snapshot:
    """Figures and names by municipality, of one time. Hidden and missing ones are not there."""

    time: str
    values: dict[str, float]
    names: dict[str, str]
    is_count: bool


def snapshot(cube: ProtectedCube, place: str, lang: str, about: About) -> Snapshot | None:
    """The newest figures of all municipalities; None where the cube has too few of them, or not ours."""
    table = cube.cube
    geo = table.with_role(Role.GEO)
    if geo is None or place not in geo.positions:
        return None
    try:
        first = propose(cube, place=place)
        found = offers(cube, first, place=place, like=(), lang=lang)
        spread = next(offer.selection for offer in found if offer.beside is Beside.SPREAD)
        if spread is None:
            return None
        view = resolve(spread, table)
        figures = figures_of(table, view, about)
    except (SelectionError, CubeError):
        return None
    codes = view.x_codes[: len(view.x_codes) - view.lines]
    row = figures.values[0, : len(codes)]
    shown = [(code, float(value)) for code, value in zip(codes, row, strict=True) if not np.isnan(value)]
    time = table.with_role(Role.TIME)
    return Snapshot(
        time=label_of(time.category(view.fixed[time.code][0]), lang) if time and time.code in view.fixed else "",
        values=dict(shown),
        names={code: label_of(geo.category(code), lang) for code, _ in shown},
        is_count=figures.measure is Measure.COUNT,
    )
