"""What a data set is fit for has consequences: in services, on pages and in the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from datasets.disclosure import AggregationRule, Sensitivity
from datasets.errors import DatasetsError
from datasets.models import Dataset
from datasets.services.registration import (
    dataset_change_rule,
    dataset_close,
    dataset_describe,
    dataset_open_to_public,
    dataset_register,
)
from portal.audit.models import AuditEvent
from portal.tenancy.scope import PUBLIC_AUDIENCE, scope
from tests.conftest import working_as
from tests.pages.datasets.conftest import text_of, told
from tests.tables import MEASURABLE, make_dataset, published_dataset
from tests.world import World

BROKEN = [{"period": "2023", "text": "ny räkning"}]


@pytest.mark.parametrize("missing", ["unit", "definition", "polarity", "whole_from"])
def test_measuring_without_what_it_needs_is_refused(world: World, missing: str) -> None:
    empty = {"polarity": "unsaid"}.get(missing, "")
    given = {**MEASURABLE, "breaks": BROKEN, "whole_from": "2023", missing: empty}
    with transaction.atomic(), scope(world.alvik.pk), pytest.raises(DatasetsError):
        dataset_register(by=None, title="T", source="S", fit_for=[1], **given)
    dataset = make_dataset(world.alvik, fit_for=[2], **given)
    with transaction.atomic(), scope(world.alvik.pk):
        with pytest.raises(DatasetsError):
            dataset_describe(dataset=dataset, by=world.dag, fit_for=[1, 2])
        for role in ("web", "worker"):
            with working_as(role), pytest.raises(IntegrityError), transaction.atomic():
                Dataset.objects.filter(pk=dataset.pk).update(fit_for=[1])


def test_the_page_names_each_field_that_is_missing(world: World, visit: Any) -> None:
    given = {
        "title": "T", "source": "S", "sensitivity": "internal", "fit_for": ["1"], "measures": "context",
        "polarity": "unsaid", "department": str(world.departments["Skola"].pk), "breaks": "2023: ny räkning",
    }  # fmt: skip
    refused = visit("dataset-register", "dag", data=given, slug="alvik")
    assert refused.status_code == 422
    page = text_of(refused)
    for words in (
        "To measure with it, say what the figures count.",
        "To measure with it, write its definition: who is counted, when and how.",
        "To measure with it, say which way is good, or that neither is.",
        "To measure with it, say from when the series is whole: its last break or later.",
    ):
        assert told(words) in page
    given |= {**MEASURABLE, "whole_from": "2023"}
    assert visit("dataset-register", "dag", data=given, slug="alvik").status_code == 302


def test_breaks_are_marked_and_shown(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, department=world.departments["Skola"])
    given = {"title": "T", "source": "S", "fit_for": ["2"], "measures": "context", "polarity": "none"}
    wrong = visit(
        "dataset-edit", "dag", data={**given, "breaks": "2023 ny räkning"}, slug="alvik", dataset_id=dataset.pk
    )
    assert wrong.status_code == 422
    visit("dataset-edit", "dag", data={**given, "breaks": "2023: ny räkning"}, slug="alvik", dataset_id=dataset.pk)
    assert "2023: ny räkning" in text_of(visit("dataset-detail", "vera", slug="alvik", dataset_id=dataset.pk))
    assert "2023: ny räkning" in visit("dataset-edit", "dag", slug="alvik", dataset_id=dataset.pk).content.decode()
    chart = visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk, query="?kind=line&x=År&series=Skola")
    assert "ny räkning" in text_of(chart)


def test_data_for_one_activity_is_not_opened_to_everyone(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, fit_for=[3])
    page = visit("dataset-open", "adam", slug="alvik", dataset_id=dataset.pk)
    assert page.status_code == 302
    with transaction.atomic(), scope(world.alvik.pk):
        with pytest.raises(DatasetsError):
            dataset_open_to_public(dataset=dataset, by=world.adam)
        with pytest.raises(IntegrityError), transaction.atomic():
            Dataset.objects.filter(pk=dataset.pk).update(audience_id=PUBLIC_AUDIENCE)


def test_what_is_open_does_not_become_fit_for_one_activity_alone(world: World) -> None:
    dataset = published_dataset(world.alvik, fit_for=[2])
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = dataset_open_to_public(dataset=dataset, by=world.adam)
        with pytest.raises(DatasetsError):
            dataset_describe(dataset=dataset, by=world.dag, fit_for=[3])
        with pytest.raises(IntegrityError), transaction.atomic():
            Dataset.objects.filter(pk=dataset.pk).update(fit_for=[3])
        dataset = dataset_close(dataset=dataset, by=world.adam)
        dataset_describe(dataset=dataset, by=world.dag, fit_for=[3])


def test_who_opens_data_for_exploring_reads_the_caution(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, fit_for=[2])
    assert "kan ha luckor" in text_of(visit("dataset-open", "adam", slug="alvik", dataset_id=dataset.pk))


def test_released_data_stays_with_its_department(world: World) -> None:
    dataset = published_dataset(world.alvik, department=world.departments["Skola"])
    with transaction.atomic(), scope(world.alvik.pk):
        for other in (world.departments["Fritid"], None):
            with pytest.raises(DatasetsError):
                dataset_describe(dataset=dataset, by=world.dag, department=other)
            with pytest.raises(IntegrityError), transaction.atomic():
                Dataset.objects.filter(pk=dataset.pk).update(department=other)


def test_what_nobody_owned_may_be_taken_care_of(world: World) -> None:
    dataset = published_dataset(world.alvik)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_describe(dataset=dataset, by=world.dag, department=world.departments["Skola"])


def test_released_sensitive_data_is_used_for_nothing_more(world: World) -> None:
    skola = world.departments["Skola"]
    dataset = published_dataset(world.alvik, sensitivity="sensitive", department=skola, fit_for=[2, 3])
    with transaction.atomic(), scope(world.alvik.pk):
        for more in ([1, 2], [1, 2, 3]):
            with pytest.raises(DatasetsError):
                dataset_describe(dataset=dataset, by=world.dag, fit_for=more)
            with pytest.raises(IntegrityError), transaction.atomic():
                Dataset.objects.filter(pk=dataset.pk).update(fit_for=more)
        dataset_describe(dataset=dataset, by=world.dag, fit_for=[2])


def test_sensitivity_only_rises_once_figures_are_out(world: World) -> None:
    dataset = published_dataset(
        world.alvik, sensitivity="sensitive", department=world.departments["Skola"], fit_for=[2]
    )
    with transaction.atomic(), scope(world.alvik.pk):
        with pytest.raises(DatasetsError):
            dataset_change_rule(dataset=dataset, rule=AggregationRule.default(Sensitivity.INTERNAL), by=world.dag)
        for role in ("web", "worker"):
            with working_as(role), pytest.raises(IntegrityError), transaction.atomic():
                Dataset.objects.filter(pk=dataset.pk).update(sensitivity="internal")


def test_nothing_is_bound_before_the_first_release(world: World) -> None:
    skola, fritid = world.departments["Skola"], world.departments["Fritid"]
    dataset = make_dataset(world.alvik, sensitivity="sensitive", department=skola, fit_for=[3])
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_describe(dataset=dataset, by=world.dag, fit_for=[1, 2], department=fritid)


def test_a_chart_of_risk_carries_its_framing_in_its_file_too(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, measures="risk", ready_form="absence")
    own = "Fråga vad som får dem att vilja komma"
    page = visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk)
    assert own in text_of(page)
    file = visit("chart-csv", "vera", slug="alvik", dataset_id=dataset.pk, query="?kind=bar&x=Skola&only=År:2023")
    assert own in file.content.decode("utf-8-sig")


def test_the_log_says_what_was_said_anew(world: World) -> None:
    dataset = published_dataset(world.alvik, breaks=BROKEN)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_describe(dataset=dataset, by=world.dag, breaks=[], fit_for=[1, 2], unit=dataset.unit)
        event = AuditEvent.objects.get(verb="dataset.described")
    assert event.details["changed"] == "breaks, fit_for"
