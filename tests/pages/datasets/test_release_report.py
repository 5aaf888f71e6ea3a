"""How a release was protected: what its stewards read, and that nobody else does."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from accounts.models import Membership
from datasets.disclosure import AggregationRule, protect
from datasets.models import Dataset, ReleaseReport
from datasets.services.releases import release_publish
from datasets.wording.reports import attacks, certificate
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.pages.datasets.conftest import text_of, told
from tests.tables import absence, make_dataset, publish, published_dataset
from tests.world import World


@pytest.fixture
def dataset(world: World) -> Dataset:
    return published_dataset(world.alvik, "Frånvaro", cube=absence(2), department=world.departments["Skola"])


@pytest.fixture
def read(visit: Any) -> Any:
    def look(dataset: Dataset, who: str = "dag", number: int = 1, query: str = "", slug: str = "alvik") -> Any:
        return visit("release-report", who, slug=slug, dataset_id=dataset.pk, number=number, query=query)

    return look


def test_its_stewards_read_what_is_hidden_why_and_what_was_tried(dataset: Dataset, read: Any) -> None:
    page = text_of(read(dataset))
    for said in (
        "What is left",
        "Why figures are hidden",
        "What was tried to find them out",
        "not shown: too few",
    ):
        assert told(said) in page
    assert told("Nobody can work out a hidden figure by adding and subtracting those that are shown.") in page
    assert told("A number of people from 1 to %(most)s is not shown.", most=4) in page
    assert told("Fingerprint of what came out") in page


def test_no_hidden_figure_is_in_it(world: World, read: Any) -> None:
    hidden = published_dataset(
        world.alvik, "Frånvaro", cube=absence(3, 7919), department=world.departments["Skola"]
    )
    with transaction.atomic(), scope(world.alvik.pk):
        report = ReleaseReport.objects.get(release__dataset=hidden).report["main"]["report"]
    page = text_of(read(hidden))
    assert report["hidden"] > 0
    assert '<td class="is-number">3</td>' not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("adam", 200), ("dag", 200), ("alma", 200), ("fia", 404), ("vera", 404), ("gun", 404), ("rut", 404)],
)
def test_only_those_who_answer_for_the_data_read_it(dataset: Dataset, read: Any, who: str, status: int) -> None:
    assert read(dataset, who).status_code == status


def test_a_steward_of_another_department_does_not_find_it_nor_a_link_to_it(
    world: World, dataset: Dataset, read: Any, visit: Any
) -> None:
    page = text_of(visit("dataset-detail", "dag", slug="alvik", dataset_id=dataset.pk))
    assert "/skydd/" in page
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user=world.dag).update(department=world.departments["Fritid"])
    assert read(dataset).status_code == 404
    assert "/skydd/" not in text_of(visit("dataset-detail", "dag", slug="alvik", dataset_id=dataset.pk))
    assert "/skydd/" not in text_of(visit("dataset-detail", "vera", slug="alvik", dataset_id=dataset.pk))


def test_another_tenant_does_not_find_it(dataset: Dataset, read: Any) -> None:
    assert read(dataset, "bo", slug="bjorkvik").status_code == 404
    assert read(dataset, "bo").status_code == 404


def test_a_release_or_table_that_is_not_there_is_not_found(dataset: Dataset, read: Any) -> None:
    assert read(dataset, number=9).status_code == 404
    assert read(dataset, query="?tabell=finns-inte").status_code == 404


def test_each_release_keeps_its_own_report(world: World, dataset: Dataset, read: Any) -> None:
    publish(dataset, absence(2, 62))
    assert told("Release %(number)s, %(day)s", number=2, day="")[:8] in text_of(read(dataset, number=2))
    assert read(dataset, number=1).status_code == 200


def test_a_release_of_several_tables_is_told_table_by_table(world: World, read: Any) -> None:
    skola = world.departments["Skola"]
    dataset = make_dataset(world.alvik, "Enkäten", department=skola)
    rule = AggregationRule.from_json(dataset.rule)
    tables = [
        (code, {"sv": f"Tabell {code}"}, protect(absence(first), rule)) for code, first in (("a", 2), ("b", 50))
    ]
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        release_publish(dataset=dataset, tables=tables, rule=rule, by=None)
    page = text_of(read(dataset))
    assert told("Table by table") in page
    assert "Tabell a" in page
    assert '<a href="?tabell=b#shown">Tabell b</a>' in page
    other = text_of(read(dataset, query="?tabell=b"))
    assert '<a href="?tabell=a#shown">Tabell a</a>' in other
    assert told("not shown: too few") not in other


def test_what_one_dimension_less_would_save_is_told_where_it_was_worked_out(
    world: World, published: Any, read: Any
) -> None:
    rows = ["Ek;flickor;2", "Ek;pojkar;31", "Alm;flickor;40", "Alm;pojkar;3", "Bok;flickor;55", "Bok;pojkar;57"]
    dataset = published("skolor.csv", "Skola;Kön;Antal\n" + "\n".join(rows) + "\n", sensitivity="internal")
    page = text_of(read(dataset))
    assert "Utan Kön skulle 0 % av siffrorna döljas" in page or "Utan Skola skulle 0 % av siffrorna döljas" in page


def test_open_figures_have_a_report_of_nothing_hidden(world: World, read: Any) -> None:
    dataset = make_dataset(world.alvik, "Invånare", sensitivity="open", department=world.departments["Skola"])
    publish(dataset, absence(2))
    page = text_of(read(dataset))
    assert told("Every figure is shown as it is.") in page
    assert told("What was tried to find them out") not in page


def test_a_certificate_that_tells_more_than_we_know_is_shown_as_it_is(dataset: Dataset, read: Any) -> None:
    audit = {
        "attackers": ["linear combinations", "a crystal ball"],
        "protected": 3,
        "seconds": {"core": 0.25, "audit": 1.5},
        "moon_phase": "full",
        "is_nice": True,
        "nothing": None,
    }
    facts = {fact.name: fact.value for fact in certificate([audit, audit])}
    assert len(facts) == 6
    assert any("moon phase" in name for name in facts)
    assert any("crystal ball" in said for said in attacks([audit]))
    assert len(attacks([audit, {"attackers": ["linear combinations"]}])) == 1


def test_a_report_stored_before_comparisons_were_made_is_read(world: World, dataset: Dataset, read: Any) -> None:
    with working_as("owner"), transaction.atomic(), scope(world.alvik.pk):
        kept = ReleaseReport.objects.get(release__dataset=dataset)
        assert read(dataset).status_code == 200
        assert set(kept.report["main"]) >= {"report", "content_hash"}
