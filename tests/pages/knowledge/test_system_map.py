"""The system map: read as a picture and a list, changed by the region, each version kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import Error, transaction

from datasets.models import SystemMapVersion
from datasets.system_map import shipped_map
from portal.tenancy.scope import scope
from tests.knowledge import map_draft_of, published_map
from tests.pages.datasets.conftest import text_of, told
from tests.world import World

REGION = {"slug": "region-nordvik"}


def factor(**changed: Any) -> dict[str, Any]:
    return {"label": "Köer", "text": "Att få vänta länge.", "layer": "society", "is_shown": "on", **changed}


def test_the_picture_and_the_list_hold_the_same_factors_in_the_same_order_of_layers(
    world: World, visit: Any
) -> None:
    page = text_of(visit("system-map", "vera", slug="alvik"))
    drawn = re.findall(r'data-factor="(\w+)"', page)
    listed = re.findall(r'data-influences-of="(\w+)"', page)
    assert set(drawn) == set(listed) == {factor.key for factor in shipped_map().factors}
    layer = {factor.key: factor.layer for factor in shipped_map().factors}
    assert list(dict.fromkeys(layer[key] for key in drawn)) == ["person", "relations", "places", "society"]
    assert told("A map to get ideas from, not a finished map. Begin with a factor that you can do something "
                "about, and follow where it leads.") in page  # fmt: skip


def test_every_influence_is_told_in_a_sentence_at_both_of_its_ends(world: World, visit: Any) -> None:
    page = text_of(visit("system-map", "vera", slug="alvik"))
    for influence in shipped_map().influences:
        assert page.count(influence.text["sv"]) == 2


def test_a_region_makes_the_map_its_own_and_its_municipalities_see_it(world: World, visit: Any) -> None:
    assert visit("system-map-begin", "rut", data={}, **REGION).status_code == 302
    assert visit("factor-add", "rut", data=factor(), **REGION).status_code == 302
    hidden = factor(label="Glädje", layer="person")
    del hidden["is_shown"]
    visit("factor-edit", "rut", data=hidden, key="joy", **REGION)
    visit("influence-add", "rut", data={
        "source": "own_koer", "target": "trust", "direction": "less", "text": "Den som väntar tappar tilliten.",
        "is_shown": "on",
    }, **REGION)  # fmt: skip
    draft = text_of(visit("system-map-draft", "rut", **REGION))
    assert told("%(what)s: added", what="Köer") in draft
    assert told("%(what)s: hidden", what="Glädje") in draft
    assert "Köer" not in text_of(visit("system-map", "vera", slug="alvik"))
    visit("system-map-draft", "rut", data={"why": "Vi saknade väntan."}, **REGION)
    page = text_of(visit("system-map", "vera", slug="alvik"))
    assert 'data-factor="own_koer"' in page
    assert "Den som väntar tappar tilliten." in page
    assert 'data-factor="joy"' not in page
    assert "Vi saknade väntan." in text_of(visit("system-map-version-list", "vera", slug="alvik"))


def test_an_older_version_is_read_as_it_was_and_gone_back_to(world: World, visit: Any) -> None:
    published_map(world)
    visit("system-map-begin", "rut", data={}, **REGION)
    visit("factor-edit", "rut", data=factor(label="Väntan"), key="own_koer", **REGION)
    visit("system-map-draft", "rut", data={"why": "Ett bättre ord."}, **REGION)
    assert "Köer i vården" in text_of(visit("system-map-version-detail", "vera", slug="alvik", number=1))
    assert "Väntan" in text_of(visit("system-map", "vera", slug="alvik"))
    visit("system-map-restore", "rut", data={}, number=1, **REGION)
    visit("system-map-draft", "rut", data={"why": "Det gamla var bättre."}, **REGION)
    assert "Köer i vården" in text_of(visit("system-map", "vera", slug="alvik"))
    assert text_of(visit("system-map-version-list", "vera", slug="alvik")).count('class="card"') == 3


def test_a_draft_that_changes_nothing_or_says_no_why_is_not_published(world: World, visit: Any) -> None:
    published_map(world)
    visit("system-map-begin", "rut", data={}, **REGION)
    assert visit("system-map-draft", "rut", data={"why": ""}, **REGION).status_code == 422
    refused = visit("system-map-draft", "rut", data={"why": "Ingenting"}, **REGION)
    assert refused.status_code == 422
    assert told("Nothing is changed yet. Change something first, or throw the draft away.") in text_of(refused)


def test_there_is_one_draft_at_a_time_and_it_can_be_thrown_away(world: World, visit: Any) -> None:
    map_draft_of(world)
    page = visit("system-map-begin", "rut", data={}, **REGION)
    assert page.status_code == 302
    visit("system-map-discard", "rut", data={}, **REGION)
    with transaction.atomic(), scope(world.region.pk):
        assert not SystemMapVersion.objects.exists()
    assert told("Make the map your own") in text_of(visit("system-map-draft", "rut", **REGION))


@pytest.mark.parametrize(
    "given",
    [
        {"source": "joy", "target": "joy"},
        {"source": "leisure", "target": "joy"},
        {"source": "nonsense", "target": "joy"},
    ],
)
def test_an_influence_goes_once_from_one_factor_of_the_map_to_another(
    world: World, visit: Any, given: dict[str, str]
) -> None:
    map_draft_of(world)
    data = {"direction": "more", "text": "Så här.", "is_shown": "on", **given}
    assert visit("influence-add", "rut", data=data, **REGION).status_code == 422


def test_a_draft_is_known_to_nobody_outside_the_region(world: World, visit: Any) -> None:
    visit("system-map-begin", "rut", data={}, **REGION)
    visit("factor-add", "rut", data=factor(label="Hemlig faktor"), **REGION)
    for name in ("system-map", "system-map-version-list"):
        assert "Hemlig faktor" not in text_of(visit(name, "alma", slug="alvik"))
    with transaction.atomic(), scope(world.alvik.pk):
        assert not SystemMapVersion.objects.exists()


def test_the_database_lets_no_published_version_change(world: World) -> None:
    published_map(world)
    for deed in (lambda rows: rows.update(why="Annat"), lambda rows: rows.delete()):
        with transaction.atomic(), scope(world.region.pk), pytest.raises(Error), transaction.atomic():
            deed(SystemMapVersion.objects.filter(number=1))


def test_another_regions_version_is_not_this_regions(world: World, visit: Any) -> None:
    from tests.world import make_tenant

    with transaction.atomic():
        make_tenant("region", "98", "Region Sydvik")
    published_map(world)
    assert visit("system-map-version-detail", "bo", slug="bjorkvik", number=1).status_code == 200
    assert visit("system-map-version-detail", "bo", slug="bjorkvik", number=2).status_code == 404
