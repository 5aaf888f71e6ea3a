"""Which voices stand beside a data set, a factor or a theme, and for whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.loader import render_to_string
from django.test import RequestFactory

from datasets.reach import Reach
from datasets.selectors.voices import voices_beside
from portal.tenancy.scope import public_scope, scope
from tests.knowledge import used_voice, waiting_voice
from tests.tables import make_dataset
from tests.world import World


@pytest.fixture
def said(world: World) -> None:
    for text, given in (
        ("Om fritid", {"factors": ["leisure"], "reach": Reach.PUBLIC}),
        ("Om tema", {"factors": [], "theme": "leisure"}),
        ("Om pengar", {"factors": ["money"], "reach": Reach.PUBLIC}),
        ("Om ingenting", {"factors": []}),
    ):
        used_voice(world.alvik, world.olle, world.alma, text, **given)
    waiting_voice(world.alvik, world.olle, "Väntar", factors=["leisure"])
    used_voice(world.bjorkvik, world.bo, world.rut, "Grannens", factors=["leisure"], reach=Reach.MEMBERS)
    used_voice(world.bjorkvik, world.bo, world.rut, "Bara grannens", factors=["leisure"])


def beside(world: World, **given: Any) -> list[str]:
    with transaction.atomic(), scope(world.alvik.pk):
        return [voice.text for voice in voices_beside(world.alvik, **given)]


def test_beside_a_data_set_stand_those_that_share_a_factor_or_the_theme_its_own_first(
    world: World, said: None
) -> None:
    dataset = make_dataset(world.alvik, factors=["leisure", "joy"], themes=["leisure"])
    found = beside(world, about=dataset)
    assert set(found) == {"Om fritid", "Om tema", "Grannens"}
    assert found[-1] == "Grannens"


def test_beside_a_data_set_about_nothing_stands_nothing(world: World, said: None) -> None:
    assert beside(world, about=make_dataset(world.alvik)) == []


def test_beside_a_factor_and_a_theme(world: World, said: None) -> None:
    assert beside(world, factor="money") == ["Om pengar"]
    assert set(beside(world, theme="leisure")) == {"Om fritid", "Om tema", "Grannens"}
    assert beside(world) == []


def test_the_public_meets_only_what_was_opened(world: World, said: None) -> None:
    dataset = make_dataset(world.alvik, factors=["leisure"])
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    context = {"request": request, "beside_dataset": dataset, "beside_owner": world.alvik}
    with transaction.atomic(), public_scope():
        page = render_to_string("datasets/voices_beside.html", context)
    assert "Om fritid" in page
    for hidden in ("Om tema", "Väntar", "Grannens", "Om pengar", "/k/alvik/"):
        assert hidden not in page
