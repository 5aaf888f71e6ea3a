"""People, roles, invitations and departments: what an admin does, and what others see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Department, Invitation, Membership, User
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.world import World

RunJobs = Callable[[], list[str]]


def post(
    world: World, name: str, data: dict[str, Any] | None = None, *, who: str = "adam", **arguments: Any
) -> Any:
    address = reverse(name, kwargs={"slug": "alvik", **arguments})
    return client_of(world, who).post(address, data or {})


def text(world: World, name: str, who: str = "adam", **arguments: Any) -> str:
    response = client_of(world, who).get(reverse(name, kwargs={"slug": "alvik", **arguments}))
    assert response.status_code == 200
    return response.content.decode()


def membership(world: World, name: str) -> Membership:
    with scope(world.alvik.pk):
        found: Membership = Membership.objects.get(user=world.people[name])
        return found


def invitations(world: World) -> list[Invitation]:
    with scope(world.alvik.pk):
        return list(Invitation.objects.all())


def verbs(world: World) -> set[str]:
    with scope(world.alvik.pk):
        return set(AuditEvent.objects.values_list("verb", flat=True))


def invite(world: World, email: str = "ny@example.org", **changes: Any) -> Any:
    return post(world, "person-invite", {"name": "Ny Person", "email": email, "role": "viewer", **changes})


def test_members_are_listed_with_role_and_department(world: World) -> None:
    page = text(world, "person-list", "vera")
    for name in ("Alma", "Adam", "Dag", "Vera", "Gun"):
        assert name in page
    assert "Samordnare" in page
    assert "Skola" in page
    assert "Bo<" not in page


@pytest.mark.parametrize("who", ["alma", "dag", "fia", "olle", "vera"])
def test_addresses_and_invitations_are_for_admins_only(who: str, world: World) -> None:
    invite(world)
    page = text(world, "person-list", who).replace(f"{who}@example.org", "their own, in the account menu")
    assert "@example.org" not in page
    assert "Ny Person" not in page
    assert reverse("person-invite", args=["alvik"]) not in page
    assert "alma@example.org" in text(world, "person-list", "adam")


def test_a_role_is_explained_where_it_is_given(world: World) -> None:
    for page in (
        text(world, "person-invite"),
        text(world, "membership-change", membership_id=membership(world, "vera").pk),
    ):
        assert "Läser datamängder" in page
        assert "Regional" not in page, "a role of regions only"
        assert 'value="guest"' not in page, "guests are invited to a dialogue, not here"


def test_an_invitation_is_sent_by_a_job_and_shows_how_far_it_has_come(world: World, run_jobs: RunJobs) -> None:
    assert invite(world).status_code == 302
    assert "mejlet skrivs" in text(world, "person-list").lower()
    assert run_jobs() == ["accounts.invitation_mail"]
    assert [message.to for message in mail.outbox] == [["ny@example.org"]]
    assert "gäller till" in text(world, "person-list").lower()
    assert "invitation.sent" in verbs(world)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"), ("email", ""), ("email", "a" * 250 + "@example.org"), ("email", "a@b\x00.se"),
        ("name", ""), ("name", "x" * 101), ("role", ""), ("role", "guest"), ("role", "regional_admin"),
        ("role", "superuser"), ("department", "not a number"),
        ("department", "5c0d8a52-7a64-4f0e-9d0c-3a4c6c1d2e3f"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_says_where_and_keeps_what_was_written(field: str, value: str, world: World) -> None:
    response = invite(world, **{"email": "kvar@example.org", "name": "Kvar Skriven", field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert "error-summary" in page
    assert f'href="#id_{field}"' in page
    assert "kvar@example.org" in page or "Kvar Skriven" in page
    assert invitations(world) == []


def test_an_address_invited_already_is_not_invited_twice(world: World) -> None:
    invite(world)
    response = invite(world, "NY@example.org ")
    assert response.status_code == 422
    assert "väntar på svar" in response.content.decode()
    assert len(invitations(world)) == 1


def test_an_address_known_elsewhere_is_invited_like_any_other(world: World) -> None:
    """Nothing tells an admin of Alvik that Bo works in Björkvik."""
    unknown = invite(world, "ny@example.org")
    known = invite(world, "bo@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_department_of_another_municipality_is_no_choice(world: World) -> None:
    with scope(world.bjorkvik.pk):
        foreign = Department.objects.create(name="Björkviks hamn", sort_key="hamn")
    assert "hamn" not in text(world, "person-invite")
    assert invite(world, department=str(foreign.pk)).status_code == 422
    vera = membership(world, "vera")
    answer = post(
        world, "membership-change", {"role": "viewer", "department": str(foreign.pk)}, membership_id=vera.pk
    )
    assert answer.status_code == 422
    assert "hamn" not in answer.content.decode()


def test_sending_again_makes_the_old_link_useless(world: World, run_jobs: RunJobs) -> None:
    invite(world)
    run_jobs()
    [invitation] = invitations(world)
    with scope(world.alvik.pk):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert "gått ut" in text(world, "person-list").lower()
    assert post(world, "invitation-resend", invitation_id=invitation.pk).status_code == 302
    run_jobs()
    links = [message.body.split("http://testserver")[1].split()[0] for message in mail.outbox]
    old, new = links
    visitor = client_of(world, None)
    assert visitor.get(old).status_code == 410
    assert visitor.get(new).status_code == 200


def test_a_withdrawn_invitation_opens_nothing_and_can_be_made_anew(world: World, run_jobs: RunJobs) -> None:
    invite(world)
    run_jobs()
    [invitation] = invitations(world)
    assert post(world, "invitation-withdraw", invitation_id=invitation.pk).status_code == 302
    link = mail.outbox[0].body.split("http://testserver")[1].split()[0]
    assert client_of(world, None).get(link).status_code == 410
    assert "ny@example.org" not in text(world, "person-list")
    for name in ("invitation-withdraw", "invitation-resend"):
        page = client_of(world, "adam").post(
            reverse(name, kwargs={"slug": "alvik", "invitation_id": invitation.pk}), follow=True
        )
        assert "tillbakadragen" in page.content.decode() or "dragits tillbaka" in page.content.decode()
    assert run_jobs() == []
    assert invite(world).status_code == 302
    assert {"invitation.withdrawn"} <= verbs(world)


def test_an_invitation_withdrawn_before_its_mail_was_written_sends_none(world: World, run_jobs: RunJobs) -> None:
    invite(world)
    post(world, "invitation-withdraw", invitation_id=invitations(world)[0].pk)
    run_jobs()
    assert mail.outbox == []


def test_a_role_and_a_department_are_changed_and_hold_at_once(world: World) -> None:
    vera = membership(world, "vera")
    data = {"role": "data_steward", "department": str(world.departments["Fritid"].pk)}
    assert post(world, "membership-change", data, membership_id=vera.pk).status_code == 302
    changed = membership(world, "vera")
    assert (changed.role, changed.department_id) == ("data_steward", world.departments["Fritid"].pk)
    assert "membership.changed" in verbs(world)
    assert world.vera.has_perm("datasets.import_file", world.alvik) is False, "asked before, remembered"
    again = User.objects.get(pk=world.vera.pk)
    with scope(world.alvik.pk):
        assert again.has_perm("datasets.import_file", world.alvik)


@pytest.mark.parametrize("role", ["regional_admin", "guest", "owner", ""])
def test_a_role_that_cannot_be_given_here_is_refused(role: str, world: World) -> None:
    vera = membership(world, "vera")
    answer = post(world, "membership-change", {"role": role}, membership_id=vera.pk)
    assert answer.status_code == 422
    assert membership(world, "vera").role == "viewer"


def test_the_last_admin_stays_one(world: World) -> None:
    adam = membership(world, "adam")
    answer = post(world, "membership-change", {"role": "viewer"}, membership_id=adam.pk)
    assert answer.status_code == 422
    assert "Någon måste vara administratör" in answer.content.decode()
    assert membership(world, "adam").role == "municipality_admin"
    post(world, "membership-change", {"role": "municipality_admin"}, membership_id=membership(world, "alma").pk)
    assert post(world, "membership-change", {"role": "viewer"}, membership_id=adam.pk).status_code == 302


def test_who_leaves_is_out_at_once_and_can_come_back(world: World, run_jobs: RunJobs) -> None:
    vera = membership(world, "vera")
    client = client_of(world, "vera")
    assert client.get(reverse("start", args=["alvik"])).status_code == 200
    assert post(world, "membership-end", membership_id=vera.pk).status_code == 302
    assert client.get(reverse("start", args=["alvik"])).status_code == 404
    assert "Vera" not in text(world, "person-list")
    assert post(world, "membership-end", membership_id=vera.pk).status_code == 404

    invite(world, "vera@example.org", role="official")
    run_jobs()
    link = mail.outbox[0].body.split("http://testserver")[1].split()[0]
    assert client_of(world, "vera").post(link).status_code == 302
    assert (membership(world, "vera").role, membership(world, "vera").is_active) == ("official", True)


@pytest.mark.parametrize("who", ["alma", "dag", "vera", "gun", "rut", "bo"])
def test_nobody_but_an_admin_changes_anything(who: str, world: World) -> None:
    invite(world)
    [invitation] = invitations(world)
    vera, department = membership(world, "vera"), world.departments["Skola"]
    attempts: list[tuple[str, dict[str, str], dict[str, UUID]]] = [
        ("person-invite", {"name": "X", "email": "x@example.org", "role": "viewer"}, {}),
        ("membership-change", {"role": "municipality_admin"}, {"membership_id": vera.pk}),
        ("membership-end", {}, {"membership_id": vera.pk}),
        ("invitation-resend", {}, {"invitation_id": invitation.pk}),
        ("invitation-withdraw", {}, {"invitation_id": invitation.pk}),
        ("department-rename", {"name": "Kapad"}, {"department_id": department.pk}),
        ("agreement-note", {}, {}),
    ]
    before = verbs(world)
    for name, data, arguments in attempts:
        assert post(world, name, data, who=who, **arguments).status_code == 404, name
    post(world, "department-list", {"name": "Ny"}, who=who)
    with scope(world.alvik.pk):
        assert set(Department.objects.values_list("name", flat=True)) == {"Skola", "Fritid"}
    assert verbs(world) == before
