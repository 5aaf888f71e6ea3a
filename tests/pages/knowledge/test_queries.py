"""At most twelve questions to the database a page, however much stands on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import client_of
from tests.knowledge import make_offer, published_map, used_voice, waiting_voice
from tests.tables import published_dataset
from tests.world import World

MOST = 12
PAGES: dict[str, dict[str, Any]] = {
    "system-map": {},
    "system-map-version-list": {},
    "system-map-version-detail": {"number": 1},
    "factor-detail": {"key": "leisure"},
    "offer-list": {},
    "offer-print": {},
    "offer-csv": {},
    "offer-add": {},
    "voice-list": {},
    "voice-register": {},
    "voice-queue": {},
}


@pytest.fixture(scope="module")
def full(standing: World) -> None:
    world = standing
    published_map(world)
    for number in range(8):
        published_dataset(world.alvik, f"Data {number}", sensitivity="open", factors=["leisure"])
        make_offer(world.alvik, f"Insats {number}", department=world.departments["Fritid"])
        used_voice(world.alvik, world.olle, world.alma, f"Ord {number} om fritid", factors=["leisure"])
        waiting_voice(world.alvik, world.olle, f"Fler ord {number}")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_asks_at_most_twelve_times(name: str, standing: World, full: None, db: None) -> None:
    client = client_of(standing, "adam")
    address = reverse(name, kwargs={"slug": "alvik", **PAGES[name]})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in captured if " FROM " in query["sql"]]
    assert len(asked) <= MOST, "\n".join(asked)
