"""A hidden figure is planted in a file and in a survey round, and looked for wherever figures can be seen.

Every address of the portal is walked as every kind of person, together with what pages link to; mails, logs,
the cache and the database are searched. The counter-test publishes without protection, and finds it.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import resolve

from tests.attacks.disclosure.ways_out.asking import charts_asked_for
from tests.attacks.disclosure.ways_out.planting import (
    Planted,
    everything_made_of_it,
    file_published,
    file_received,
    planting,
    round_closed,
    round_published,
    some_jobs,
)
from tests.attacks.disclosure.ways_out.searching import found_in, in_database, in_log, in_sessions, in_valkey
from tests.attacks.disclosure.ways_out.walking import Walk, walk, without_noise
from tests.conftest import empty_all_tables
from tests.world import World, make_world

PEOPLE = ("adam", "dag", "vera", "gun", "bo", "anyone")
READERS = ("dag", "anyone")
LEAVING = (
    "download-choose", "download-file", "public-download-choose", "public-download-file", "embed-view",
    "embed-chart", "public-chart-detail", "deck-file",
)  # fmt: skip
"""Ways out as files, frames and slides: those that are packed are searched in all of their parts."""
MAY_DIFFER = (
    "/qr.svg", "/qr.png", "/affisch.pdf", "/skydd/", "/datasets/dcat", "/data.xlsx",
    *(f"/ladda-ner/{form}/" for form in ("xlsx", "zip", "pptx", "png", "svg")),
)  # fmt: skip
"""Pictures of the round's own random link; the report of how figures are protected, which its stewards see; the
catalogue, whose ETag is made of objects' numbers; what is packed or drawn with the view's link, whose letters are
those of an object's number. They are searched for planted figures, and the same views compared as CSV and JSON."""
INTERFACES = (
    "api-dataset-list", "api-dataset-detail", "api-release-list", "api-release-detail", "api-table-data",
    "api-table-file", "api-release-data", "api-release-file", "px-table-list", "px-table-detail",
    "px-table-metadata", "px-table-default-selection", "px-table-data", "catalogue",
)  # fmt: skip
"""Where programs read the same figures."""
SEES_THE_FILE = {"dag", "alma", "adam"}
"""Stewards of the department whose file it is, and the admin: they may look into it while it is under way."""


@pytest.fixture(autouse=True)
def as_often_as_one_likes(settings: Any) -> None:
    """The walk asks the interfaces hundreds of times in seconds: it looks for figures, not for limits."""
    settings.API_CALLS = 1_000_000


def published(world: World, planted: Planted, run_jobs: Any) -> None:
    """File and round brought in, published, opened to all, charted and talked about."""
    file_published(world, file_received(world, planted, run_jobs), run_jobs)
    round_published(world, planted, run_jobs)
    everything_made_of_it(world)


def everywhere_else(mails: list[Any], log: Any) -> list[tuple[str, str]]:
    """What is said beside the pages."""
    written = [(f"mail to {mail.to}", str(mail.message())) for mail in mails]
    return [*written, *in_log(log.records), *in_valkey(), *in_sessions()]


def test_it_is_nowhere(committed: World, run_jobs: Any, mailoutbox: list[Any], caplog: Any) -> None:
    caplog.set_level("DEBUG")
    planted = planting()
    published(committed, planted, run_jobs)
    walked = walk(committed, PEOPLE, also=charts_asked_for(committed))
    assert not [place for place, (status, _) in walked.pages.items() if status >= 500]
    asked = [status for (_, address), (status, _) in walked.pages.items() if "kind=" in address]
    assert asked.count(200) > 100, "most charts that were asked for are drawn"
    assert found_in(walked.said(), planted.secrets) == []
    assert found_in(everywhere_else(mailoutbox, caplog), planted.secrets) == []
    assert found_in(in_database(), planted.secrets) == []
    # What stands beside it is found, in all of these places: they do show figures.
    shown = found_in(walked.said(), planted.open)
    for name in ("chart-view", "chart-csv", "public-dataset-detail", "public-dataset-csv", *INTERFACES):
        assert name in walked.opened()
    assert any("/diagram/csv/" in place for place in shown)
    assert any(place.startswith("anyone /o/") for place in shown)


def test_while_a_file_is_under_way_only_its_stewards_see_into_it(
    committed: World, run_jobs: Any, mailoutbox: list[Any], caplog: Any
) -> None:
    caplog.set_level("DEBUG")
    planted = planting()
    file_received(committed, planted, run_jobs)
    walked = walk(committed, PEOPLE)
    for place in found_in(walked.said(), planted.secrets):
        who, address, *_ = place.split(" ")
        assert who in SEES_THE_FILE and "/data/filer/" in address, place
    assert found_in(everywhere_else(mailoutbox, caplog), planted.secrets) == []
    tables = {place.split(":")[0] for place in found_in(in_database(), planted.secrets)}
    assert tables <= {"table datasets_upload"}


@pytest.mark.slow
def test_no_page_depends_on_a_hidden_figure(committed: World, run_jobs: Any) -> None:
    """Two portals that differ in hidden figures alone say the same, byte for byte, to everyone."""
    walks = []
    for place, shift in enumerate((0, 1)):
        world = committed if place == 0 else _afresh()
        published(world, planting(shift), run_jobs)
        walks.append(walk(world, READERS, also=charts_asked_for(world)))
    one, two = ([_told(found, who) for who in READERS] for found in walks)
    for who, first, second in zip(READERS, one, two, strict=True):
        assert len(first) == len(second)
        different = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
        assert not different, f"{who}: " + "\n".join(_first_difference(*pair) for pair in different)


def test_while_results_are_made_the_worker_alone_holds_figures(committed: World) -> None:
    """The base's counts and what questions hide lie in the database for a while, out of the pages' reach."""
    planted = planting()
    round_closed(committed, planted)
    some_jobs(2)
    under_way = {place.split(":")[0] for place in found_in(in_database(), planted.open | planted.bases)}
    assert "table surveys_roundfigures" in under_way, "nothing lies there: the test looks at the wrong moment"
    for role in ("web", "region", "survey"):
        assert found_in(in_database(role), planted.secrets | planted.open | planted.bases) == []
    walked = walk(committed, ("adam", "anyone"))
    assert found_in(walked.said(), planted.secrets | planted.open | planted.bases) == []


def test_without_protection_it_is_found(committed: World, run_jobs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of the proof: the gate lets everything through, and the walk meets it on every kind of page."""
    monkeypatch.setattr("datasets.disclosure.sealing._without", lambda cube, *masks: cube)
    planted = planting()
    published(committed, planted, run_jobs)
    walked = walk(committed, READERS)
    found = found_in(walked.said(), planted.secrets)
    pages = {_name_of(place) for place in found}
    charts = {"chart-view", "chart-csv", "chart-detail", "dialogue-present", "dialogue-summary"}
    assert charts | {"public-dataset-detail", "public-dataset-csv"} <= pages, pages
    assert {"download-file", "public-download-file", "embed-view", "embed-chart"} <= pages, pages
    tables = {place.split(":")[0] for place in found_in(in_database(), planted.secrets)}
    assert "table datasets_releasetable" in tables


def _afresh() -> World:
    empty_all_tables()
    return make_world()


def _told(found: Walk, who: str) -> list[str]:
    """What one person met, page by page in the order of walking."""
    return [
        without_noise(f"{address} {status}\n{text}")
        for (person, address), (status, text) in found.pages.items()
        if person == who and not address.split("?")[0].endswith(MAY_DIFFER)
    ]


def _first_difference(one: str, two: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return f"{one[:80]!r} … {one[max(0, at - 80) : at + 80]!r} … {two[max(0, at - 80) : at + 80]!r}"


def _name_of(place: str) -> str:
    address = place.split(" ")[1].split("?")[0].rstrip(":")
    return resolve(address).url_name or ""
