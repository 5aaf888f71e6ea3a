"""The list of data sets, one of them, and what its steward does with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from accounts.models import Membership
from datasets.disclosure import AggregationRule
from datasets.forms import RuleForm
from datasets.models import Dataset
from datasets.services.registration import dataset_open_to_public, dataset_share_with_members
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.pages.datasets.conftest import text_of, told
from tests.tables import MEASURABLE, absence, make_dataset, published_dataset
from tests.world import World


def listed(visit: Any, query: str = "", who: str = "vera") -> str:
    page = visit("dataset-list", who, slug="alvik", query=query)
    assert page.status_code == 200
    return text_of(page)


@pytest.mark.parametrize(
    "word",
    ["mening", "Livslust", "LIVSLUST", "folkbokf", "Framtidstro", "nyfikna ung"],
)
def test_a_word_is_found_in_title_description_source_and_factors(world: World, visit: Any, word: str) -> None:
    make_dataset(
        world.alvik, "Livslust bland unga", description="Vad nyfikna unga säger", factors=["meaning", "hope"],
        source="Folkbokföringen",
    )  # fmt: skip
    make_dataset(world.alvik, "Bussar i tid")
    page = listed(visit, f"?q={word}")
    assert "Livslust bland unga" in page
    assert "Bussar i tid" not in page


@pytest.mark.parametrize(
    "query", ["?matt=risk", "?till=3", "?kanslighet=sensitive", "?tema=leisure", "?q=absence"]
)
def test_conditions_leave_out_the_others(world: World, visit: Any, query: str) -> None:
    make_dataset(
        world.alvik, "Absence now", measures="risk", fit_for=[1, 3], sensitivity="sensitive", themes=["leisure"],
        department=world.departments["Skola"],
    )  # fmt: skip
    make_dataset(world.alvik, "Helt annat")
    page = listed(visit, query)
    assert "Absence now" in page
    assert "Helt annat" not in page


@pytest.mark.parametrize("query", ["?matt=nonsense", "?till=9", "?forvaltning=x", "?page=99", "?q=" + "x" * 500])
def test_conditions_that_make_no_sense_are_left_aside(world: World, visit: Any, query: str) -> None:
    assert listed(visit, query)


def test_titles_stand_in_swedish_order(world: World, visit: Any) -> None:
    for title in ("Öppettider", "Ungas tid", "Ängar", "Åkrar"):
        make_dataset(world.alvik, title)
    page = listed(visit)
    places = [page.index(title) for title in ("Ungas tid", "Åkrar", "Ängar", "Öppettider")]
    assert places == sorted(places)


def test_an_empty_list_teaches_and_a_search_without_result_helps(world: World, visit: Any) -> None:
    assert told("The first data set") in listed(visit)
    make_dataset(world.alvik, "Bussar")
    assert told("Nothing fits") in listed(visit, "?q=finnsinte")


def test_what_the_region_shares_is_in_the_list_and_other_municipalities_open_data_on_request(
    world: World, visit: Any
) -> None:
    shared = published_dataset(world.region, "Regionens siffror", sensitivity="open")
    theirs = published_dataset(world.bjorkvik, "Björkviks siffror", sensitivity="open")
    with transaction.atomic(), scope(world.region.pk):
        dataset_share_with_members(dataset=shared, by=world.rut)
    with transaction.atomic(), scope(world.bjorkvik.pk):
        dataset_open_to_public(dataset=theirs, by=world.bo)
    assert "Regionens siffror" in listed(visit)
    assert "Björkviks siffror" not in listed(visit)
    assert "Björkviks siffror" in listed(visit, "?alla=on")
    detail = text_of(visit("dataset-detail", "dag", slug="alvik", dataset_id=shared.pk))
    assert "Region Nordvik" in detail
    assert told("For you who answer for it") not in detail


def test_purpose_sensitivity_and_rule_stand_in_plain_words(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, sensitivity="internal", fit_for=[2])
    page = text_of(visit("dataset-detail", "vera", slug="alvik", dataset_id=dataset.pk))
    assert told("A number of people from 1 to %(most)s is not shown.", most=4) in page
    assert told("Good to think with. It may have gaps, so places are never ranked by it.") in page


@pytest.mark.parametrize(("who", "sees"), [("dag", True), ("adam", True), ("vera", False), ("olle", False)])
def test_how_much_is_hidden_is_for_those_who_answer_for_it(world: World, visit: Any, who: str, sees: bool) -> None:
    dataset = published_dataset(world.alvik, cube=absence(2), department=world.departments["Skola"])
    page = text_of(visit("dataset-detail", who, slug="alvik", dataset_id=dataset.pk))
    assert (told("figures in the release") in page) is sees
    assert (told("Change the rule") in page) is sees


def test_a_steward_of_another_department_changes_nothing(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, department=world.departments["Fritid"])
    for name in ("dataset-edit", "dataset-rule", "dataset-withdraw"):
        assert visit(name, "dag", slug="alvik", dataset_id=dataset.pk).status_code == 404
        assert visit(name, "adam", slug="alvik", dataset_id=dataset.pk).status_code == 200


def test_registering_without_figures(world: World, visit: Any) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        department = str(Membership.objects.get(user=world.dag).department_id)
    given = {
        "title": "Elevhälsosamtal", "source": "Elevhälsan", "measures": "wellbeing", "fit_for": ["2"],
        "sensitivity": "sensitive", "department": department, "polarity": "none",
    }  # fmt: skip
    answer = visit("dataset-register", "dag", data=given, slug="alvik")
    assert answer.status_code == 302
    page = text_of(visit(answer["Location"], "dag"))
    assert "Elevhälsosamtal" in page
    assert told("No figures yet") in page
    assert visit("dataset-register", "dag", data={**given, "title": "x" * 10_000}, slug="alvik").status_code == 422
    assert visit("dataset-register", "dag", data={**given, "fit_for": []}, slug="alvik").status_code == 422


def test_describing_it_anew(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Gammalt namn", department=world.departments["Skola"])
    given = {"title": "Nytt namn", "source": "S", "measures": "risk", "fit_for": ["1"], **MEASURABLE}
    assert visit("dataset-edit", "dag", data=given, slug="alvik", dataset_id=dataset.pk).status_code == 302
    assert "Nytt namn" in listed(visit)


def test_the_rule_is_changed_to_a_stricter_one_only(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, department=world.departments["Skola"])
    given = RuleForm.showing(AggregationRule.from_json(dataset.rule)).initial
    stricter = {**given, "k": 10, "guard": "insider"}
    looser = {**given, "share_base": 5}
    page = text_of(visit("dataset-rule", "dag", slug="alvik", dataset_id=dataset.pk))
    assert told("A mean that one or two people nearly decide is not shown.") in page
    assert told("Also someone who took part and knows their own answer") in page
    assert visit("dataset-rule", "dag", data=looser, slug="alvik", dataset_id=dataset.pk).status_code == 422
    assert visit("dataset-rule", "dag", data=stricter, slug="alvik", dataset_id=dataset.pk).status_code == 302
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.get().rule["k"] == 10
        assert Dataset.objects.get().rule["insider"] is True
        # What is out was made under the rule of its day.
        assert Dataset.objects.get().releases.get().rule["k"] == 5
    back = {**given, "k": 10}
    assert visit("dataset-rule", "dag", data=back, slug="alvik", dataset_id=dataset.pk).status_code == 422


def test_opening_and_closing_and_withdrawing(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Öppnas snart", sensitivity="open")
    public = {"slug": "alvik", "dataset_id": dataset.pk}
    assert visit("public-dataset-detail", None, **public).status_code == 404
    assert visit("dataset-open", "dag", data={}, **public).status_code == 404, "a steward does not open to all"
    assert visit("dataset-open", "adam", data={}, **public).status_code == 302
    assert visit("public-dataset-detail", None, **public).status_code == 200
    assert "Öppnas snart" in text_of(visit("public-dataset-list", None, slug="alvik"))
    assert visit("dataset-close", "adam", data={}, **public).status_code == 302
    assert visit("public-dataset-detail", None, **public).status_code == 404
    assert visit("dataset-withdraw", "adam", data={}, **public).status_code == 302
    assert "Öppnas snart" not in listed(visit)


def test_nothing_is_opened_before_it_has_figures(world: World, visit: Any) -> None:
    dataset = make_dataset(world.alvik)
    visit("dataset-open", "adam", data={}, slug="alvik", dataset_id=dataset.pk)
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.get().audience_id == world.alvik.pk


def test_exploring_begins_with_questions_themes_and_what_is_new(world: World, visit: Any) -> None:
    published_dataset(world.alvik, "Ungas egna ord", factors=["meaning"])
    page = text_of(visit("explore", "vera", slug="alvik"))
    assert "Ungas egna ord" in page
    assert "/k/alvik/utforska/faktorer/meaning/" in page
    assert "Vad " in page or "What " in page


def test_a_question_of_the_first_page_finds_what_it_asks_about(world: World, visit: Any) -> None:
    published_dataset(world.alvik, "Fem frågor om livet", factors=["someone_to_turn_to"])
    with working_as("web"):
        assert "Fem frågor om livet" in listed(visit, "?q=Någon att vända sig till")
