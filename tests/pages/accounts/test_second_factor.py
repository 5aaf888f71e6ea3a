"""The second factor: set up, used, lost; and nothing of anybody's is seen without one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from portal.embedded.layout import REPOSITORY
from tests.conftest import client_of
from tests.plugins.database import role_url
from tests.world import World

PASSWORD = "tre gröna krukor"
SET_UP = "/konto/andra-steget/"


def code_of(secret: str, *, steps: int = 0) -> str:
    """The six digits that an authenticator app shows (RFC 6238), now or some half minutes away."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret, casefold=True), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def make_newcomer(world: World, name: str = "alma") -> User:
    """A person with a password and no second factor."""
    user = world.people[name]
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.filter(user=user).delete()
    return user


@pytest.fixture
def newcomer(world: World) -> User:
    return make_newcomer(world)


def enter_password(user: User) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as its page says; gives the secret that the app keeps."""
    page = client.get(reverse("mfa_activate_totp"))
    found = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7=]+)"', page.content.decode())
    assert found, page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert answer.status_code == 302, answer.content.decode()
    return found[1]


def recovery_codes(client: Client) -> list[str]:
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found, page
    return found[1].split()


def test_from_password_to_app_to_the_start_page_and_in_again_with_a_code(newcomer: User) -> None:
    client, answer = enter_password(newcomer)
    assert client.get(answer.url, follow=True).redirect_chain[-1] == (SET_UP, 302)
    secret = set_up_app(client)
    assert client.get(reverse("start", args=["alvik"])).status_code == 200

    again, answer = enter_password(newcomer)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert again.get(reverse("start", args=["alvik"])).status_code == 302, "the password alone opens nothing"
    code = code_of(secret)
    assert again.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert again.get(reverse("start", args=["alvik"])).status_code == 200

    thief, _ = enter_password(newcomer)
    assert thief.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200, "a code works once"
    assert thief.get(reverse("start", args=["alvik"])).status_code == 302


@pytest.mark.parametrize("steps", [-20, 20])
def test_a_code_of_another_time_does_not_work(steps: int, newcomer: User) -> None:
    client, _ = enter_password(newcomer)
    secret = set_up_app(client)
    late, _ = enter_password(newcomer)
    assert late.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=steps)}).status_code == 200
    assert late.get(reverse("start", args=["alvik"])).status_code == 302


def test_guessing_codes_is_slowed_down(newcomer: User) -> None:
    client, _ = enter_password(newcomer)
    secret = set_up_app(client)
    guesser, _ = enter_password(newcomer)
    for number in range(12):
        last = guesser.post(reverse("mfa_authenticate"), {"code": f"{number:06d}"})
    assert last.status_code == 429 or "För många" in last.content.decode()
    tried = guesser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert tried.status_code != 302


def test_a_lost_phone_is_replaced_by_a_recovery_code_that_works_once(newcomer: User) -> None:
    client, _ = enter_password(newcomer)
    set_up_app(client)
    codes = recovery_codes(client)
    assert len(codes) >= 8
    assert len(set(codes)) == len(codes)

    without_phone, _ = enter_password(newcomer)
    assert without_phone.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert without_phone.get(reverse("start", args=["alvik"])).status_code == 200
    thief, _ = enter_password(newcomer)
    assert thief.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert thief.get(reverse("start", args=["alvik"])).status_code == 302


def test_secrets_at_rest_are_of_no_use_to_whoever_reads_a_backup(newcomer: User) -> None:
    client, _ = enter_password(newcomer)
    secret = set_up_app(client)
    codes = recovery_codes(client)
    kept = json.dumps(list(Authenticator.objects.filter(user=newcomer).values_list("data", flat=True)))
    assert secret not in kept
    assert not [code for code in codes if code in kept]
    seed = Authenticator.objects.get(user=newcomer, type="recovery_codes").data.get("seed", "")
    assert len(seed) > 60, "sealed, not the bare seed"


def test_whoever_takes_the_second_factor_away_is_held_at_once(newcomer: User) -> None:
    client, _ = enter_password(newcomer)
    set_up_app(client)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(reverse("start", args=["alvik"])).headers["Location"] == SET_UP
    assert not Authenticator.objects.filter(user=newcomer).exists(), "recovery codes alone are no second factor"


def test_a_second_factor_is_not_taken_away_by_whoever_finds_an_open_session(newcomer: User) -> None:
    client, _ = enter_password(newcomer)
    set_up_app(client)
    session = client.session
    session["began_at"] = (timezone.now() - timedelta(minutes=11)).isoformat()
    session.save()
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_add_webauthn"):
        assert "reauthenticate" in client.get(reverse(name)).headers["Location"]
    assert Authenticator.objects.filter(user=newcomer, type="totp").exists()


@pytest.mark.parametrize(
    "path", ["/k/alvik", "//k/alvik/", "/K/alvik/", "/k/alvik/..%2f..%2fkonto/", "/konto/../k/alvik/"]
)
def test_no_way_of_writing_an_address_walks_around_it(path: str, world: World) -> None:
    Authenticator.objects.all().delete()
    response = client_of(world, "adam").get(path)
    assert response.status_code in (301, 302, 404)
    assert "Skola" not in response.content.decode()


def test_who_is_shut_off_is_out_of_every_page_and_cannot_come_back(newcomer: User, world: World) -> None:
    client, _ = enter_password(newcomer)
    secret = set_up_app(client)
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    for name in ("start", "person-list", "municipality-home"):
        assert client.get(reverse(name, args=["alvik"])).headers["Location"].startswith("/konto/login/")
    back, answer = enter_password(newcomer)
    back.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert back.get(reverse("home")).status_code == 302
    assert "_auth_user_id" not in back.session
    assert answer.status_code in (200, 302)


def over_https(*command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process that serves https://vaxtkraft.example as the role `web`."""
    # What a browser test in the same process set is no part of a deployment.
    left_out = ("DATABASE_ASSUME_ROLE", "SECRET_KEY_FILE", "DJANGO_ALLOW_ASYNC_UNSAFE")
    return subprocess.run(
        [sys.executable, *command],
        env={
            **{name: value for name, value in os.environ.items() if name not in left_out},
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": role_url("web"),
            "VAXTKRAFT_BASE_URL": "https://vaxtkraft.example",
            "ALLOWED_HOSTS": "vaxtkraft.example",
        },
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_own_check_of_a_deployment_finds_nothing() -> None:
    checked = over_https("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


SIGN_IN_OVER_HTTPS = """
import django, json, sys
django.setup()
from django.test import Client
client = Client(headers={"host": "vaxtkraft.example"})
in_the_clear = client.get("/konto/login/")
page = client.get("/konto/login/", secure=True)
client.post("/konto/login/", {"login": sys.argv[1], "password": sys.argv[2]}, secure=True)
cookies = {name: dict(cookie) for name, cookie in client.cookies.items()}
print(json.dumps([in_the_clear.status_code, in_the_clear.headers["Location"], dict(page.headers), cookies]))
"""


def test_cookies_over_https_cannot_be_read_by_scripts_or_sent_in_the_clear(committed: World) -> None:
    with transaction.atomic():
        user = make_newcomer(committed)
    told = over_https("-c", SIGN_IN_OVER_HTTPS, user.email, PASSWORD)
    assert told.returncode == 0, told.stderr
    status, location, headers, cookies = json.loads(told.stdout)
    assert (status, location) == (301, "https://vaxtkraft.example/konto/login/")
    assert int(re.search(r"max-age=(\d+)", headers["Strict-Transport-Security"])[1]) >= 365 * 24 * 3600  # type: ignore[index]
    assert {"__Host-session", "__Host-csrf"} <= set(cookies)
    for name in ("__Host-session", "__Host-csrf"):
        kept = cookies[name]
        assert (kept["secure"], kept["httponly"], kept["samesite"]) == (True, True, "Lax")
        assert (kept["path"], kept["domain"]) == ("/", "")
    assert cookies["__Host-session"]["max-age"] == "", "gone when the browser closes"


@pytest.mark.browser
def test_a_passkey_is_made_and_opens_the_door_in_a_real_browser(
    window: Callable[..., Any], site: str, committed: World
) -> None:
    """With an authenticator of the browser's own making; the page keeps to the Content-Security-Policy."""
    with transaction.atomic():
        user = make_newcomer(committed)
    page, home = window(), site.replace("127.0.0.1", "localhost")  # an address of numbers can't have passkeys
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(f"{home}/konto/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/andra-steget/")
    page.click("a[href*=webauthn]")
    page.wait_for_url("**/webauthn/add/")
    page.fill("input[name=name]", "Min telefon")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")

    page.context.clear_cookies()
    page.goto(f"{home}/konto/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/k/alvik/")
    assert "Alvik" in page.content()
