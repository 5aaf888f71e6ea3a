"""Forgetting a person: nothing that is stored names them any more, and nobody gets in by their address."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.models import Membership, User
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of, working_as
from tests.pages.accounts.test_second_factor import enter_password, make_newcomer, set_up_app
from tests.world import World


def everywhere(words: str) -> list[str]:
    """The tables in which some row has these words in it."""
    found = []
    with working_as("backup"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{words}%"])
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


def test_an_erased_person_is_named_nowhere_and_the_log_tells_it(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    alma = make_newcomer(world)
    set_up_app(enter_password(alma)[0])
    assert everywhere("alma@example.org")
    call_command("person_erase", "  ALMA@example.org ")
    assert "Memberships that ended: 1" in capsys.readouterr().out
    assert everywhere("alma@example.org") == []
    erased = User.objects.get(pk=alma.pk)
    assert not erased.is_active and erased.name == "" and not erased.has_usable_password()
    assert not Authenticator.objects.filter(user=erased).exists()
    with scope(world.alvik.pk):
        assert not Membership.objects.filter(user=erased, is_active=True).exists()
        event = AuditEvent.objects.get(verb="person.erased")
    assert event.target_id == alma.pk and "alma" not in str(event.details).lower()


def test_a_session_that_was_open_ends(world: World) -> None:
    client = client_of(world, "fia")
    assert client.get(reverse("start", args=["alvik"])).status_code == 200
    call_command("person_erase", "fia@example.org")
    assert client.get(reverse("start", args=["alvik"])).status_code in (302, 404)


def test_two_people_can_be_erased(world: World) -> None:
    for name in ("fia", "vera"):
        call_command("person_erase", f"{name}@example.org")
    assert User.objects.filter(email__endswith="@erased.invalid").count() == 2


def test_the_last_admin_is_not_erased_and_nothing_is_changed(world: World) -> None:
    with pytest.raises(CommandError, match="admin"):
        call_command("person_erase", "adam@example.org")
    assert User.objects.get(email="adam@example.org").is_active


def test_an_address_that_nobody_has_is_told_so(world: World) -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("person_erase", "nobody@example.org")
