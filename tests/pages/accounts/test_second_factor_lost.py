"""Phone and recovery codes are gone, or the key that sealed them: who helps, and who can't help themselves."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.pages.accounts.test_second_factor import SET_UP, code_of, enter_password, make_newcomer, set_up_app
from tests.world import World


def test_whoever_runs_the_installation_lets_a_person_begin_anew(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    alma = make_newcomer(world)
    set_up_app(enter_password(alma)[0])
    call_command("second_factor_remove", "  ALMA@example.org ")
    assert "Removed: 2" in capsys.readouterr().out
    client, _ = enter_password(alma)
    assert client.get(reverse("start", args=["alvik"])).headers["Location"] == SET_UP
    with scope(world.alvik.pk):
        assert AuditEvent.objects.get(verb="second_factor.removed").target_id == alma.pk


def test_an_address_that_nobody_has_is_told_so(world: World) -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("second_factor_remove", "nobody@example.org")


def test_a_changed_key_opens_what_the_former_one_sealed(world: World, settings: Any) -> None:
    alma = make_newcomer(world)
    secret = set_up_app(enter_password(alma)[0])
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key " * 6
    client, _ = enter_password(alma)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302


def test_a_lost_key_lets_nobody_in_and_breaks_no_page(
    world: World, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    alma = make_newcomer(world)
    secret = set_up_app(enter_password(alma)[0])
    settings.SECRET_KEY = "another key " * 6
    client, _ = enter_password(alma)
    for code in (code_of(secret), "000000", ""):
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert client.get(reverse("start", args=["alvik"])).status_code == 302
    assert "sealed with another SECRET_KEY" in caplog.text
    assert Authenticator.objects.filter(user=alma).exists()
