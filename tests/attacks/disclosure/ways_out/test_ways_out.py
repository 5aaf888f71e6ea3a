"""A hidden figure is planted in a file and in a survey round, and looked for wherever figures can be seen.

Every address of the portal is walked as every kind of person, together with what pages link to; mails, logs,
the cache and the database are searched. The counter-test publishes without protection, and finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import resolve

from tests.attacks.disclosure.ways_out.asking import whole_file_asked_for
from tests.attacks.disclosure.ways_out.planting import file_received, planting, round_closed, some_jobs
from tests.attacks.disclosure.ways_out.portals import (
    READERS,
    Maker,
    Portal,
    beside_the_pages,
    file_alone,
    making,
    published,
)
from tests.attacks.disclosure.ways_out.searching import found_in, in_database
from tests.attacks.disclosure.ways_out.walking import Walk, walk
from tests.world import World

PEOPLE = ("adam", "dag", "vera", "gun", "bo", "anyone")
OTHERS = tuple(sorted(set(PEOPLE) - set(READERS)))
"""These look at every other chart: that those would tell is proven below."""
INTERFACES = (
    "api-dataset-list", "api-dataset-detail", "api-release-list", "api-release-detail", "api-table-data",
    "api-table-file", "api-release-data", "api-release-file", "px-table-list", "px-table-detail",
    "px-table-metadata", "px-table-default-selection", "px-table-data", "catalogue",
)  # fmt: skip
"""Where programs read the same figures."""
SEES_THE_FILE = {"dag", "alma", "adam"}
"""Stewards of the department whose file it is, and the admin: they may look into it while it is under way."""


@pytest.fixture(scope="module")
def portal(django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """What everyone meets where all was published, opened to all, charted and talked about."""
    with making(django_db_blocker, tmp_path_factory.mktemp("portal")) as make:
        make.warm_up()
        found = make(planting(0), hurried=OTHERS)
    yield found


def test_it_is_nowhere(portal: Portal) -> None:
    walked, planted = portal.walk, planting(0)
    assert not [place for place, (status, _) in walked.pages.items() if status >= 500]
    asked = [status for (_, address), (status, _) in walked.pages.items() if "kind=" in address]
    assert asked.count(200) > 100, "most charts that were asked for are drawn"
    assert found_in(walked.said(), planted.secrets) == []
    assert found_in(portal.beside, planted.secrets) == []
    assert found_in(portal.database, planted.secrets) == []
    # What stands beside it is found, in all of these places: they do show figures.
    shown = found_in(walked.said(), planted.open)
    opened = walked.opened()
    for name in ("chart-view", "chart-csv", "public-dataset-detail", "public-dataset-csv", *INTERFACES):
        assert name in opened
    assert any("/diagram/csv/" in place for place in shown)
    assert any(place.startswith("anyone /o/") for place in shown)
    assert {who for who, _ in walked.pages} == set(PEOPLE)


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
    assert found_in(beside_the_pages(mailoutbox, caplog.records), planted.secrets) == []
    tables = {place.split(":")[0] for place in found_in(in_database(), planted.secrets)}
    assert tables <= {"table datasets_upload"}


@pytest.mark.slow
def test_no_page_depends_on_a_hidden_figure(portal: Portal, make: Maker) -> None:
    """Two portals that differ in hidden figures alone say the same, byte for byte, to everyone."""
    other = make(planting(1), began=portal.began)
    assert difference(portal.walk.of(READERS), other.walk) == {}


def test_without_protection_every_way_out_depends_on_it(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of that proof: of what leaves unprotected nothing is the same, packed and drawn files included."""
    monkeypatch.setattr("datasets.disclosure.sealing._without", lambda cube, *masks: cube)
    make.warm_up(file_alone)
    one, two = (
        make(planting(shift), fill=file_alone, people=(), also=whole_file_asked_for).walk for shift in (0, 1)
    )
    assert set(difference(one, two)) == set(one.pages)
    assert len(one.pages) > 5


@pytest.fixture
def make(django_db_blocker: Any, tmp_path: Any) -> Iterator[Maker]:
    with making(django_db_blocker, tmp_path) as maker:
        yield maker


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


def test_without_protection_it_is_found(committed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of the proof: the gate lets everything through, and the walk meets it on every kind of page."""
    monkeypatch.setattr("datasets.disclosure.sealing._without", lambda cube, *masks: cube)
    planted = planting()
    published(committed, planted)
    walked = walk(committed, (), hurried=READERS)
    found = found_in(walked.said(), planted.secrets)
    pages = {_name_of(place) for place in found}
    charts = {"chart-view", "chart-csv", "chart-detail", "dialogue-present", "dialogue-summary"}
    charts |= {"dialogue-record", "record-version", "record-file"}
    assert charts | {"public-dataset-detail", "public-dataset-csv"} <= pages, pages
    assert {"download-file", "public-download-file", "embed-view", "embed-chart"} <= pages, pages
    tables = {place.split(":")[0] for place in found_in(in_database(), planted.secrets)}
    assert "table datasets_releasetable" in tables


FINGERPRINTS = re.compile(r"(?<=</dt><dd><code>)[0-9a-f]{64}(?=</code></dd>)")
"""In the report for those who answer for the data set: of what came in, by a key, and of what came out with it."""


def difference(one: Walk, two: Walk) -> dict[tuple[str, str], str]:
    """Where two walks met something else, with a little of what."""
    assert list(one.pages) == list(two.pages)
    return {
        place: _first_difference(first, second)
        for place in one.pages
        if (first := _met(one, place)) != (second := _met(two, place))
    }


def _met(found: Walk, place: tuple[str, str]) -> str:
    status, text = found.pages[place]
    return f"{status} " + (FINGERPRINTS.sub("", text) if place[1].endswith("/skydd/") else text)


def _first_difference(one: str, two: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return f"{one[max(0, at - 80) : at + 80]!r} … {two[max(0, at - 80) : at + 80]!r}"


def _name_of(place: str) -> str:
    address = place.split(" ")[1].split("?")[0].rstrip(":")
    return resolve(address).url_name or ""
