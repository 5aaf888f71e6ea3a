"""Invitations by mail: a calendar entry that follows every change, one press to answer, and one reminder."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from dialogues.models import Dialogue, Participant, TakenBack
from dialogues.services.holding import dialogue_cancel, dialogue_plan_again
from dialogues.services.inviting import day_of_reminder, invitations_remind, invitations_send
from dialogues.services.preparing import dialogue_book, dialogue_change, participant_add, participant_change
from tests.conftest import client_of
from tests.dialogues import at_work, make_dialogue
from tests.world import World

SWEDEN = ZoneInfo("Europe/Stockholm")
Jobs = Callable[[], list[str]]


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        dialogue = make_dialogue(world, title="Ett bra halvår; unga, 20+")
        day = timezone.localtime() + timedelta(days=30)
        day += timedelta(days=(1 - day.weekday()) % 7)
        dialogue_book(
            dialogue=dialogue,
            starts_at=day.replace(hour=9, minute=0, second=0, microsecond=0),
            minutes=90,
            place="Rum Björken",
            by=world.alma,
        )
        return dialogue


def put_on_list(world: World, dialogue: Dialogue, name: str = "Eva") -> Participant:
    with at_work(world):
        return participant_add(dialogue=dialogue, name=name, email=f"{name}@utanför.example", by=world.alma)


def invite(world: World, dialogue: Dialogue, *people: Participant, run_jobs: Jobs) -> list[EmailMessage]:
    with at_work(world):
        invitations_send(dialogue=dialogue, participant_ids=[one.pk for one in people], by=world.alma)
    return sent(run_jobs)


def sent(run_jobs: Jobs) -> list[EmailMessage]:
    """The mails that went since somebody looked."""
    mail.outbox.clear()
    run_jobs()
    return list(mail.outbox)


def entry_in(message: EmailMessage) -> tuple[str, Any, bytes]:
    """The method, the meeting and the bytes of the calendar file in a mail, as a mail program finds them."""
    (part,) = [one for one in message.message().walk() if one.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), event, content


def link_in(message: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/kom/\S+)", str(message.body))
    assert found is not None, message.body
    return found[1]


def answer_of(world: World, participant: Participant) -> str:
    with at_work(world):
        return Participant.objects.get(pk=participant.pk).answer


def test_an_invitation_says_what_to_expect_and_goes_into_the_calendar(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    eva = put_on_list(world, dialogue)
    page = client_of(world, "fia")
    url = reverse("dialogue-invite", args=["alvik", dialogue.pk])
    assert "Eva" in page.get(url).content.decode()
    page.post(url, {"participant": [eva.pk]})
    (message,) = sent(run_jobs)
    assert message.to == ["eva@utanför.example"]
    assert message.reply_to == ["alma@example.org"]
    assert "Rum Björken" in message.body
    assert "90 minuter" in message.body
    assert "Siffrorna börjar samtalet" in message.body
    method, event, content = entry_in(message)
    assert method == "REQUEST"
    assert event["SUMMARY"] == dialogue.title
    assert event["LOCATION"] == "Rum Björken"
    assert event["DTSTART"].dt == dialogue.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=90)
    assert event["SEQUENCE"] == 0
    assert max(map(len, content.split(b"\r\n"))) <= 75
    for secret in (b"/kom/", str(dialogue.pk).encode(), b"alma@example.org", b"http"):
        assert secret not in content.replace(b"\r\n ", b""), "calendars are shared: nothing opens the portal"


def test_a_change_and_a_cancellation_follow_in_the_same_entry(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    eva, per = put_on_list(world, dialogue), put_on_list(world, dialogue, "Per")
    (first,) = invite(world, dialogue, eva, run_jobs=run_jobs)
    key = entry_in(first)[1]["UID"]
    Client().post(link_in(first), {"answer": "yes"})
    with at_work(world):
        dialogue_change(dialogue=dialogue, by=world.alma, place="Rum Eken")
    (moved,) = sent(run_jobs)
    _, event, _ = entry_in(moved)
    assert (event["UID"], event["SEQUENCE"], event["LOCATION"]) == (key, 1, "Rum Eken")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED", "another room asks nobody anew"
    with at_work(world):
        dialogue_change(dialogue=dialogue, by=world.alma, minutes=75)
        dialogue_change(dialogue=dialogue, by=world.alma, aim="Något annat")
    (later,) = sent(run_jobs)
    assert entry_in(later)[1]["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert answer_of(world, eva) == ""
    with at_work(world):
        dialogue_cancel(dialogue=dialogue, by=world.alma)
    (cancelled,) = sent(run_jobs)
    method, event, _ = entry_in(cancelled)
    assert (method, event["UID"], event["SEQUENCE"], event["STATUS"]) == ("CANCEL", key, 3, "CANCELLED")
    with at_work(world):
        dialogue.refresh_from_db()
        dialogue_plan_again(dialogue=dialogue, by=world.alma)
    (again,) = sent(run_jobs)
    method, event, _ = entry_in(again)
    assert (method, event["SEQUENCE"]) == ("REQUEST", 4)
    assert answer_of(world, per) == "", "who was never invited hears of none of it"


def test_who_leaves_the_list_finds_the_meeting_gone_and_can_be_invited_anew(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    eva, per = put_on_list(world, dialogue), put_on_list(world, dialogue, "Per")
    nils = put_on_list(world, dialogue, "Nils")
    first = invite(world, dialogue, eva, per, run_jobs=run_jobs)
    key = entry_in(first[0])[1]["UID"]
    fia = client_of(world, "fia")
    off = reverse("participant-remove", args=["alvik", dialogue.pk, eva.pk])
    assert "ur kalendern" in fia.post(off, follow=True).content.decode()
    fia.post(reverse("participant-remove", args=["alvik", dialogue.pk, nils.pk]))
    (gone,) = sent(run_jobs)
    assert gone.to == ["eva@utanför.example"], "who was never invited hears nothing, nor do those who stay"
    assert "inte längre med" in gone.body and "/kom/" not in gone.body
    method, event, _ = entry_in(gone)
    assert (method, event["UID"], event["STATUS"]) == ("CANCEL", key, "CANCELLED")
    assert event["SEQUENCE"] > 0 and str(event["ATTENDEE"]) == "mailto:eva@utanför.example"
    with at_work(world):
        assert not TakenBack.in_scope().exists(), "who was written to is forgotten"
    (again,) = invite(world, dialogue, put_on_list(world, dialogue), run_jobs=run_jobs)
    method, anew, _ = entry_in(again)
    assert (method, anew["UID"]) == ("REQUEST", key) and anew["SEQUENCE"] > event["SEQUENCE"]
    with at_work(world):
        dialogue_change(dialogue=dialogue, by=world.alma, place="Rum Eken")
    numbers = {one.to[0]: entry_in(one)[1]["SEQUENCE"] for one in sent(run_jobs)}
    assert set(numbers) == {"eva@utanför.example", "per@utanför.example"}
    assert min(numbers.values()) > anew["SEQUENCE"]


def test_a_new_address_takes_the_meeting_from_the_one_before(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    eva, twice = put_on_list(world, dialogue), put_on_list(world, dialogue)
    invite(world, dialogue, eva, twice, run_jobs=run_jobs)
    with at_work(world):
        participant_change(participant=twice, by=world.alma, name="Bo", email="bo@utanför.example")
    assert sent(run_jobs) == [], "the address still has a place on the list"
    with at_work(world):
        participant_change(participant=eva, by=world.alma, name="Ny", email="ny@utanför.example")
    (gone,) = sent(run_jobs)
    assert gone.to == ["eva@utanför.example"] and "Ny" not in gone.body
    assert entry_in(gone)[0] == "CANCEL"
    with at_work(world):
        dialogue.refresh_from_db()
        dialogue_cancel(dialogue=dialogue, by=world.alma)
        participant_change(participant=eva, by=world.alma, email="nyare@utanför.example")
    assert sent(run_jobs) == [], "a dialogue that is cancelled is out of every calendar already"


def test_one_press_without_an_account_and_the_list_counts(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    people = [put_on_list(world, dialogue, name) for name in ("Eva", "Per", "Lo")]
    messages = {one.to[0]: one for one in invite(world, dialogue, *people, run_jobs=run_jobs)}
    eva = link_in(messages["eva@utanför.example"])
    browser = Client()
    page = browser.get(eva)
    assert "Rum Björken" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert answer_of(world, people[0]) == "", "a virus scanner that opens the link answers nothing"
    assert browser.post(eva, {"answer": "gladly"}).status_code == 422
    browser.post(eva, {"answer": "no"})
    browser.post(eva, {"answer": "yes"})
    browser.post(link_in(messages["per@utanför.example"]), {"answer": "no"})
    listed = client_of(world, "fia").get(reverse("dialogue-prepare", args=["alvik", dialogue.pk, "vilka"]))
    assert "1 kommer, 1 kan inte, 1 har inte svarat" in listed.content.decode()
    for made_up in ("x", eva.split("/")[2][:-3] + "abc", "a" * 4000):
        assert browser.get(f"/kom/{made_up}/").status_code == 404


def test_a_link_ends_when_somebody_else_gets_the_place(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    eva = put_on_list(world, dialogue)
    (message,) = invite(world, dialogue, eva, run_jobs=run_jobs)
    with at_work(world):
        participant_change(participant=eva, by=world.alma, name="Ny", email="ny@example.org")
    assert Client().post(link_in(message), {"answer": "yes"}).status_code == 404
    assert answer_of(world, eva) == ""


def test_after_the_dialogue_there_is_nothing_to_answer(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    eva = put_on_list(world, dialogue)
    (message,) = invite(world, dialogue, eva, run_jobs=run_jobs)
    with at_work(world):
        dialogue_cancel(dialogue=dialogue, by=world.alma)
    assert Client().get(link_in(message)).status_code == 200
    assert Client().post(link_in(message), {"answer": "yes"}).status_code == 422
    assert answer_of(world, eva) == ""


def test_without_a_day_nothing_is_sent_and_the_page_says_why(world: World, run_jobs: Jobs) -> None:
    with at_work(world):
        dialogue = make_dialogue(world)
    eva = put_on_list(world, dialogue)
    url = reverse("dialogue-invite", args=["alvik", dialogue.pk])
    answer = client_of(world, "fia").post(url, {"participant": [eva.pk]})
    assert answer.status_code == 422
    assert reverse("dialogue-prepare", args=["alvik", dialogue.pk, "tid"]) in answer.content.decode()
    assert sent(run_jobs) == []


def test_the_eleventh_who_comes_is_welcome(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    people = [put_on_list(world, dialogue, f"Person{number}") for number in range(11)]
    messages = invite(world, dialogue, *people, run_jobs=run_jobs)
    pages = [Client().post(link_in(one), {"answer": "yes"}).content.decode() for one in messages]
    assert "fler än 10" not in pages[9]
    assert "fler än 10" in pages[10]
    assert "alert--good" in pages[10]


def test_the_day_before_they_are_reminded_once(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    eva, per = put_on_list(world, dialogue), put_on_list(world, dialogue, "Per")
    messages = invite(world, dialogue, eva, per, run_jobs=run_jobs)
    no = next(one for one in messages if one.to == ["per@utanför.example"])
    Client().post(link_in(no), {"answer": "no"})
    assert dialogue.starts_at is not None
    before = timezone.localtime(dialogue.starts_at) - timedelta(days=1)
    with at_work(world):
        assert invitations_remind(before.replace(hour=6)) == 0, "nobody is written to before work"
        assert invitations_remind(before - timedelta(days=4)) == 0
        assert invitations_remind(before) == 1
        assert invitations_remind(before + timedelta(minutes=30)) == 0
    (message,) = sent(run_jobs)
    assert message.to == ["eva@utanför.example"]
    assert "Rum Björken" in message.body


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 20)),
    ],
)
def test_a_monday_is_reminded_of_on_friday(day: date, before: date) -> None:
    assert day_of_reminder(day) == before


def test_a_mail_that_comes_back_is_seen_on_the_list(
    world: World, dialogue: Dialogue, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    eva = put_on_list(world, dialogue)

    def refuse(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise SMTPRecipientsRefused({"eva@example.org": (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    invite(world, dialogue, eva, run_jobs=run_jobs)
    page = client_of(world, "fia").get(reverse("dialogue-invite", args=["alvik", dialogue.pk])).content.decode()
    assert "mejlet kom tillbaka" in page
    assert " checked" in page, "it is offered again"


def test_what_people_write_begins_no_line_of_mail_or_calendar(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    with at_work(world):
        Dialogue.objects.filter(pk=dialogue.pk).update(
            title="Hej\r\nBcc: alla@example.org", place="Rum\r\nATTENDEE:mailto:x@example.org"
        )
        eva = participant_add(dialogue=dialogue, name='E"va\nX:1', email="e@example.org", by=world.alma)
    (message,) = invite(world, dialogue, eva, run_jobs=run_jobs)
    assert message.recipients() == ["e@example.org"]
    assert "\n" not in message.subject
    _, event, content = entry_in(message)
    assert str(event["ATTENDEE"]) == "mailto:e@example.org"
    assert not any(line.startswith((b"X:1", b"Bcc")) for line in content.split(b"\r\n"))


def test_over_a_night_when_clocks_change_so_many_minutes_are_so_many() -> None:
    from portal.files.calendar import Answer, Meeting, Method, Person, calendar_file

    meeting = Meeting(
        "k@example.org", 0, "Natt", datetime(2027, 3, 28, 1, 30, tzinfo=SWEDEN), 90, "", "", Person("A", "a@b.se"),
        Person("", "c@d.se"), Answer.NONE, datetime(2027, 1, 1, tzinfo=SWEDEN),
    )  # fmt: skip
    (event,) = Calendar.from_ical(calendar_file(meeting, Method.REQUEST)).walk("VEVENT")
    assert event["DTEND"].dt.strftime("%H:%M") == "04:00"
