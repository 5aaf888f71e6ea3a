"""Signing in: passwords, second factors, sessions, the demo's one click."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.conftest import client_of
from tests.world import World

PASSWORD = "tre gröna krukor"


@pytest.fixture
def alma(world: World) -> User:
    user = world.alma
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(email: str, password: str) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_password_alone_leads_to_the_second_step(alma: User) -> None:
    client, response = sign_in(alma.email, PASSWORD)
    assert response.status_code == 302
    assert response.url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("start", args=["alvik"])).status_code == 302


def test_who_has_no_second_factor_is_held_at_the_page_that_sets_one_up(alma: User) -> None:
    Authenticator.objects.filter(user=alma).delete()
    client, _ = sign_in(alma.email, PASSWORD)
    for address in (reverse("start", args=["alvik"]), reverse("person-list", args=["alvik"]), reverse("home")):
        response = client.get(address)
        assert (response.status_code, response.url) == (302, reverse("account-second-factor"))
    assert client.get(reverse("account-second-factor")).status_code == 200


@pytest.mark.parametrize("email", ["alma@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(alma: User, email: str) -> None:
    _, response = sign_in(email, "wrong password entirely")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    assert response.status_code == 200
    assert text.replace(email, "") == _page_of_unknown()


def _page_of_unknown() -> str:
    _, response = sign_in("somebody@example.org", "wrong password entirely")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return text.replace("somebody@example.org", "")


def test_guessing_is_slowed_down(alma: User) -> None:
    answers = [sign_in(alma.email, f"guess number {n}")[1].content.decode() for n in range(7)]
    assert "För många" not in answers[0]
    assert "För många" in answers[-1]


def test_a_forgotten_password_is_reset_by_mail_and_an_unknown_address_tells_nothing(alma: User) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": alma.email})
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    to_alma = [message for message in mail.outbox if message.to == [alma.email]]
    assert len(to_alma) == 1


def test_nobody_signs_up_by_themselves(db: None) -> None:
    client = Client()
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_session_ends_after_ten_hours(world: World) -> None:
    client = client_of(world, "alma")
    assert client.get(reverse("account-security")).status_code == 200
    session = client.session
    session["began_at"] = (timezone.now() - timedelta(hours=10, minutes=1)).isoformat()
    session.save()
    assert client.get(reverse("account-security")).status_code == 302


def test_a_person_who_was_shut_off_is_out_at_once(world: World) -> None:
    client = client_of(world, "alma")
    assert client.get(reverse("account-security")).status_code == 200
    User.objects.filter(pk=world.alma.pk).update(is_active=False)
    assert client.get(reverse("account-security")).status_code == 302


@override_settings(IS_DEMO=True)
def test_one_click_signs_in_as_a_demo_person_and_as_nobody_else(world: World) -> None:
    demo = User.objects.create_user(email="demo@example.org", name="Demo, samordnare i Demo", is_demo=True)
    client = Client()
    assert client.post(reverse("demo-sign-in", args=[world.alma.pk])).status_code == 404
    assert client.post(reverse("demo-sign-in", args=[demo.pk])).status_code == 302
    assert client.session["_auth_user_id"] == str(demo.pk)


def test_switching_leads_only_to_own_tenants(world: World) -> None:
    client = client_of(world, "alma")
    assert client.post(reverse("tenant-switch"), {"tenant": "bjorkvik"}).url == reverse("home")
    assert client.post(reverse("tenant-switch"), {"tenant": "alvik"}).url == reverse("start", args=["alvik"])


def test_pages_come_with_a_strict_policy_and_are_not_framed(world: World) -> None:
    response = client_of(world, "alma").get(reverse("account-security"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
