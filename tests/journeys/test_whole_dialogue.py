"""A whole dialogue in four windows: prepared, invited to, held with a phone off the network, and gone on from."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pptx import Presentation

from dialogues.models import Dialogue, NextStep, Note
from dialogues.services.reminding import grant_of
from portal.guessing import forget_guesses
from tests.dialogues import at_work, make_chart, make_dataset
from tests.world import World

pytestmark = pytest.mark.browser
SOON = 15_000
CHARTS = 6


def press(page: Any, name: str | re.Pattern[str], *, exact: bool = False) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).first.click()


def follow(page: Any, name: str | re.Pattern[str]) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def prepare(page: Any) -> str:
    """From the empty list to a dialogue that is ready to hold; give its address."""
    page.goto("/k/alvik/dialoger/")
    follow(page, "Förbered den första")
    page.get_by_label("En fritid som ger något").check()
    page.get_by_label(re.compile("^Komma på")).check()
    press(page, "Skapa dialogen")
    place = re.match(r".*/dialoger/[0-9a-f-]{36}/", page.url)
    assert place is not None
    home = place.group(0)
    page.goto(f"{home}forbered/vilka/")
    press(page, re.compile("^Lägg till "))
    page.get_by_text("Lägg till någon annan").click()
    page.get_by_label("Namn").fill("Eva Exempelsson")
    page.get_by_label("E-postadress").fill("eva@example.org")
    press(page, "Sätt upp på listan")
    page.goto(f"{home}forbered/data/")
    for number in range(CHARTS):
        press(page, f"Lägg till Diagram {number}")
    assert page.locator("[data-slide]").count() == CHARTS
    page.goto(f"{home}forbered/tid/")
    page.get_by_label("Dag").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    page.get_by_label("Tid", exact=True).fill("13:00")
    press(page, re.compile("^Spara"))
    page.get_by_label("Plats").fill("Rum Björken")
    press(page, re.compile("^Spara"))
    return home


def invite(page: Any, guest: Any, home: str, run_jobs: Callable[[], list[str]]) -> None:
    """The mail goes, with an entry for the calendar, and is answered with one press."""
    page.goto(f"{home}forbered/vilka/")
    follow(page, "Inbjudningar")
    press(page, re.compile("^(Skicka|Bjud in)"))
    run_jobs()
    (invitation,) = [one for one in mail.outbox if "eva@example.org" in one.to]
    assert any(part.get_content_type() == "text/calendar" for part in invitation.message().walk())
    link = re.search(r"https?://[^/\s]+(/\S+)", str(invitation.body))
    assert link is not None
    guest.goto(link.group(1))
    press(guest, "Ja, jag kommer")
    assert "Välkommen" in guest.locator("main").inner_text(), guest.locator("main").inner_text()
    page.reload()
    assert "1 kommer" in page.locator("main").inner_text()


def join(presenter: Any, phone: Any, home: str) -> None:
    presenter.goto(f"{home}kod/")
    press(presenter, "Visa en kod")
    code = presenter.locator(".join-code__code").inner_text()
    phone.goto("/delta/")
    phone.fill("#code", code)
    phone.press("#code", "Enter")
    press(phone, "Gå med")
    phone.locator("[data-room]").wait_for()
    phone.wait_for_load_state()


def say(phone: Any, text: str, kind: str) -> None:
    phone.get_by_role("radio", name=kind, exact=True).check()
    phone.fill("#new-note", text)
    phone.get_by_role("button", name="Lägg till", exact=True).click()


def test_a_whole_dialogue(window: Callable[..., Any], committed: World, run_jobs: Callable[[], list[str]]) -> None:
    forget_guesses()
    with at_work(committed):
        dataset = make_dataset()
        for number in range(CHARTS):
            make_chart(dataset, f"Diagram {number}")
    presenter, log, phone, guest = window("fia"), window("olle"), window(phone=True), window(phone=True)
    home = prepare(presenter)
    invite(presenter, guest, home, run_jobs)
    join(presenter, phone, home)

    presenter.goto(f"{home}visa/")
    press(presenter, "Starta dialogen")
    log.goto(f"{home}logg/")
    presenter.goto(f"{home}visa/")
    shown = presenter.locator("section[data-screen]:not([hidden])")
    while shown.get_attribute("data-part") != "data":
        presenter.keyboard.press("ArrowRight")
    phone.locator("section[data-part=data]:not([hidden])").wait_for(timeout=SOON)
    say(phone, "Fler trivs än förr", "Vad ser vi")
    log.locator("[data-notes=observation] .note__text", has_text="Fler trivs").wait_for(timeout=SOON)

    phone.context.set_offline(True)
    say(phone, "Öppna på söndagar", "Idéer")
    phone.locator(".note.is-pending").wait_for(timeout=SOON)
    log.locator("#new-data_wish").fill("Hur många saknar buss hem?")
    log.locator("#new-data_wish").press("Enter")
    phone.context.set_offline(False)
    log.locator("[data-notes=idea] .note__text", has_text="söndagar").wait_for(timeout=SOON)
    log.locator("#new-takeaway").fill("Vi behöver varandra")
    log.locator("#new-takeaway").press("Enter")
    log.get_by_label("Vad ska göras?").fill("Ringa biblioteket om söndagar")
    log.get_by_label("Vem?").select_option(label=committed.fia.name)
    log.get_by_role("button", name="Lägg till steget").click()
    log.locator("[data-step]", has_text="Ringa biblioteket").wait_for(timeout=SOON)
    log.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)

    finish_and_go_on(presenter, phone, home, committed)


def finish_and_go_on(presenter: Any, phone: Any, home: str, world: World) -> None:
    """Closed, read as a summary, taken along as slides; the next dialogue of the series opens with its steps."""
    presenter.goto(f"{home}logg/")
    press(presenter, "Avsluta dialogen")
    phone.get_by_role("heading", name="Tack för att du var med").wait_for(timeout=SOON)
    presenter.goto(f"{home}sammanfattning/")
    summary = presenter.locator("main").inner_text()
    for text in (
        "Fler trivs än förr",
        "Öppna på söndagar",
        "Vi behöver varandra",
        "Ringa biblioteket om söndagar",
    ):
        assert text in summary
    presenter.goto(f"{home}forbered/data/")
    with presenter.expect_download() as download:
        presenter.get_by_role("link", name=re.compile("PowerPoint")).click()
    slides = Presentation(str(download.value.path())).slides
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) == CHARTS
    with at_work(world):
        held = Dialogue.objects.get()
        assert held.state == "held" and not held.devices.exists()
        assert {note.device_id for note in Note.objects.all()} == {None}
        step = NextStep.objects.get()

    phone.goto(f"/steg/{grant_of(step)}/")
    phone.get_by_label(re.compile("En rad om det")).fill("Jag ringer på måndag")
    press(phone, "Det har kört fast")
    assert "Sparat." in phone.locator("main").inner_text()
    presenter.goto(f"{home}sammanfattning/")
    follow(presenter, "Planera nästa i serien")
    press(presenter, "Skapa dialogen")
    presenter.goto(presenter.url.split("forbered/")[0] + "visa/")
    for _turn in range(2):
        presenter.keyboard.press("ArrowRight")
    opening = presenter.locator("section[data-screen]:not([hidden])").inner_text()
    for text in ("Från förra gången", "Ringa biblioteket om söndagar", "Fast", "Hur många saknar buss hem?"):
        assert text in opening
