"""The first view of figures that everybody has: one's own place, its county and the country, side by side."""

from __future__ import annotations

import numpy as np

from datasets.charts import propose
from datasets.cubes import Category, Cube, Dimension, Role

PLACES = ("00", "01", "0180", "0186")


def cube(total: str | None) -> Cube:
    genders = ("T", "K", "M") if total else ("K", "M")
    dimensions = (
        Dimension("municipality", {"sv": "område"}, tuple(Category(c, {"sv": c}) for c in PLACES), Role.GEO),
        Dimension("gender", {"sv": "kön"}, tuple(Category(c, {"sv": c}) for c in genders), total=total),
        Dimension("period", {"sv": "år"}, tuple(Category(c, {"sv": c}) for c in ("2022", "2023")), Role.TIME),
    )
    return Cube.of_values(dimensions, np.ones((4, len(genders), 2)))


def test_own_place_county_and_country_where_everybody_has_a_figure() -> None:
    found = propose(cube("T"), place="0186")
    assert (found.series, found.series_only) == ("municipality", ("0186", "01", "00"))


def test_the_breakdown_where_nothing_stands_for_everybody() -> None:
    found = propose(cube(None), place="0186")
    assert found.series == "gender" and found.fixed["municipality"] == ("0186",)


def test_a_reader_from_elsewhere_sees_the_breakdown() -> None:
    assert propose(cube("T"), place="9999").series == "gender"
