"""Departments and the log, and what the pages of accounts cost the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Department, Invitation, Membership, Tenant, User
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.rules.matrix import accounts as pages
from tests.world import World

MOST_QUERIES = 12
COMPOSED = {"start": 2}
"""What the other apps lay on a page of ours may ask a little more."""


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


def test_departments_are_added_and_renamed_and_stand_in_swedish_order(world: World) -> None:
    for name in ("Ängar", "Åldringar", "Öppenvård", "Zoologi"):
        assert post(world, "department-list", {"name": f"  {name} "}).status_code == 302
    page = text(world, "department-list")
    places = [
        page.index(f">{name}<") for name in ("Fritid", "Skola", "Zoologi", "Åldringar", "Ängar", "Öppenvård")
    ]
    assert places == sorted(places)
    skola = world.departments["Skola"].pk
    assert post(world, "department-rename", {"name": "Utbildning"}, department_id=skola).status_code == 302
    assert "Utbildning" in text(world, "department-list", "vera")
    assert {"department.added", "department.renamed"} <= verbs(world)


@pytest.mark.parametrize("name", ["", "   ", "skola", "SKOLA ", "x" * 101, "a\x00b"])
def test_a_department_without_a_name_of_its_own_is_refused(name: str, world: World) -> None:
    answer = post(world, "department-list", {"name": name})
    assert answer.status_code == 422
    assert 'href="#id_name"' in answer.content.decode()
    fritid = world.departments["Fritid"].pk
    assert post(world, "department-rename", {"name": name}, department_id=fritid).status_code == 422


def test_two_municipalities_may_call_a_department_the_same(world: World) -> None:
    with scope(world.bjorkvik.pk):
        Membership.objects.filter(user=world.bo).update(role="municipality_admin")
    answer = client_of(world, "bo").post(reverse("department-list", args=["bjorkvik"]), {"name": "Skola"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?fore=9" + "9" * 40, 200), ("?fore=-1", 200), ("?fore=x", 200), ("?fore=٣", 200),
        ("?vad=%27;--", 200), ("?vad=" + "x" * 9000, 200), ("?vad=%00", 404),
    ],
)  # fmt: skip
def test_the_log_stands_any_question(query: str, status: int, world: World) -> None:
    invite(world)
    client = client_of(world, "adam")
    assert client.get(reverse("audit-log", args=["alvik"]) + query).status_code == status


def test_the_log_names_who_did_what_and_nothing_they_wrote(world: World) -> None:
    invite(world)
    page = text(world, "audit-log")
    assert "Adam" in page
    assert "ny@example.org" not in page
    assert "Ny Person" not in page


@pytest.mark.parametrize("name", sorted(n for n, row in pages.MATRIX.items() if 200 in row.expected().values()))
def test_no_page_of_accounts_asks_the_database_often(name: str, world: World) -> None:
    """Also when a municipality is large: each person, department and event more costs no query more."""
    fill(world)
    row = pages.MATRIX[name]
    who = next(who for who, status in row.expected().items() if status == 200)
    address = reverse(name, kwargs=row.arguments(world))
    client = client_of(world, None if who == "anyone" else who)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    real = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(real) <= MOST_QUERIES + COMPOSED.get(name, 0), "\n".join(real)


def fill(world: World) -> None:
    """Thirty more of everything."""
    with scope(world.alvik.pk):
        departments = [
            Department.objects.create(name=f"Avdelning {number}", sort_key=f"avdelning {number:02}")
            for number in range(30)
        ]
        for number, department in enumerate(departments):
            user = User.objects.create_user(email=f"person{number}@example.org", name=f"Person {number}")
            Membership.objects.create(user=user, role="official", department=department)
            Invitation.objects.create(
                email=f"invited{number}@example.org",
                role="viewer",
                department=department,
                expires_at=timezone.now() + timedelta(days=1),
            )
    for number in range(5):
        Tenant.objects.create(
            kind="municipality",
            code=f"98{number:02}",
            name=f"Kommun {number}",
            official_name=f"Kommun {number}",
            sort_key=f"kommun {number}",
            slug=f"kommun-{number}",
            parent=world.region,
        )
