"""The idea bank: full from the start, shared by a deed, and never a way to another's notes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from datasets.content import find_factor
from datasets.models import AgeBand
from datasets.reach import Reach
from dialogues.content.methods import methods
from dialogues.models import Idea
from dialogues.services.ideas import idea_share, idea_withdraw
from tests.conftest import client_of
from tests.dialogues import at_work
from tests.rules.matrix.ideas import make_idea
from tests.world import World


def page(world: World, name: str, *args: Any, who: str = "alma", slug: str = "alvik", **query: Any) -> Any:
    return client_of(world, who).get(reverse(name, args=[slug, *args]), query)


def test_the_bank_is_full_from_the_start_and_says_what_it_rests_on() -> None:
    known = methods()
    assert 12 <= len(known) <= 20
    assert len({one.key for one in known}) == len(known)
    for one in known:
        assert one.references and all(find_factor(key) for key in one.factors)
        assert set(one.ages) <= set(AgeBand.values) and one.cost in Idea.Cost.values
        assert one.title["sv"] and one.title["en"] and one.text["sv"] and one.text["en"]


def test_an_idea_is_its_own_peoples_until_it_is_shared(world: World) -> None:
    with at_work(world):
        idea = make_idea(world, "Bara vår ännu")
    listed = reverse("idea-list", args=["bjorkvik"])
    bo = client_of(world, "bo")
    assert "Bara vår ännu" not in bo.get(listed).content.decode()
    assert bo.get(reverse("idea-detail", args=["bjorkvik", idea.pk])).status_code == 404
    address = reverse("idea-share", args=["alvik", idea.pk])
    assert client_of(world, "olle").post(address, {"reach": "members"}).status_code == 404
    client_of(world, "alma").post(address, {"reach": "members"})
    shown = bo.get(reverse("idea-detail", args=["bjorkvik", idea.pk])).content.decode()
    assert "Alvik" in shown and "Ändra texten" not in shown
    assert bo.post(reverse("idea-edit", args=["bjorkvik", idea.pk]), {"title": "Tagen"}).status_code == 404
    with at_work(world):
        idea_share(idea=idea, reach=Reach.OWN, by=world.alma)
    assert "Bara vår ännu" not in bo.get(listed).content.decode()


def test_only_who_may_open_things_shares_with_anyone(world: World) -> None:
    with at_work(world):
        idea = make_idea(world)
    client_of(world, "alma").post(reverse("idea-share", args=["alvik", idea.pk]), {"reach": "public"})
    with at_work(world):
        assert Idea.objects.get(pk=idea.pk).audience_id == world.alvik.pk


def test_it_is_found_by_theme_factor_cost_age_and_from_whom(world: World) -> None:
    with at_work(world):
        make_idea(world, "Söndagsöppet i Alvik")
    found = page(world, "idea-list", faktor="leisure", kostnad="low", alder="15-17", vems="own").content.decode()
    assert "Söndagsöppet i Alvik" in found
    assert "Söndagsöppet i Alvik" not in page(world, "idea-list", kostnad="high").content.decode()
    sleep = page(world, "idea-list", q="sömn").content.decode()
    assert "Kort kurs för bättre sömn" in sleep and "mentor" not in sleep.split("<main")[1].lower()


def test_we_tried_it_too_is_read_where_it_was_shared(world: World) -> None:
    with at_work(world):
        idea = make_idea(world)
        idea_share(idea=idea, reach=Reach.MEMBERS, by=world.alma)
    bo = client_of(world, "bo")
    told = {"outcome": "partly", "text": "Fungerade bäst på lovet", "reach": "members"}
    bo.post(reverse("idea-tried", args=["bjorkvik", idea.pk]), told)
    shown = page(world, "idea-detail", idea.pk).content.decode()
    assert "Björkvik" in shown and "Fungerade bäst på lovet" in shown and "Det hjälpte delvis" in shown
    bo.post(reverse("method-tried", args=["bjorkvik", "mentor"]), told | {"reach": "own", "text": "Hemligt än"})
    assert "Hemligt än" not in page(world, "method-detail", "mentor").content.decode()
    assert "Hemligt än" in bo.get(reverse("method-detail", args=["bjorkvik", "mentor"])).content.decode()
    assert bo.post(reverse("idea-tried", args=["bjorkvik", idea.pk]), {"text": ""}).status_code == 422


def test_what_is_withdrawn_is_gone_for_all(world: World) -> None:
    with at_work(world):
        idea = make_idea(world)
        idea_share(idea=idea, reach=Reach.MEMBERS, by=world.alma)
        idea_withdraw(idea=idea, by=world.alma)
    assert page(world, "idea-detail", idea.pk, who="bo", slug="bjorkvik").status_code == 404
    assert page(world, "idea-detail", idea.pk).status_code == 404


def test_a_person_is_not_put_into_the_bank(world: World) -> None:
    sent = {"title": "Stöd", "text": "Ring Karin Svensson på 070-123 45 67."}
    answer = client_of(world, "alma").post(reverse("idea-add", args=["alvik"]), sent)
    assert answer.status_code == 422 and "ser ut som en person" in answer.content.decode()
