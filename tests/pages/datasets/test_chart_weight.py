"""A saved chart's page is light: on a slow network it must not keep a meeting waiting."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.weighing import weigh
from tests.tables import published_dataset, saved_chart
from tests.world import World

MOST = 150_000
"""Bytes in all, compressed: the page, its scripts, styles and fonts."""


def test_a_saved_charts_page_weighs_at_most_so_much(world: World, visit: Any) -> None:
    chart = saved_chart(world, published_dataset(world.alvik))
    page = visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk)
    weights = weigh(page.content)
    assert {"vendor/chart.js/chart.umd.min.js", "js/chart/config.js", "css/designsystem.css"} <= set(weights)
    assert any(name.endswith(".woff2") for name in weights)
    assert sum(weights.values()) <= MOST, weights
