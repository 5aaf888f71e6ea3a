"""While Valkey is stopped or stalls, guessing passwords is still slowed down, and pages still come in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal import caching
from portal.embedded.layout import Var
from portal.embedded.servers import redis_url
from portal.embedded.valkey import ValkeyServer
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.faults.gate import Gate, State, gate_before
from tests.world import World

PASSWORD = "tre gröna krukor"
NOT_ANSWERING: list[State] = ["closed", "stalled"]


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    var = Var(tmp_path_factory.mktemp("valkey"))
    # Valkey may run as another account than this one.
    for folder in (var.root, *list(var.root.parents)[:2]):
        folder.chmod(0o711)
    var.create()
    server = ValkeyServer(var)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def gate(valkey: ValkeyServer, settings: Any) -> Iterator[Gate]:
    """The cache of this test is another Valkey, behind a gate."""
    with gate_before(valkey.port) as made:
        url = redis_url(valkey.var, made.port)
        settings.CACHES = {"default": {"BACKEND": "portal.caching.ValkeyOrDatabase", "LOCATION": url}}
        settings.REDIS_URL = settings.CELERY_BROKER_URL = url
        caching.forget_pauses()
        yield made
        made.set("open")
        caching.forget_pauses()
        cache.clear()
    caching.forget_pauses()


@pytest.fixture
def alma(world: World) -> str:
    user = world.alma
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user.email


def guess(email: str, password: str) -> tuple[str, float]:
    """What the page says to a guess, and how long it took."""
    began = time.monotonic()
    response = Client().post(reverse("account_login"), {"login": email, "password": password})
    return response.content.decode(), time.monotonic() - began


@pytest.mark.parametrize("state", NOT_ANSWERING)
def test_guessing_is_slowed_down_without_valkey(state: State, gate: Gate, alma: str) -> None:
    gate.set(state)
    told = [guess(alma, f"guess number {n}") for n in range(7)]
    assert "För många" not in told[0][0]
    assert "För många" in told[-1][0]
    assert max(seconds for _, seconds in told) < 5


def test_guesses_made_before_valkey_went_away_and_after_it_came_back_still_count(
    gate: Gate, alma: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most as many again as the limit allows: what Valkey counted is not lost when it returns."""
    assert "För många" in [guess(alma, f"guess number {n}") for n in range(7)][-1][0]
    gate.set("closed")
    assert "För många" in [guess(alma, f"guess number {n}") for n in range(7)][-1][0]
    gate.set("open")
    caching.forget_pauses()
    assert "För många" in guess(alma, PASSWORD)[0]


@pytest.mark.parametrize("state", NOT_ANSWERING)
def test_who_knows_the_password_gets_in_without_valkey(state: State, gate: Gate, alma: str) -> None:
    gate.set(state)
    response = Client().post(reverse("account_login"), {"login": alma, "password": PASSWORD})
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))


@pytest.mark.parametrize("state", NOT_ANSWERING)
@pytest.mark.parametrize("name", ["start", "person-list", "account-security", "front"])
def test_pages_come_in_time_without_valkey(name: str, state: State, gate: Gate, world: World) -> None:
    gate.set(state)
    began = time.monotonic()
    arguments = ["alvik"] if name in ("start", "person-list") else []
    assert client_of(world, "alma").get(reverse(name, args=arguments)).status_code == 200
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("state", NOT_ANSWERING)
@pytest.mark.parametrize(
    "use",
    [
        lambda: cache.add("key", 1, 60),
        lambda: cache.get("key"),
        lambda: cache.set("key", [1, 2], 60),
        lambda: cache.touch("key", 60),
        lambda: cache.delete("key"),
        lambda: cache.has_key("key"),
        lambda: cache.get_or_set("key", 1, 60),
        lambda: cache.get_many(["key", "other"]),
    ],
)
def test_no_use_of_the_cache_raises_or_hangs(
    use: Callable[[], Any], state: State, gate: Gate, world: World
) -> None:
    gate.set(state)
    began = time.monotonic()
    use()
    assert time.monotonic() - began < 2
    began = time.monotonic()
    use()
    assert time.monotonic() - began < 0.5, "only the first waits for the silent server"


def test_the_stand_in_counts_and_forgets_like_the_real_one(gate: Gate, world: World) -> None:
    gate.set("closed")
    assert cache.add("counter", 1, 60)
    assert not cache.add("counter", 1, 60)
    assert cache.incr("counter") == 2
    cache.set("short", 1, 0.05)
    time.sleep(0.1)
    assert cache.get("short") is None
    assert cache.get("counter") == 2
    assert cache.delete("counter")


@pytest.mark.parametrize("state", NOT_ANSWERING)
def test_asking_for_a_job_never_goes_to_the_broker(state: State, gate: Gate, world: World) -> None:
    gate.set(state)
    began = time.monotonic()
    with transaction.atomic(), scope(world.alvik.pk):
        job = enqueue("accounts.invitation_mail", by=world.alma, invitation_id=world.alvik.pk)
    assert time.monotonic() - began < 0.2
    assert job.state == "waiting"
