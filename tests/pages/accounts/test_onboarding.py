"""A regional admin takes a municipality on board; its first admin arrives."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.errors import AccountsError
from accounts.models import Invitation, Membership, Onboarding, Tenant, User
from accounts.services.onboarding import municipality_onboard
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.world import World

FORM = {"code": "0186", "admin_name": "Ylva Ek", "admin_email": "Ylva@example.org"}


@pytest.fixture
def stockholm(world: World) -> World:
    Tenant.objects.filter(pk=world.region.pk).update(code="01")
    world.region.code = "01"
    return world


def onboard(world: World, **changes: str) -> Any:
    client = client_of(world, "rut")
    return client.post(reverse("onboarding-create", args=["region-nordvik"]), FORM | changes)


def link_in(message: Any) -> str:
    found = re.search(r"http://\S+(/inbjudan/\S+)", message.body)
    assert found, message.body
    return found[1]


def test_from_the_official_list_to_the_admins_first_page(
    stockholm: World, run_jobs: Callable[[], list[str]]
) -> None:
    assert onboard(stockholm).status_code == 302
    tenant = Tenant.objects.get(code="0186")
    assert (tenant.name, tenant.official_name, tenant.slug) == ("Lidingö", "Lidingö kommun", "lidingo")
    assert "accounts.invitation_mail" in run_jobs()

    [message] = mail.outbox
    assert message.to == ["ylva@example.org"]
    link = link_in(message)
    client = Client()
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200, "looking consumes nothing"
    page = client.get(link)
    # The link leaves with nobody; the form's own origin must still be told, or its protection refuses it.
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("same-origin", "no-store")
    joined = client.post(link, {"name": "Ylva Ek", "password": "tre gröna krukor"})
    assert (joined.status_code, joined.url) == (302, reverse("account-second-factor"))

    with scope(tenant.pk):
        assert Membership.objects.get().role == "municipality_admin"
        assert Onboarding.objects.get().admin_active_at is not None
        assert {e.verb for e in AuditEvent.objects.all()} >= {"municipality.onboarded", "invitation.accepted"}
    listed = client_of(stockholm, "rut").get(reverse("onboarding-list", args=["region-nordvik"]))
    assert "Lidingö" in listed.content.decode()


def test_an_invitation_works_once(stockholm: World, run_jobs: Callable[[], list[str]]) -> None:
    onboard(stockholm)
    run_jobs()
    link = link_in(mail.outbox[0])
    Client().post(link, {"name": "Ylva Ek", "password": "tre gröna krukor"})
    again = Client().post(link, {"name": "Somebody Else", "password": "fyra blå krukor"})
    assert again.status_code == 410
    assert User.objects.filter(email="ylva@example.org").count() == 1


def test_an_expired_invitation_says_what_to_do(stockholm: World, run_jobs: Callable[[], list[str]]) -> None:
    onboard(stockholm)
    run_jobs()
    with scope(Tenant.objects.get(code="0186").pk):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    response = Client().get(link_in(mail.outbox[0]))
    assert response.status_code == 410
    assert "skicka en ny" in response.content.decode()


def test_an_address_with_an_account_joins_only_when_signed_in_as_it(
    stockholm: World, run_jobs: Callable[[], list[str]]
) -> None:
    onboard(stockholm, admin_email="bo@example.org")
    run_jobs()
    link = link_in(mail.outbox[0])
    assert Client().post(link, {"name": "Thief", "password": "tre gröna krukor"}).status_code == 403
    assert client_of(stockholm, "alma").post(link).status_code == 403
    assert client_of(stockholm, "bo").post(link).status_code == 302
    with scope(Tenant.objects.get(code="0186").pk):
        assert Membership.objects.get().user_id == stockholm.bo.pk


@pytest.mark.parametrize("code", ["0000", "9999", "1480", "186", ""])
def test_a_code_that_is_no_municipality_of_the_region_is_refused_in_words(stockholm: World, code: str) -> None:
    response = onboard(stockholm, code=code)
    assert response.status_code == 422
    assert not Tenant.objects.filter(code=code).exists()
    assert "error-summary" in response.content.decode()


def test_a_weak_password_is_explained_and_the_invitation_still_works(
    stockholm: World, run_jobs: Callable[[], list[str]]
) -> None:
    onboard(stockholm)
    run_jobs()
    link = link_in(mail.outbox[0])
    assert Client().post(link, {"name": "Ylva Ek", "password": "kort"}).status_code == 422
    assert Client().post(link, {"name": "Ylva Ek", "password": "tre gröna krukor"}).status_code == 302


def test_two_admins_who_onboard_the_same_municipality_at_once(committed: World) -> None:
    Tenant.objects.filter(pk=committed.region.pk).update(code="01")
    committed.region.code = "01"
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def attempt() -> None:
        start.wait()
        try:
            with transaction.atomic(), scope(committed.region.pk):
                municipality_onboard(
                    region=committed.region,
                    code="0187",
                    admin_name="A",
                    admin_email="a@example.org",
                    by=committed.rut,
                )
            outcomes.append("done")
        except AccountsError as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 1
    assert any("Vaxholm" in outcome for outcome in outcomes)
    tenant = Tenant.objects.get(code="0187")
    with transaction.atomic(), scope(tenant.pk):
        assert Invitation.objects.count() == 1


def test_habo_and_habo_with_a_ring_get_different_addresses(world: World) -> None:
    from accounts.reference import Municipality, find
    from accounts.services.onboarding import tenant_create

    slugs = []
    for code in ("0305", "0643"):
        municipality = find(code)
        assert isinstance(municipality, Municipality)
        slugs.append(tenant_create(municipality=municipality, region=world.region).slug)
    assert len(set(slugs)) == 2


def test_an_address_that_is_a_member_is_not_invited_again(world: World) -> None:
    data = {"name": "Olle", "email": "OLLE@example.org", "role": "viewer"}
    response = client_of(world, "adam").post(reverse("person-invite", args=["alvik"]), data)
    assert response.status_code == 422
    assert "är redan medlem" in response.content.decode()


def test_the_last_admin_cannot_leave(world: World) -> None:
    with scope(world.alvik.pk):
        adam = Membership.objects.get(user=world.adam)
    client_of(world, "adam").post(reverse("membership-end", args=["alvik", adam.pk]))
    with scope(world.alvik.pk):
        assert Membership.objects.get(pk=adam.pk).is_active


def test_the_checklist_shows_what_the_municipality_did_and_nothing_else(world: World) -> None:
    client_of(world, "adam").post(reverse("agreement-note", args=["alvik"]))
    with scope(world.alvik.pk):
        onboarding = Onboarding.objects.get()
        assert onboarding.agreement_noted_at is not None
    page = client_of(world, "rut").get(reverse("onboarding-detail", args=["region-nordvik", onboarding.pk]))
    text = page.content.decode()
    assert "1 av 5" in text
    assert "alma@example.org" not in text


def test_whoever_runs_the_installation_makes_the_first_region(db: None, run_jobs: Callable[[], list[str]]) -> None:
    call_command("region_create", "14", admin_name="Siv", admin_email="siv@example.org")
    region = Tenant.objects.get(code="14")
    assert region.official_name == "Västra Götalandsregionen"
    assert "accounts.invitation_mail" in run_jobs()
    assert mail.outbox[0].to == ["siv@example.org"]
    for code in ("14", "99", "1"):
        with pytest.raises(CommandError):
            call_command("region_create", code, admin_name="Siv", admin_email="siv@example.org")
