"""A chart's page: questions to the database whatever the number of data sets, and what it weighs in all.

    python -m tests.benchmarks.bench_chart_page

The yardsticks: 10 queries with 10, 100 and 1000 data sets beside; 150 kB compressed for a saved chart, scripts,
styles and fonts counted. Nothing is cached. It makes a thousand data sets first, which takes about a minute.
"""

from __future__ import annotations

import sys
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.weighing import weigh
from tests.conftest import client_of
from tests.tables import published_dataset, saved_chart
from tests.world import World

MOST_QUERIES = 10
MOST_BYTES = 150_000


def questions(client: Any, address: str) -> int:
    """How many times a page asks a table, the second time it is opened."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum(" FROM " in query["sql"] for query in captured)


def test_chart_page(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    dataset = published_dataset(world.alvik, department=world.departments["Skola"])
    chart = saved_chart(world, dataset)
    client = client_of(world, "dag")
    pages = {
        "builder": reverse("chart-view", args=["alvik", dataset.pk]),
        "saved chart": reverse("chart-detail", args=["alvik", chart.pk]),
    }
    lines, made = [], 1
    for count in (10, 100, 1000):
        while made < count:
            published_dataset(world.alvik, f"Data {made}", sensitivity="open")
            made += 1
        for name, address in pages.items():
            asked = questions(client, address)
            lines.append(f"{name:12} {count:5} data sets  {asked:3} queries  ratio {asked / MOST_QUERIES:.2f}")
    for name, address in pages.items():
        weights = weigh(client.get(address).content)
        total = sum(weights.values())
        largest = sorted(weights, key=lambda one: -weights[one])[:4]
        heaviest = ", ".join(f"{one.rpartition('/')[2]} {weights[one]}" for one in largest)
        lines.append(f"{name:12} {total} bytes  ratio {total / MOST_BYTES:.2f}  heaviest: {heaviest}")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-q", "-n0", "-p", "no:cacheprovider", __file__]))
