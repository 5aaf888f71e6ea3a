"""The ledger of releases: nothing is taken from it, and every release is protected against all of it."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any
from uuid import uuid4

import numpy as np
import psycopg
import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from datasets.cubes import Cube
from datasets.disclosure import AggregationRule, protect
from datasets.errors import LedgerMoved
from datasets.models import Dataset, LedgerAlarm, Release, ReleaseReport
from datasets.selectors import cube_of, released_about
from datasets.services.alarms import alarm_raise
from datasets.services.ledgers import Ledger, ledger_of
from datasets.services.registration import dataset_share_with_members, dataset_withdraw
from datasets.services.releases import release_publish
from portal.software import VERSION, software_version
from portal.tenancy.scope import scope
from tests.conftest import RELEASES, working_as
from tests.plugins.database import role_url
from tests.tables import SCHOOLS, absence, dimension, make_dataset, publish, published_dataset
from tests.texts import without_keys
from tests.world import World

REFUSED = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.RestrictViolation,
    psycopg.errors.ReadOnlySqlTransaction,
)
CHANGES = (
    "UPDATE {} SET id = gen_random_uuid()",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "TRUNCATE {} CASCADE",
)


def by_gender(first: int = 2) -> Cube:
    """The same pupils by gender and year: what the schools hide must not follow from it."""
    from datasets.cubes import Role

    counts = [[first + 70, 120], [85, 71]]
    made = [dimension("Kön", ("K", "M")), dimension("År", ("2022", "2023"), Role.TIME)]
    return Cube.of_values(made, counts, title={"sv": "Frånvaro"}, source="Skolans system")


def with_total(cube: Cube) -> Cube:
    """The total alone is shown beside the schools that remain."""
    from datasets.cubes import Category, Dimension

    schools = cube.dimensions[0]
    made = Dimension("Skola", schools.label, (*schools.categories, Category("Alla", {"sv": "Alla"})), total="Alla")
    values = np.concatenate([cube.values, cube.values.sum(axis=0, keepdims=True)])
    return Cube.of_values([made, cube.dimensions[1]], values, title=cube.title, source=cube.source)


def schools_alone(first: int = 2) -> Cube:
    """The schools of 2022 and nothing else."""
    from datasets.cubes import Role

    made = [dimension("Skola", SCHOOLS), dimension("År", ("2022",), Role.TIME)]
    return Cube.of_values(made, [[first], [40], [55], [60]], title={"sv": "Frånvaro"}, source="Skolans system")


def table_of(release: Release) -> Any:
    with transaction.atomic(), scope(release.tenant_id):
        return cube_of(release.tables.get())


def newest(dataset: Any) -> Release:
    with transaction.atomic(), scope(dataset.tenant_id):
        return Release.objects.get(dataset=dataset)


def audited(release_id: Any) -> tuple[int, dict[str, Any]]:
    out, code = StringIO(), 0
    with working_as("worker"):
        try:
            call_command("audit_release", str(release_id), stdout=out, stderr=StringIO())
        except SystemExit as ended:
            code = int(str(ended.code))
    lines = out.getvalue().splitlines()
    assert len(lines) == 1, "one JSON object and nothing else"
    return code, json.loads(lines[0])


@pytest.mark.parametrize("role", ["web", "worker", "survey", "region", "backup"])
def test_no_serving_role_takes_anything_from_the_ledger(role: str, committed: World) -> None:
    published_dataset(committed.alvik)
    with psycopg.connect(role_url(role), autocommit=True) as raw:
        for table in RELEASES:
            for change in CHANGES:
                with raw.transaction(force_rollback=True):
                    raw.execute("SELECT set_config('app.tenant', %s, true)", [str(committed.alvik.pk)])
                    with pytest.raises(REFUSED):
                        raw.execute(change.format(table))
    with transaction.atomic(), scope(committed.alvik.pk):
        assert Release.objects.count() == 1


@pytest.mark.parametrize("table", [*RELEASES, "datasets_dataset"])
@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_tables_owner_takes_anything_by_a_slip(world: World, table: str, change: str) -> None:
    published_dataset(world.alvik)
    with working_as("owner"), transaction.atomic(), scope(world.alvik.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(change.format(table))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with transaction.atomic(), scope(world.alvik.pk):
        assert Release.objects.count() == 1


@pytest.mark.parametrize("role", ["web", "worker", "owner"])
def test_whom_a_released_data_set_counts_stays(world: World, role: str) -> None:
    published_dataset(world.alvik)
    with working_as(role), transaction.atomic(), scope(world.alvik.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="can not be changed"), transaction.atomic():
            cursor.execute("UPDATE datasets_dataset SET population = gen_random_uuid()")


def test_another_data_set_of_the_same_people_is_protected_against_the_first(world: World) -> None:
    """By gender the total of a year is shown too, and with it the one school that the first table hides."""
    first = published_dataset(world.alvik, cube=absence(first=2))
    second = make_dataset(world.alvik, "Frånvaro per kön", same_people_as=first)
    release = publish(second, by_gender())
    alone = publish(make_dataset(world.alvik, "Andra elever"), by_gender())
    assert np.isnan(table_of(newest(first)).values)[:, 0].tolist() == [True, False, False, False]
    assert np.isnan(table_of(release).values).tolist() == [[True, False], [False, False]] or np.isnan(
        table_of(release).values
    ).tolist() == [[False, False], [True, False]]
    assert not np.isnan(np.array(table_of(alone).values)).any(), "other people: nothing to protect"
    assert second.population == first.population
    with transaction.atomic(), scope(world.alvik.pk):
        report = ReleaseReport.objects.get(release=release)
        assert report.against == [newest(first).pk]
        assert release.software_version == software_version()
    code, told = audited(release.pk)
    assert (code, told["verdict"], told["exposed"], told["ledger"]) == (0, "clean", 0, 2)


def test_a_withdrawn_data_set_still_counts(world: World) -> None:
    first = published_dataset(world.alvik)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_withdraw(dataset=first, by=world.adam)
        assert [release.dataset_id for release in released_about(first.population)] == [first.pk]


def test_the_version_is_the_projects() -> None:
    import tomllib

    from django.conf import settings

    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION


def test_what_was_protected_against_less_is_not_published(world: World) -> None:
    dataset = published_dataset(world.alvik)
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        rule, before = AggregationRule.from_json(dataset.rule), ledger_of(dataset)
    publish(dataset)
    cube = absence()
    for ledger in (None, before, Ledger(uuid4(), before.releases)):
        with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
            with pytest.raises(LedgerMoved):
                release_publish(
                    dataset=dataset,
                    tables=[("main", cube.title, protect(cube, rule, earlier=before.tables))],
                    rule=rule,
                    by=None,
                    ledger=ledger,
                )
            assert Release.objects.count() == 2


class TestRegion:
    """What a region and its municipalities publish about the same people."""

    def test_a_municipality_meets_what_the_region_has_opened_and_never_its_report(self, world: World) -> None:
        region = published_dataset(world.region, cube=schools_alone())
        own = make_dataset(world.alvik, "Våra", population=region.population)
        with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
            assert ledger_of(own).tables == (), "nothing is known of what was not opened"
        with transaction.atomic(), scope(world.region.pk):
            dataset_share_with_members(dataset=region, by=world.rut)
        with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
            (known,) = ledger_of(own).tables
            assert known.protected.report.protected == ""
            assert not ReleaseReport.objects.filter(release__dataset=region).exists()
        release = publish(own, with_total(schools_alone()))
        hidden = np.isnan(table_of(release).values)[:, 0].tolist()
        assert hidden == [True, False, False, False, True], "the total would give the school that the region hides"

    def test_a_neighbour_is_not_kin(self, world: World) -> None:
        mine = published_dataset(world.alvik)
        theirs = make_dataset(world.bjorkvik, "Deras", population=mine.population)
        with working_as("worker"), transaction.atomic(), scope(world.bjorkvik.pk):
            assert ledger_of(theirs).releases == ()


class TestAlarm:
    REFUSAL = {"why": "earlier_reveals", "cells": ["Skola=Ek, År=2022"], "about": {}}

    def test_those_who_answer_for_it_are_told_by_mail_and_on_its_page(
        self, world: World, run_jobs: Any, visit: Any
    ) -> None:
        dataset = published_dataset(world.alvik, department=world.departments["Skola"])
        for _twice in range(2):
            with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
                alarm_raise(population=dataset.population, refusals=[self.REFUSAL], by=world.dag)
        run_jobs()
        assert {message.to[0] for message in mail.outbox} == {"alma@example.org", "dag@example.org"}
        assert len(mail.outbox) == 2
        for message in mail.outbox:
            assert dataset.title in message.body and str(dataset.pk) in message.body
            body = without_keys(message.body.replace(dataset.title, ""))
            assert "Ek" not in body and "2022" not in body
        page = visit("dataset-detail", "dag", slug="alvik", dataset_id=dataset.pk).content.decode()
        assert "Skola=Ek, År=2022" in page
        assert (
            "Skola=Ek" not in visit("dataset-detail", "olle", slug="alvik", dataset_id=dataset.pk).content.decode()
        )
        visit("dataset-alarms-seen", "dag", data={}, slug="alvik", dataset_id=dataset.pk)
        assert (
            "Skola=Ek" not in visit("dataset-detail", "dag", slug="alvik", dataset_id=dataset.pk).content.decode()
        )
        with transaction.atomic(), scope(world.alvik.pk):
            assert LedgerAlarm.objects.get().seen_at is not None

    def test_other_refusals_alarm_nobody(self, world: World) -> None:
        dataset = published_dataset(world.alvik)
        with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
            refusal = {"why": "nothing_left", "cells": [], "about": {}}
            assert alarm_raise(population=dataset.population, refusals=[refusal], by=None) is None

    def test_the_region_is_not_alarmed_by_its_municipality(self, world: World) -> None:
        region = published_dataset(world.region)
        with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
            assert alarm_raise(population=region.population, refusals=[self.REFUSAL], by=None) is None


class TestAuditCommand:
    def test_it_finds_what_was_published_past_the_ledger(self, world: World) -> None:
        """Two tables of the same people, protected apart: each hides the cell, together they give it."""
        by_year = published_dataset(world.alvik, cube=absence(first=2))
        second = make_dataset(world.alvik, "Alla", same_people_as=by_year)
        cube = with_total(schools_alone(first=2))
        with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
            rule, known = AggregationRule.from_json(second.rule), ledger_of(second)
            release_publish(
                dataset=second,
                tables=[("main", cube.title, protect(cube, rule))],
                rule=rule,
                by=None,
                ledger=Ledger(second.population, known.releases),
            )
        first = table_of(newest(by_year))
        assert np.isnan(np.array(first.values)[:, 0]).sum() == 1, "no total was shown, so one school was enough"
        code, told = audited(newest(by_year).pk)
        assert (code, told["verdict"], told["ledger"]) == (1, "exposed", 2)
        assert told["exposed_cells"] == ["Skola=Ek, År=2022"]

    def test_a_sensitive_release_is_also_attacked_by_those_who_took_part(self, world: World) -> None:
        skola = world.departments["Skola"]
        dataset = published_dataset(world.alvik, sensitivity="sensitive", department=skola)
        code, told = audited(newest(dataset).pk)
        assert (code, told["verdict"]) == (0, "clean") and "insider" in told["attackers"]
        plain = published_dataset(world.alvik)
        assert "insider" not in audited(newest(plain).pk)[1]["attackers"]

    def test_open_statistics_have_nothing_to_hide(self, world: World) -> None:
        dataset = published_dataset(world.alvik, sensitivity="open")
        code, told = audited(newest(dataset).pk)
        assert (code, told["verdict"], told["protected"]) == (0, "open", 0)

    def test_a_release_that_was_altered_cannot_be_audited(self, world: World) -> None:
        dataset = published_dataset(world.alvik)
        with working_as("owner"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.tenant', %s, true)", [str(world.alvik.pk)])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE datasets_releasetable DISABLE TRIGGER release_is_final")
            cursor.execute("UPDATE datasets_releasetable SET values[2] = 32")
            cursor.execute("ALTER TABLE datasets_releasetable ENABLE TRIGGER release_is_final")
        code, told = audited(newest(dataset).pk)
        assert (code, told["verdict"]) == (2, "altered")
        assert told["release"] == str(newest(dataset).pk)

    def test_an_id_of_nothing(self, world: World) -> None:
        code, told = audited(uuid4())
        assert (code, told["verdict"]) == (2, "unknown")

    def test_waves_are_audited_together(self, world: World) -> None:
        dataset = published_dataset(world.alvik, cube=absence(first=20))
        second = publish(dataset, absence(first=22))
        code, told = audited(second.pk)
        assert (code, told["verdict"], told["ledger"]) == (0, "clean", 2)
        assert told["software_version"] == software_version()
        assert set(told) >= {"release", "tables", "protected", "exposed", "attackers", "seconds", "verdict"}


def test_a_steward_says_when_registering_that_it_counts_the_same_people(world: World, visit: Any) -> None:
    first = published_dataset(world.alvik, "Elever")
    theirs = published_dataset(world.bjorkvik, "Deras elever")
    page = visit("dataset-register", "dag", slug="alvik").content.decode()
    assert f'value="{first.pk}"' in page and str(theirs.pk) not in page
    given = {
        "title": "Samma elever", "source": "Skolan", "measures": "context", "fit_for": ["2"], "polarity": "none",
        "sensitivity": "internal", "department": str(world.departments["Skola"].pk),
    }  # fmt: skip
    refused = visit("dataset-register", "dag", data={**given, "same_people_as": str(theirs.pk)}, slug="alvik")
    assert refused.status_code == 422
    visit("dataset-register", "dag", data={**given, "same_people_as": str(first.pk)}, slug="alvik")
    visit("dataset-register", "dag", data={**given, "title": "Andra"}, slug="alvik")
    with transaction.atomic(), scope(world.alvik.pk):
        people = dict(Dataset.objects.values_list("title", "population"))
    assert people["Samma elever"] == people["Elever"] != people["Andra"]
