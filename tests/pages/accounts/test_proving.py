"""Step-up: rights are given and taken by somebody who has just proved who they are, not by an open session."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import Invitation, Membership
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.world import World

LONG_AGO = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1  # seconds


def vera(world: World) -> Membership:
    with scope(world.alvik.pk):
        found: Membership = Membership._base_manager.get(user=world.vera, tenant=world.alvik)
        return found


def deeds(world: World) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    member = {"membership_id": vera(world).pk}
    return [
        ("person-invite", {"name": "X", "email": "x@example.org", "role": "municipality_admin"}, {}),
        ("membership-change", {"role": "municipality_admin"}, member),
        ("membership-end", {}, member),
        ("second-person", {"is_needed": "no", "why": "Vi är få."}, {}),
        ("api-token-create", {"name": "x", "scopes": ["datasets:read:internal"], "ends_on": "2020-01-01"}, {}),
    ]


def rights(world: World) -> tuple[Any, ...]:
    world.alvik.refresh_from_db()
    with scope(world.alvik.pk):
        return vera(world).role, vera(world).is_active, Invitation.objects.count(), world.alvik.needs_second_person


@pytest.mark.parametrize("number", range(5))
def test_rights_are_given_by_somebody_who_has_just_proved_who_they_are(world: World, number: int) -> None:
    name, data, arguments = deeds(world)[number]
    before = rights(world)
    address = reverse(name, kwargs={"slug": "alvik", **arguments})
    answer = client_of(world, "adam", seconds_ago=LONG_AGO).post(address, data, follow=True)
    assert "/reauthenticate/?next=" in answer.redirect_chain[-1][0]
    assert "Inget har ändrats än" in answer.content.decode()
    assert rights(world) == before
    assert client_of(world, "adam").post(
        reverse(name, kwargs={"slug": "alvik", **arguments}), data
    ).status_code in (302, 422)


def test_after_proving_it_they_are_back_at_the_form(world: World) -> None:
    world.adam.set_password("ett långt lösenord, för prov")
    world.adam.save()
    member = reverse("membership-end", kwargs={"slug": "alvik", "membership_id": vera(world).pk})
    form = reverse("membership-change", kwargs={"slug": "alvik", "membership_id": vera(world).pk})
    left_open = client_of(world, "adam", seconds_ago=LONG_AGO)
    asked = left_open.post(member)
    back = left_open.post(asked["Location"], {"password": "ett långt lösenord, för prov", "next": form})
    assert (back.status_code, back["Location"]) == (302, form)
    assert left_open.get(form).status_code == 200
    left_open.post(member)
    assert not vera(world).is_active


def test_an_address_is_not_found_before_anybody_is_asked_who_they_are(world: World) -> None:
    address = reverse("membership-change", kwargs={"slug": "alvik", "membership_id": vera(world).pk})
    for who in ("alma", "bo"):
        assert client_of(world, who, seconds_ago=LONG_AGO).get(address).status_code == 404
