"""What may become a release, and what may become of one: asked of the real database roles."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from datasets.disclosure import AggregationRule, Sensitivity, pass_through
from datasets.errors import DatasetsError
from datasets.models import Dataset, Release, ReleaseReport, ReleaseTable
from datasets.selectors import load_table
from datasets.services.registration import dataset_change_rule, dataset_open_to_public
from datasets.services.releases import release_publish
from portal.tenancy.scope import public_scope, scope
from tests.conftest import working_as
from tests.tables import OPEN, absence, make_dataset, publish, published_dataset
from tests.world import World


def test_nothing_but_a_protected_cube_becomes_a_release(world: World) -> None:
    dataset = make_dataset(world.alvik, sensitivity="open")
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        with pytest.raises(TypeError, match="protect"):
            release_publish(dataset=dataset, tables=[("main", {}, absence())], rule=OPEN, by=None)  # type: ignore[list-item]
        assert not Release.objects.exists()


def test_the_web_process_cannot_publish_whatever_it_holds(world: World) -> None:
    dataset = make_dataset(world.alvik, sensitivity="open")
    with transaction.atomic(), scope(world.alvik.pk), pytest.raises(DatabaseError, match="permission denied"):
        release_publish(dataset=dataset, tables=[("main", {}, pass_through(absence()))], rule=OPEN, by=None)


def test_what_was_protected_under_a_looser_rule_is_not_published(world: World) -> None:
    dataset = make_dataset(world.alvik, sensitivity="internal")
    rule = AggregationRule.from_json(dataset.rule)
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk), pytest.raises(DatasetsError):
        release_publish(dataset=dataset, tables=[("main", {}, pass_through(absence()))], rule=rule, by=None)


@pytest.mark.parametrize("role", ["web", "worker"])
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("datasets_release", "number = 7"),
        ("datasets_release", "rule = '{}'"),
        ("datasets_releasetable", "values = '{1,2,3,4,5,6,7,8}'"),
        ("datasets_releasetable", "statuses = '{3,3,3,3,3,3,3,3}'"),
        ("datasets_releasetable", "structure = '{}'"),
    ],
)
def test_a_release_never_changes(world: World, role: str, table: str, change: str) -> None:
    publish(make_dataset(world.alvik, sensitivity="open"))
    with working_as(role), transaction.atomic(), scope(world.alvik.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            cursor.execute(f"UPDATE {table} SET {change}")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(f"DELETE FROM {table}")


def test_hidden_figures_are_stored_nowhere(world: World) -> None:
    dataset = published_dataset(world.alvik, sensitivity="internal", cube=absence(first=2))
    with transaction.atomic(), scope(world.alvik.pk):
        table = ReleaseTable.objects.get()
        figures = load_table(table.release, "main")
        report = ReleaseReport.objects.get().report
    assert table.values[0] is None
    assert figures.statuses[0, 0] == 8
    assert "protected" in report["main"]["report"]
    # Which of the hidden cells had to stay secret is not for readers, not even in the table they read.
    assert table.report["protected"] == ""
    assert dataset.rule["k"] == 5


def test_an_earlier_release_stays_protected_when_late_answers_come(world: World) -> None:
    """Two releases whose difference would tell a small number: the figures that differ so are hidden."""
    dataset = make_dataset(world.alvik, sensitivity="internal")
    publish(dataset, absence(first=20))
    second = publish(dataset, absence(first=22), changes="Late reports")
    with transaction.atomic(), scope(world.alvik.pk):
        table = load_table(second, "main")
    assert second.number == 2
    assert table.statuses[0, 0] == 8, "22 after 20 would tell that two more came"


def test_the_rule_only_tightens_once_figures_are_out(world: World) -> None:
    dataset = published_dataset(world.alvik, sensitivity="internal")
    rule = AggregationRule.from_json(dataset.rule)
    looser = AggregationRule.from_json({**dataset.rule, "share_base": 8})
    with transaction.atomic(), scope(world.alvik.pk):
        with pytest.raises(DatasetsError, match="str"):
            dataset_change_rule(dataset=dataset, rule=looser, by=world.dag)
        dataset_change_rule(
            dataset=dataset, rule=AggregationRule.from_json({**dataset.rule, "k": 8}), by=world.dag
        )
        assert Dataset.objects.get().rule["k"] == 8
    assert rule.k == 5


@pytest.mark.parametrize("role", ["web", "worker"])
@pytest.mark.parametrize(
    "change",
    [
        "rule = jsonb_set(rule, '{k}', '4')",
        "rule = jsonb_set(rule, '{max_dimensions}', '5')",
        "rule = jsonb_set(rule, '{zeros}', '\"shown\"')",
        "rule = jsonb_set(rule, '{sensitivity}', '\"open\"')",
        "rule = jsonb_set(rule, '{dominance}', '9')",
        "rule = rule - 'dominance'",
        "rule = rule - 'k'",
        "rule = '{}'",
        "sensitivity = 'open'",
    ],
)
def test_the_database_refuses_a_looser_rule(world: World, role: str, change: str) -> None:
    published_dataset(world.alvik, sensitivity="internal")
    with working_as(role), transaction.atomic(), scope(world.alvik.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="stricter"), transaction.atomic():
            cursor.execute(f"UPDATE datasets_dataset SET {change}")
        cursor.execute("UPDATE datasets_dataset SET rule = jsonb_set(rule, '{k}', '9')")


def test_what_a_sensitive_rule_has_switched_on_stays_on(world: World) -> None:
    published_dataset(world.alvik, sensitivity="sensitive", department=world.departments["Skola"])
    change = "UPDATE datasets_dataset SET rule = "
    with transaction.atomic(), scope(world.alvik.pk), connection.cursor() as cursor:
        for looser in ("jsonb_set(rule, '{insider}', 'false')", "jsonb_set(rule, '{deep_base}', '29')"):
            with pytest.raises(DatabaseError, match="stricter"), transaction.atomic():
                cursor.execute(change + looser)
        cursor.execute(change + "jsonb_set(rule, '{interval}', 'true')")
        with pytest.raises(DatabaseError, match="stricter"), transaction.atomic():
            cursor.execute(change + "rule - 'interval'")


def test_a_rule_stored_before_these_fields_existed_can_still_be_tightened(world: World) -> None:
    """A missing field counts as off, so that any value is stricter."""
    holds = "SELECT datasets_rule_holds(%s::jsonb, %s::jsonb)"
    new = AggregationRule.default(Sensitivity.SENSITIVE).to_json()
    added = ("insider", "interval", "deep_base", "dominance")
    old = {name: value for name, value in new.items() if name not in added}
    with transaction.atomic(), scope(world.alvik.pk), connection.cursor() as cursor:
        for after, before, expected in ((new, old, True), (old, old, True), (old, new, False)):
            cursor.execute(holds, [json.dumps(after), json.dumps(before)])
            assert cursor.fetchone() == (expected,)


def test_figures_are_another_tenants_only_when_opened(world: World) -> None:
    dataset = published_dataset(world.alvik, sensitivity="internal")
    assert _seen_by_others(world) == (0, 0)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_open_to_public(dataset=dataset, by=world.adam)
    assert _seen_by_others(world) == (1, 1)


def _seen_by_others(world: World) -> tuple[int, int]:
    with transaction.atomic(), scope(world.bjorkvik.pk):
        in_bjorkvik = Dataset.objects.count()
        assert ReleaseReport.objects.count() == 0, "the steward's report is never shared"
    with transaction.atomic(), public_scope():
        return in_bjorkvik, ReleaseTable.objects.count()
