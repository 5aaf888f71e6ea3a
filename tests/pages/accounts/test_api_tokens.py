"""Keys for programs: made by somebody who has just proved who they are, shown once, and ended in four ways."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApiToken, Membership
from accounts.services.api_tokens import api_token_make, api_token_withdraw
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.api.opened import opened_of, visitors
from tests.conftest import client_of
from tests.tables import published_dataset
from tests.world import World

LIST = "/api/v1/datasets/"


def made(world: World, *scopes: str, by: Any = None, days: int = 10) -> str:
    with transaction.atomic(), scope(world.alvik.pk):
        _token, key = api_token_make(
            name="Webbplatsen", scopes=scopes or ("datasets:read:internal",), by=by or world.adam,
            ends_on=timezone.localdate() + timedelta(days=days),
        )  # fmt: skip
    return key


def asked(key: str, address: str = LIST) -> Any:
    return Client().get(address, headers={"authorization": f"Bearer {key}"})


def titles(key: str) -> set[str]:
    response = asked(key)
    assert response.status_code == 200, response.content
    return {dataset["title"] for dataset in response.json()["datasets"]}


def test_the_key_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    client = client_of(world, "adam")
    ends = (timezone.localdate() + timedelta(days=30)).isoformat()
    given = {"name": "Webbplatsen", "scopes": ["datasets:read:internal"], "ends_on": ends}
    response = client.post(reverse("api-token-create", args=["alvik"]), given)
    assert response.status_code == 200 and "no-store" in response["Cache-Control"]
    (key,) = set(re.findall(r"vk_alvik_[0-9a-f]{48}", response.content.decode()))
    assert asked(key).status_code == 200
    page = client.get(reverse("api-token-list", args=["alvik"])).content.decode()
    assert "Webbplatsen" in page and key not in page
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE vaxtkraft_owner")
        cursor.execute("SELECT string_agg(t::text, '') FROM accounts_apitoken t")
        stored = cursor.fetchone()[0] or ""
        cursor.execute("SET ROLE vaxtkraft_web")
    assert key not in stored and key.rpartition("_")[2] not in stored
    with transaction.atomic(), scope(world.alvik.pk):
        event = AuditEvent.objects.get(verb="api_token.made")
        assert key not in str(event.details)


@pytest.mark.parametrize("ends", ["2020-01-01", "2099-01-01", "nonsense", ""])
def test_a_key_has_a_last_day_within_reach(world: World, ends: str) -> None:
    given = {"name": "x", "scopes": ["datasets:read:internal"], "ends_on": ends}
    assert client_of(world, "adam").post(reverse("api-token-create", args=["alvik"]), given).status_code == 422


def test_it_opens_what_is_internal_and_nothing_of_the_neighbours(world: World) -> None:
    published_dataset(world.alvik, "Inre")
    published_dataset(world.bjorkvik, "Grannens")
    opened_of(world.bjorkvik, world, "Grannens öppna", visitors())
    published_dataset(world.alvik, "Känsliga", sensitivity="sensitive", department=world.departments["Skola"])
    assert titles(made(world)) == {"Inre", "Grannens öppna"}
    assert titles(made(world, "datasets:read:internal", "datasets:read:sensitive")) == {
        "Inre", "Grannens öppna", "Känsliga",
    }  # fmt: skip
    assert {d["title"] for d in Client().get(LIST).json()["datasets"]} == {"Grannens öppna"}


def test_without_the_scope_a_sensitive_data_set_is_not_there_by_any_address(world: World) -> None:
    dataset = published_dataset(
        world.alvik, "Känsliga", sensitivity="sensitive", department=world.departments["Skola"]
    )
    key = made(world)
    for address in (
        f"{LIST}{dataset.pk}/", f"{LIST}{dataset.pk}/releases/", f"{LIST}{dataset.pk}/releases/1/",
        f"{LIST}{dataset.pk}/tables/main/data.csv", f"/api/px/v2/tables/VK{dataset.pk.hex[:12]}/data",
    ):  # fmt: skip
        assert asked(key, address).status_code == 404, address


def test_what_a_key_gives_is_kept_by_no_cache(world: World) -> None:
    published_dataset(world.alvik, "Inre")
    response = asked(made(world))
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert "Authorization" in response["Vary"]


def test_it_ends_by_withdrawal_by_its_day_and_with_its_maker(world: World) -> None:
    withdrawn, gone, moved = made(world), made(world), made(world)
    with transaction.atomic(), scope(world.alvik.pk):
        api_token_withdraw(token=ApiToken.objects.order_by("created_at").first(), by=world.adam)
    assert asked(withdrawn).status_code == 401
    with transaction.atomic(), scope(world.alvik.pk):
        ApiToken.objects.filter(withdrawn_at=None).order_by("created_at").filter(
            pk=ApiToken.objects.filter(withdrawn_at=None).order_by("created_at").values("pk")[:1]
        ).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert asked(gone).status_code == 401
    assert asked(moved).status_code == 200
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user=world.adam).update(role="coordinator")
    assert asked(moved).status_code == 401, "its maker may not make keys any more"
    with transaction.atomic(), scope(world.alvik.pk):
        Membership.objects.filter(user=world.adam).update(role="municipality_admin", is_active=False)
    assert asked(moved).status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        "Bearer", "Bearer ", "Bearer vk_alvik_", "Bearer vk_alvik_" + "0" * 48, "Basic YTpi",
        "Bearer vk_nowhere_x",
        "Bearer å", "Bearer " + "x" * 5000, "vk_alvik_x",
    ],
)  # fmt: skip
def test_a_key_that_does_not_work_is_refused_not_taken_for_nobodys(world: World, header: str) -> None:
    response = Client().get(LIST, headers={"authorization": header})
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Bearer"


def test_one_tenants_key_with_anothers_name_on_it_is_none(world: World) -> None:
    assert asked(made(world).replace("_alvik_", "_bjorkvik_")).status_code == 401


def test_of_its_use_the_day_is_known_and_nothing_more(world: World) -> None:
    key = made(world)
    asked(key)
    with transaction.atomic(), scope(world.alvik.pk):
        token = ApiToken.objects.get()
    assert token.last_used_on == timezone.localdate()


def test_withdrawing_is_a_button_that_everybody_can_see_the_result_of(world: World) -> None:
    key = made(world)
    with transaction.atomic(), scope(world.alvik.pk):
        token = ApiToken.objects.get()
    client = client_of(world, "adam")
    address = reverse("api-token-withdraw", kwargs={"slug": "alvik", "api_token_id": token.pk})
    page = client.post(address, follow=True).content.decode()
    assert "öppnar inget mer" in page and "Indragen" in page
    assert asked(key).status_code == 401
    assert "redan" in client.post(address, follow=True).content.decode()


def test_guessing_keys_is_slowed_before_the_database_is_asked(world: World, settings: Any) -> None:
    settings.API_CALLS = 1
    codes = [asked("vk_alvik_" + f"{n:048x}").status_code for n in range(15)]
    assert codes[:10] == [401] * 10
    assert set(codes[11:]) == {429}
