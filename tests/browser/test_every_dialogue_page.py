"""Every page of dialogues in a real browser, with something on it: sound for axe, and no wider than a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.urls import resolve, reverse
from django.utils import timezone

from dialogues.models import BoardBrief, Dialogue
from dialogues.preparing.readiness import STEPS
from dialogues.services import evaluating, inviting, record_mail, reminding
from dialogues.services.counting import dialogues_count, wish_share
from dialogues.services.evaluating import (
    closing_answer,
    self_evaluation_answer,
    self_evaluation_close,
    self_evaluation_open,
)
from dialogues.services.holding import dialogue_finish
from dialogues.services.joining import device_join, joining_begin
from dialogues.services.notes import note_add
from dialogues.services.preparing import dialogue_book
from dialogues.services.recording import comment_add, draft_make
from portal.guessing import forget_guesses
from tests.activities import make_activity, make_indicator
from tests.browser.every_page import FILES, pages_of
from tests.conftest import do_waiting_jobs, working_as
from tests.dialogues import add_slide, at_work, invite_gun, make_dialogue
from tests.plugins.browser import axe
from tests.records import held_dialogue
from tests.rules.matrix.data_wishes import make_wish
from tests.rules.matrix.ideas import make_idea
from tests.rules.matrix.plans import make_plan
from tests.rules.test_url_matrix import MATRIX
from tests.world import World

pytestmark = pytest.mark.browser
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
SOON = 15_000
Place = tuple[str | None, str]
"""Who looks, and where."""


@pytest.mark.looks_at(*pages_of("dialogues"))
def test_every_page_is_sound_and_fits_a_phone(window: Callable[..., Any], committed: World) -> None:
    forget_guesses()
    full = [*with_much_on_them(committed), *by_mail(committed)]
    seen = {str(resolve(urlsplit(address).path).url_name) for _who, address in full}
    places = [*full, *the_matrix(committed, set(pages_of("dialogues")) - seen)]
    windows: dict[str | None, Any] = {None: window(phone=True)}
    faults = []
    for who, address in places:
        page = windows.get(who) or windows.setdefault(who, window(who, phone=True))
        answer = page.goto(address)
        assert answer.status == (404 if address.endswith("/x/") else 200), (who, address, answer.status)
        faults += looked_over(page)
    faults += in_the_room(windows[None], committed)
    assert faults == []


def test_what_is_taken_for_a_file_is_no_page(window: Callable[..., Any], committed: World) -> None:
    """So that no page hides among the files."""
    page = window("alma")
    for name in sorted(FILES & set(OPENED)):
        address = reverse(name, kwargs=MATRIX[name].arguments(committed))
        answer = page.request.get(address)
        assert answer.status == 200 and "text/html" not in answer.headers["content-type"], name


OPENED = {
    name: next((who for who in ("alma", "adam", "rut") if met[who] == 200), None)
    for name, row in MATRIX.items()
    if 200 in (met := row.expected()).values()
}
"""Who can open an address as the matrix has it."""


def the_matrix(world: World, names: set[str]) -> Iterator[Place]:
    """Pages as the matrix of people and addresses makes them, by somebody who may open them."""
    for name in sorted(names & set(OPENED)):
        yield OPENED[name], reverse(name, kwargs=MATRIX[name].arguments(world))


def with_much_on_them(world: World) -> Iterator[Place]:
    """Pages that look otherwise when there is something on them."""
    with at_work(world):
        activity = make_activity(
            world, "Simskola", starts_on=date(2022, 9, 1), what_is_done="Sim varje dag", effect="Fler vågar bada"
        )
        make_indicator(activity, world)
        make_plan(world), make_idea(world)
        wish = make_wish(world)
        wish_share(note=wish, text="Siffror om sömn bland unga", by=world.alma)
        BoardBrief.objects.create(title="Till nämnden", young_say="Fler vill ses")
        draft = held_dialogue(world)
        draft_make(dialogue=draft, lang="sv", by=world.alma)
        comment_add(dialogue=draft, text="Biblioteket glömdes", voice="Kultur", write_key=uuid4())
        closed = make_dialogue(world, begun=True)
        for _device in range(5):
            closing_answer(dialogue=closed, grant=device_join(dialogue=closed), answers=[5, 4, 3])
        dialogue_finish(dialogue=closed, by=world.alma)
        following = make_dialogue(world, previous=draft)
        for title in ("Våren", "Hösten"):
            answered_by_six(world, title)
    with working_as("worker"), at_work(world):
        dialogues_count()
    do_waiting_jobs()
    inside = "/k/alvik/dialoger/"
    for path in (
        "", f"aktiviteter/{activity.pk}/", f"aktiviteter/{activity.pk}/andra/", "aktiviteter/", "dataonskemal/",
        "handlingsplan/", "idebank/", "idebank/metod/mentor/", "handlingsplan/till-namnden/", "sjalvvardering/",
        "mallar/", "nasta-steg/", f"{draft.pk}/protokoll/", f"{draft.pk}/sammanfattning/", f"{draft.pk}/avslut/",
        f"{draft.pk}/logg/grupper/", f"{draft.pk}/visa/?bild=6", f"{closed.pk}/avslut/",
        f"{following.pk}/visa/?bild=3",
        *(f"{draft.pk}/forbered/{step}/" for step in STEPS),
    ):  # fmt: skip
        yield "alma", inside + path
    yield "rut", "/k/region-nordvik/dialoger/lanet/"


def answered_by_six(world: World, title: str) -> None:
    """A self-evaluation that can be read."""
    evaluation = self_evaluation_open(title=title, members=6, by=world.alma)
    for _member in range(6):
        self_evaluation_answer(evaluation=evaluation, answers=[4, 3, 5, 4, 2, 3], line="Vi vågar mer")
    self_evaluation_close(evaluation=evaluation, by=world.alma)


def by_mail(world: World) -> Iterator[Place]:
    """What links in mails open, and what they open when they have ended."""
    with at_work(world):
        dialogue = held_dialogue(world)
        draft_make(dialogue=dialogue, lang="sv", by=world.alma)
        record = record_mail.grant_of(dialogue, 1, is_draft=True)
        step = reminding.grant_of(dialogue.next_steps.get())
        coming = make_dialogue(world)
        dialogue_book(
            dialogue=coming, starts_at=timezone.now() + timedelta(days=9), minutes=90, place="", by=world.alma
        )
        invitation = inviting.grant_of(invite_gun(coming, world))
        evaluation = evaluating.grant_of(self_evaluation_open(title="Nu", members=6, by=world.alma))
    do_waiting_jobs()
    for place, grant in (
        ("protokoll", record),
        ("steg", step),
        ("kom", invitation),
        ("sjalvvardering", evaluation),
    ):
        yield None, f"/{place}/{grant}/"
        yield None, f"/{place}/x/"


def in_the_room(phone: Any, world: World) -> list[str]:
    """A phone joins by the code, looks, answers the three questions, and is thanked in the end."""
    with at_work(world):
        dialogue = make_dialogue(world, begun=True)
        add_slide(dialogue, world)
        note_add(dialogue=dialogue, kind="idea", text="Öppna på söndagar", write_key=uuid4())
        code = joining_begin(dialogue=dialogue, by=world.alma)
    phone.goto(f"/delta/{code}/")
    faults = looked_over(phone)
    phone.get_by_role("button", name="Gå med").click()
    phone.locator("[data-room]").wait_for(timeout=SOON)
    room = phone.url
    faults += looked_over(phone)
    phone.goto(f"{room}fragor/")
    faults += looked_over(phone)
    with at_work(world):
        dialogue_finish(dialogue=Dialogue.in_scope().get(pk=dialogue.pk), by=world.alma)
    phone.goto(room)
    return faults + looked_over(phone)


def looked_over(page: Any) -> list[str]:
    """What is wrong with the page that is open."""
    faults = [f"{page.url}: {fault}" for fault in axe(page)]
    return faults + [f"{page.url}: wider than a phone"] * bool(page.evaluate(TOO_WIDE))
