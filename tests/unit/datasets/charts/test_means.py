"""The chart of a table of means: the mean with its interval, and not how many it is of beside it."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.charts import build_chart, propose
from datasets.cubes import Category, Cube, Dimension, Unit
from datasets.disclosure import AggregationRule, Contributions, CountTable, Scale, Sensitivity, protect_means

ANSWERED = Category("answered", {"sv": "Alla som svarade"})
HOURS = np.array([5.0, 7.0, 8.0, 9.5] * 10)


@pytest.mark.parametrize("groups", [("answered",), ("young", "older")])
def test_the_mean_is_drawn_with_its_interval(groups: tuple[str, ...]) -> None:
    who = Dimension("sleep", {"sv": "Sömn"}, tuple(Category(code, {"sv": code}) for code in groups))
    size = 40 // len(groups)
    table = CountTable(Cube.of_values((who,), [float(size)] * len(groups)))
    given = Contributions.of_people((who,), (np.arange(40) // size,), HOURS, Scale(0, 24, 0.5))
    made = protect_means(table, given, AggregationRule(Sensitivity.OPEN), unit=Unit({"sv": "timmar"}, 1)).means
    spec = build_chart(made, propose(made), lang="sv")
    (series,) = spec.series
    points = series.points
    assert [place.code for place in spec.x.places] == list(groups)
    assert all(point.text == "7,4\xa0timmar" and point.low < point.value < point.high for point in points)
