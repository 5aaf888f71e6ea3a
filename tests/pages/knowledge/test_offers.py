"""The offer map: put together by officials, its gaps seen, nothing public before an admin says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from datasets.models import Offer
from portal.tenancy.scope import scope
from tests.knowledge import make_offer
from tests.pages.datasets.conftest import text_of, told
from tests.world import World


def filled_in(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Öppen kväll", "kind": "promoting", "department": str(world.departments["Fritid"].pk),
        "age_bands": ["15-17"], "situations": ["occupied"], "factors": ["leisure"],
        "contact": "Fritidsgårdens telefon, 08-123 45 67", **changed,
    }  # fmt: skip


def the_offer(world: World) -> Offer:
    with transaction.atomic(), scope(world.alvik.pk):
        return Offer.objects.get()


def test_an_official_adds_an_offer_and_sees_it_in_its_row(world: World, visit: Any) -> None:
    assert visit("offer-add", "olle", data=filled_in(world), slug="alvik").status_code == 302
    page = text_of(visit("offer-list", "vera", slug="alvik"))
    row = page.split('<th scope="row">Fritid</th>')[1].split("</tr>")[0]
    assert row.index("Öppen kväll") < row.index(told("nothing"))
    assert row.count(told("nothing")) == 3


def test_the_gaps_stand_in_words_and_name_those_outside_school_and_past_it(world: World, visit: Any) -> None:
    make_offer(world.alvik, age_bands=["15-17", "18-19", "25-29"], situations=["occupied"], kind="remedial")
    page = text_of(visit("offer-list", "vera", slug="alvik"))
    for group in ("ages %(ages)s outside school",):
        assert told("Nothing for %(group)s.", group=told(group, ages="15–17")) in page
    neither = told("ages %(ages)s who neither work nor study", ages="20–24")
    assert told("Nothing for %(group)s.", group=neither) in page
    assert told("Nothing for %(group)s.", group=told("ages %(ages)s in school", ages="15–17")) not in page
    nothing_promotes = "For ages %(ages)s there is nothing that promotes wellbeing before something is wrong."
    assert told(nothing_promotes, ages="15–17") in page


def test_part_of_the_map_says_nothing_of_gaps(world: World, visit: Any) -> None:
    make_offer(world.alvik)
    assert 'id="gaps"' in text_of(visit("offer-list", "vera", slug="alvik"))
    assert 'id="gaps"' not in text_of(visit("offer-list", "vera", slug="alvik", query="?alder=15-17"))


@pytest.mark.parametrize(
    "query, shown",
    [
        ("", ["Nu"]), ("?nar=ended", ["Förr"]), ("?nar=planned", ["Sedan"]), ("?alder=25-29", []),
        ("?slag=remedial", []), ("?faktor=leisure", ["Nu"]), ("?lage=neither", []), ("?slag=nonsense", ["Nu"]),
        ("?forvaltning=x", ["Nu"]),
    ],
)  # fmt: skip
def test_conditions_choose_what_is_shown(world: World, visit: Any, query: str, shown: list[str]) -> None:
    today, day = timezone.localdate(), timedelta(days=1)
    make_offer(world.alvik, "Nu", since=today, until=today)
    make_offer(world.alvik, "Förr", until=today - day)
    make_offer(world.alvik, "Sedan", since=today + day)
    page = text_of(visit("offer-list", "vera", slug="alvik", query=query))
    assert [title for title in ("Nu", "Förr", "Sedan") if f">{title}</a>" in page] == shown


def test_each_factor_is_a_row_where_somebody_wants_that(world: World, visit: Any) -> None:
    make_offer(world.alvik)
    page = text_of(visit("offer-list", "vera", slug="alvik", query="?visa=faktor"))
    assert "Öppen kväll" in page.split('<th scope="row">Fritid</th>')[1].split("</tr>")[0]
    assert '<th scope="row">Tillit</th>' in page


@pytest.mark.parametrize(
    "changed, field",
    [
        ({"title": ""}, "title"),
        ({"age_bands": []}, "age_bands"),
        ({"situations": []}, "situations"),
        ({"department": "", "provider": ""}, "provider"),
        ({"since": "2026-05-02", "until": "2026-05-01"}, "until"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"contact": "Anna Andersson, 08-123 45 67"}, "contact"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world: World, visit: Any, changed: dict[str, Any], field: str) -> None:
    page = visit("offer-add", "olle", data=filled_in(world, **changed), slug="alvik")
    assert page.status_code == 422
    assert field in page.context["form"].errors
    with transaction.atomic(), scope(world.alvik.pk):
        assert not Offer.objects.exists()


def test_every_deed_is_undone_once(world: World, visit: Any) -> None:
    visit("offer-add", "olle", data=filled_in(world), slug="alvik")
    address = {"slug": "alvik", "offer_id": the_offer(world).pk}
    visit("offer-edit", "olle", data=filled_in(world, title="Stängd kväll", kind="remedial"), **address)
    assert the_offer(world).title == "Stängd kväll"
    visit("offer-undo", "alma", data={}, **address)
    assert (the_offer(world).title, the_offer(world).kind) == ("Öppen kväll", "promoting")
    assert the_offer(world).department_id == world.departments["Fritid"].pk
    visit("offer-undo", "alma", data={}, **address)
    assert the_offer(world).title == "Öppen kväll"
    visit("offer-end", "olle", data={"until": "2020-01-01"}, **address)
    assert the_offer(world).until is not None
    visit("offer-undo", "olle", data={}, **address)
    assert the_offer(world).until is None


def test_undoing_what_was_just_added_takes_it_off_the_map(world: World, visit: Any) -> None:
    visit("offer-add", "olle", data=filled_in(world), slug="alvik")
    visit("offer-undo", "olle", data={}, slug="alvik", offer_id=the_offer(world).pk)
    assert told("The first offer") in text_of(visit("offer-list", "olle", slug="alvik"))


def test_nothing_is_public_before_an_admin_says_so_and_new_ones_are_not_drawn_along(
    world: World, visit: Any
) -> None:
    make_offer(world.alvik, "Synlig")
    assert "Synlig" not in text_of(visit("public-offer-list", None, slug="alvik"))
    visit("offer-share-all", "adam", data={"reach": "public"}, slug="alvik")
    make_offer(world.alvik, "Ny")
    page = text_of(visit("public-offer-list", None, slug="alvik"))
    assert "Synlig" in page
    assert "Ny" not in page
    visit("offer-share-all", "adam", data={"reach": "own"}, slug="alvik")
    assert "Synlig" not in text_of(visit("public-offer-list", None, slug="alvik"))


def test_another_municipality_sees_only_what_is_shared_with_it_and_changes_nothing(
    world: World, visit: Any
) -> None:
    offer = make_offer(world.alvik, "Alviks", department=world.departments["Fritid"])
    address = {"slug": "bjorkvik", "offer_id": offer.pk}
    assert visit("offer-detail", "bo", **address).status_code == 404
    visit("offer-share", "adam", data={"reach": "members"}, slug="alvik", offer_id=offer.pk)
    page = text_of(visit("offer-detail", "bo", **address))
    assert "Alviks" in page
    # Whose department it is stays in its own municipality.
    assert "Fritid</dd>" not in page
    assert visit("offer-edit", "bo", **address).status_code == 404
    assert visit("offer-undo", "bo", data={}, **address).status_code == 404


def test_the_file_and_the_paper_hold_what_the_page_shows(world: World, visit: Any) -> None:
    make_offer(world.alvik, "=1+1", contact="", department=world.departments["Fritid"])
    make_offer(world.alvik, "Tyst rum", kind="remedial")
    file = visit("offer-csv", "vera", slug="alvik", query="?slag=promoting").content.decode("utf-8-sig")
    assert "'=1+1;" in file
    assert "Fritid" in file
    assert "Tyst rum" not in file
    paper = text_of(visit("offer-print", "vera", slug="alvik"))
    assert "Tyst rum" in paper
    assert "<script" not in paper.replace('<script type="module" src=', "")
