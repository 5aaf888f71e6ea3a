"""Two hours without a network, and a server that is started again: what was written in the room arrives, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from dialogues.models import Device, Dialogue, JoinCode, Note
from dialogues.services.holding import dialogue_finish
from dialogues.services.joining import device_join, joining_begin
from portal.guessing import forget_guesses
from tests.conftest import client_of
from tests.dialogues import at_work, make_dialogue
from tests.plugins.serving import serving
from tests.world import World

pytestmark = pytest.mark.browser
SOON = 20_000
TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def dialogue(committed: World) -> Dialogue:
    forget_guesses()
    with at_work(committed):
        return make_dialogue(committed, begun=True)


def joined(committed: World, dialogue: Dialogue, phone: Any, site: str) -> None:
    """The phone joined two hours ago: its grant is of then."""
    with at_work(committed), patch("django.core.signing.time.time", lambda: time() - TWO_HOURS.total_seconds()):
        grant = device_join(dialogue=dialogue)
    phone.context.add_cookies([{"name": "vaxtkraft_rum", "value": grant, "url": f"{site}{room(dialogue)}"}])
    phone.goto(f"{site}{room(dialogue)}")
    phone.locator("[data-room]").wait_for(timeout=SOON)
    phone.wait_for_load_state()


def room(dialogue: Dialogue) -> str:
    return f"/delta/alvik/{dialogue.pk}/"


def log(dialogue: Dialogue) -> str:
    return f"/k/alvik/dialoger/{dialogue.pk}/logg/"


def say(phone: Any, text: str) -> None:
    phone.fill("#new-note", text)
    phone.get_by_role("button", name="Lägg till", exact=True).click()
    phone.locator(".note.is-pending", has_text=text).wait_for(timeout=SOON)


def write(page: Any, text: str) -> None:
    page.fill("#new-idea", text)
    page.press("#new-idea", "Enter")
    page.locator("[data-log-unsent] li", has_text=text).wait_for(timeout=SOON)


def stored(world: World) -> list[str]:
    with at_work(world):
        return sorted(Note.objects.filter(is_removed=False).values_list("text", flat=True))


def test_what_was_written_in_two_hours_without_a_network_arrives_once(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, site: str
) -> None:
    phone, laptop = window(phone=True), window("olle")
    for page in (phone, laptop):
        page.clock.install()
    joined(committed, dialogue, phone, site)
    laptop.goto(log(dialogue))
    for page in (phone, laptop):
        page.context.set_offline(True)
    say(phone, "Skriven i källaren")
    write(laptop, "Skriven på tåget")
    two_hours_pass(committed, dialogue)
    for page in (phone, laptop):
        page.clock.fast_forward(int(TWO_HOURS.total_seconds() * 1000))
    say(phone, "Skriven två timmar senare")
    for page in (phone, laptop):
        page.context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")

    phone.get_by_role("heading", name="Tack för att du var med").wait_for(timeout=SOON)
    laptop.wait_for_selector("[data-log-status][data-state=signed_out]", timeout=SOON)
    assert stored(committed) == ["Skriven i källaren", "Skriven två timmar senare"]
    assert "Logga in igen" in laptop.locator("[data-log-status]").inner_text()
    assert "Skriven på tåget" in laptop.locator("[data-log-unsent]").inner_text()

    signed_in_again(committed, laptop, site)
    laptop.goto(log(dialogue))
    laptop.locator("[data-notes=idea] .note__text", has_text="tåget").wait_for(timeout=SOON)
    laptop.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
    laptop.reload()
    assert stored(committed) == ["Skriven i källaren", "Skriven på tåget", "Skriven två timmar senare"]


def two_hours_pass(world: World, dialogue: Dialogue) -> None:
    """Everybody's session ends with half an hour of rest; the dialogue was closed; nobody joins any more."""
    Session.objects.all().delete()
    with at_work(world):
        Dialogue.objects.filter(pk=dialogue.pk).update(began_at=timezone.now() - TWO_HOURS)
        dialogue_finish(dialogue=Dialogue.objects.get(pk=dialogue.pk), by=world.alma)
        assert not Device.objects.exists() and not JoinCode.objects.own().exists()


def signed_in_again(world: World, page: Any, site: str) -> None:
    """What signing in leaves in a browser: a session, and another secret against forged forms."""
    session = client_of(world, "olle").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


def test_a_server_that_is_started_again_in_mid_dialogue_loses_nothing(
    window: Callable[..., Any], committed: World, dialogue: Dialogue, tmp_path: Path
) -> None:
    with at_work(committed):
        code = joining_begin(dialogue=dialogue, by=committed.alma)
    with serving(tmp_path) as server:
        laptop, wall, phone = window("fia"), window("alma"), window(phone=True)
        laptop.goto(f"{server.address}{log(dialogue)}")
        wall.goto(f"{server.address}/k/alvik/dialoger/{dialogue.pk}/visa/vaggen/")
        phone.goto(f"{server.address}/delta/{code}/")
        phone.get_by_role("button", name="Gå med").click()
        phone.locator("[data-room]").wait_for(timeout=SOON)
        phone.wait_for_load_state()
        server.stop()
        say(phone, "Skriven medan servern var nere")
        write(laptop, "Också då")
        assert stored(committed) == []
        server.start()
        for page, text in ((laptop, "servern var nere"), (phone, "Också då")):
            page.locator("[data-notes] .note:not(.is-pending) .note__text", has_text=text).wait_for(
                timeout=2 * SOON
            )
        laptop.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)
        assert stored(committed) == ["Också då", "Skriven medan servern var nere"]
        laptop.goto(f"{server.address}/k/alvik/dialoger/{dialogue.pk}/visa/?bild=2")
        laptop.keyboard.press("ArrowRight")
        wall.locator("section[data-screen='3']:not([hidden])").wait_for(timeout=2 * SOON)
