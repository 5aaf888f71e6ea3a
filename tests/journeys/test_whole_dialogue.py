"""A whole dialogue in four windows: prepared, invited to, held with a phone off the network, and gone on from."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from datasets.reach import Reach
from dialogues.models import Dialogue, NextStep, Note
from dialogues.services.deck import slide_add
from dialogues.services.preparing import dialogue_create
from dialogues.services.reminding import grant_of
from dialogues.services.templates import template_make
from portal.guessing import forget_guesses
from tests.dialogues import at_work, make_chart, make_dataset
from tests.journeys.pressing import follow, press
from tests.journeys.record_of_a_dialogue import (
    answer_three_questions,
    answers_are_read,
    files_are_whole,
    make_the_record,
)
from tests.world import World

pytestmark = pytest.mark.browser
SOON = 15_000
CHARTS = 6
SAID = (
    "Fler trivs än förr",
    "Öppna på söndagar",
    "Ungdomarna håller i det",
    "Vi behöver varandra",
    "Ringa biblioteket om söndagar",
)


def prepare(page: Any) -> str:
    """From a template with six data sets to a dialogue that is ready to hold; give its address."""
    page.goto("/k/alvik/dialoger/ny/")
    follow(page, "Eller börja från en egen mall")
    press(page, re.compile("^Börja från den"))
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
    (entry,) = [part for part in invitation.message().walk() if part.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(entry.get_payload(decode=True)).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == ("Fritid i Alvik", "Rum Björken")
    assert event["DTEND"].dt - event["DTSTART"].dt in (timedelta(minutes=75), timedelta(minutes=90))
    link = re.search(r"https?://[^/\s]+(/\S+)", str(invitation.body))
    assert link is not None
    guest.goto(link.group(1))
    press(guest, "Ja, jag kommer")
    assert "Välkommen" in guest.locator("main").inner_text(), guest.locator("main").inner_text()
    page.reload()
    assert "1 kommer" in page.locator("main").inner_text()


def join(presenter: Any, phone: Any, home: str) -> str:
    """The phone types the code that the presenter shows; give it."""
    presenter.goto(f"{home}kod/")
    press(presenter, "Visa en kod")
    code = presenter.locator(".join-code__code").inner_text()
    phone.goto("/delta/")
    phone.fill("#code", code)
    phone.press("#code", "Enter")
    press(phone, "Gå med")
    phone.locator("[data-room]").wait_for()
    phone.wait_for_load_state()
    return str(code).replace(" ", "")


def say(phone: Any, text: str, kind: str) -> None:
    phone.get_by_role("radio", name=kind, exact=True).check()
    phone.fill("#new-note", text)
    phone.get_by_role("button", name="Lägg till", exact=True).click()


def turn_to(presenter: Any, phone: Any, part: str) -> None:
    """On with the keys until the agenda is there, and the phone has followed."""
    turn_without(presenter, part)
    phone.locator(f"section[data-part={part}]:not([hidden])").wait_for(timeout=SOON)


def turn_without(presenter: Any, part: str) -> None:
    """The same while the phone has no network."""
    shown = presenter.locator("section[data-screen]:not([hidden])")
    while shown.get_attribute("data-part") != part:
        presenter.keyboard.press("ArrowRight")


def make_template(world: World) -> None:
    """Somebody here has made a template before, with six data sets."""
    with at_work(world):
        former = dialogue_create(title="En fritid som ger något", theme="leisure", goal="ideas", by=world.alma)
        for number in range(CHARTS):
            chart = make_chart(make_dataset(f"Data {number}"), f"Diagram {number}")
            slide_add(dialogue=former, chart=chart, by=world.alma)
        template_make(dialogue=former, title="Fritid i Alvik", reach=Reach.OWN, by=world.alma)


def test_a_whole_dialogue(window: Callable[..., Any], committed: World, run_jobs: Callable[[], list[str]]) -> None:
    forget_guesses()
    make_template(committed)
    presenter, log, phone, guest = window("fia"), window("olle"), window(phone=True), window(phone=True)
    home = prepare(presenter)
    invite(presenter, guest, home, run_jobs)
    code = join(presenter, phone, home)
    log_both_parts(presenter, log, phone, home)
    answer_three_questions(phone, home, code)

    presenter.goto(f"{home}avslut/")
    press(presenter, "Avsluta dialogen")
    phone.get_by_role("heading", name="Tack för att du var med").wait_for(timeout=SOON)
    answers_are_read(presenter, home)
    with at_work(committed):
        held = Dialogue.objects.get(pk=home.rstrip("/").rpartition("/")[2])
        assert held.state == "held" and not held.devices.exists()
        assert {note.device_id for note in Note.objects.all()} == {None}
    files = make_the_record(presenter, guest, home, run_jobs)
    files_are_whole(files, title="Fritid i Alvik", charts=CHARTS, said=SAID)
    go_on(presenter, phone, home, committed)


def log_both_parts(presenter: Any, log: Any, phone: Any, home: str) -> None:
    """Written on the charts and in both talks, by a laptop and by a phone that has no network for a while."""
    presenter.goto(f"{home}visa/")
    press(presenter, "Starta dialogen")
    log.goto(f"{home}logg/")
    presenter.goto(f"{home}visa/")
    turn_to(presenter, phone, "data")
    say(phone, "Fler trivs än förr", "Vad ser vi")
    log.locator("[data-notes=observation] .note__text", has_text="Fler trivs").wait_for(timeout=SOON)
    turn_to(presenter, phone, "dialogue_1")
    phone.context.set_offline(True)
    say(phone, "Öppna på söndagar", "Idéer")
    phone.locator(".note.is-pending").wait_for(timeout=SOON)
    turn_without(presenter, "dialogue_2")
    log.locator("#new-data_wish").fill("Hur många saknar buss hem?")
    log.locator("#new-data_wish").press("Enter")
    phone.context.set_offline(False)
    log.locator("[data-notes=idea] .note__text", has_text="söndagar").wait_for(timeout=SOON)
    phone.locator("section[data-part=dialogue_2]:not([hidden])").wait_for(timeout=SOON)
    say(phone, "Ungdomarna håller i det", "Idéer")
    log.locator("[data-notes=idea] .note__text", has_text="håller i det").wait_for(timeout=SOON)
    log.locator("#new-takeaway").fill("Vi behöver varandra")
    log.locator("#new-takeaway").press("Enter")
    log.get_by_label("Vad ska göras?").fill("Ringa biblioteket om söndagar")
    log.get_by_label("Vem?").select_option(label="Fia")
    log.get_by_role("button", name="Lägg till steget").click()
    log.locator("[data-step]", has_text="Ringa biblioteket").wait_for(timeout=SOON)
    log.wait_for_selector("[data-log-status][data-state=saved]", timeout=SOON)


def go_on(presenter: Any, phone: Any, home: str, world: World) -> None:
    """The owner answers from the mail; the next dialogue of the series opens with the steps of this one."""
    with at_work(world):
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
