"""Next steps by mail: told once, reminded a little, answered with one press, and never by anybody else."""

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

from accounts.models import Membership
from dialogues.models import Dialogue, NextStep
from dialogues.services.following_up import next_step_add, next_step_move, next_step_update
from dialogues.services.holding import dialogue_finish
from dialogues.services.reminding import mail_is_due, steps_mail
from tests.conftest import client_of
from tests.dialogues import at_work, fresh_key, make_dialogue
from tests.world import World

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
Jobs = Callable[[], list[str]]


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world, begun=True, title="Meningsfull fritid")


def promise(
    world: World, dialogue: Dialogue, *, due_on: date | None = date(2026, 11, 20), **owner: Any
) -> NextStep:
    named = owner or {"owner": world.olle, "owner_name": ""}
    with at_work(world):
        return next_step_add(
            dialogue=dialogue,
            text="Ringa biblioteket",
            due_on=due_on,
            write_key=fresh_key(),
            by=world.alma,
            **{"owner": None, "owner_name": "", **named},
        )


def now(world: World, step: NextStep) -> NextStep:
    with at_work(world):
        return NextStep.objects.get(pk=step.pk)


def close(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        dialogue_finish(dialogue=dialogue, by=world.alma)


def asked(world: World, at: datetime) -> int:
    with at_work(world):
        return steps_mail(at)


def link_in(message: EmailMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/steg/\S+)", str(message.body))
    assert found is not None, message.body
    return found[1]


def test_the_owner_hears_of_it_once_the_dialogue_is_closed(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    promise(world, dialogue)
    assert asked(world, MONDAY) == 0, "in the room it may still change"
    close(world, dialogue)
    assert asked(world, MONDAY) == 1
    assert asked(world, MONDAY + timedelta(minutes=30)) == 0
    run_jobs()
    (message,) = mail.outbox
    assert message.to == ["olle@example.org"]
    assert "Ringa biblioteket" in message.body
    assert "20 november 2026" in message.body


@pytest.mark.parametrize("at", [MONDAY.replace(hour=6), MONDAY.replace(hour=17), MONDAY - timedelta(days=1)])
def test_nobody_is_written_to_at_night_or_on_a_sunday(world: World, dialogue: Dialogue, at: datetime) -> None:
    promise(world, dialogue)
    close(world, dialogue)
    assert asked(world, at) == 0


def test_reminders_come_around_the_day_and_stop() -> None:
    step = NextStep(due_on=date(2026, 11, 20), mails=0)
    days = [date(2026, 11, 2) + timedelta(days=number) for number in range(365)]
    written = []
    for today in days:
        if mail_is_due(step, today):
            written.append(today)
            step.mails, step.mailed_on = step.mails + 1, today
    assert written == [date(2026, 11, 2), date(2026, 11, 17), date(2026, 11, 23), date(2026, 12, 11)]


def test_a_step_without_a_day_is_asked_about_twice() -> None:
    step = NextStep(mails=1, mailed_on=date(2026, 11, 2))
    written = []
    for number in range(365):
        today = date(2026, 11, 3) + timedelta(days=number)
        if mail_is_due(step, today):
            written.append(today)
            step.mails, step.mailed_on = step.mails + 1, today
    assert len(written) == 2


@pytest.mark.parametrize("state", [NextStep.State.DONE, NextStep.State.STUCK, NextStep.State.DROPPED])
def test_who_has_answered_is_left_in_peace(world: World, dialogue: Dialogue, state: NextStep.State) -> None:
    step = promise(world, dialogue)
    close(world, dialogue)
    with at_work(world):
        next_step_update(step=step, to=state, by=world.olle)
    assert asked(world, MONDAY) == 0


def test_one_press_from_outside_without_an_account(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    step = promise(world, dialogue, owner_name="Eva på biblioteket", owner_email="Eva@Bibliotek.example")
    close(world, dialogue)
    asked(world, MONDAY)
    run_jobs()
    (message,) = mail.outbox
    assert message.to == ["eva@bibliotek.example"]
    browser = Client()
    page = browser.get(link_in(message))
    assert "Ringa biblioteket" in page.content.decode()
    assert now(world, step).state == NextStep.State.OPEN, "a virus scanner that opens the link changes nothing"
    browser.post(link_in(message), {"to": "done", "line": "De öppnar <b>söndagar</b>"})
    kept = now(world, step)
    assert (kept.state, kept.line) == (NextStep.State.DONE, "De öppnar <b>söndagar</b>")
    listed = client_of(world, "alma").get(f"/k/alvik/dialoger/{dialogue.pk}/sammanfattning/").content.decode()
    assert "De öppnar &lt;b&gt;söndagar" in listed
    browser.post(link_in(message), {"to": "open"})
    assert now(world, step).state == NextStep.State.OPEN, "pressed by mistake, and taken back"


def test_the_link_stands_in_no_log(
    world: World, dialogue: Dialogue, run_jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    promise(world, dialogue)
    close(world, dialogue)
    asked(world, MONDAY)
    run_jobs()
    link = link_in(mail.outbox[0])
    assert Client().post(link, {"to": "nothing"}).status_code == 422
    with at_work(world):
        NextStep.objects.update(owner=world.fia)
    assert Client().get(link).status_code == 404
    assert "/steg/" not in caplog.text


def test_a_new_day_begins_its_reminders_anew(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    step = promise(world, dialogue)
    close(world, dialogue)
    asked(world, MONDAY)
    run_jobs()
    link = link_in(mail.outbox[0])
    assert Client().post(link, {"to": "moved"}).status_code == 422
    assert Client().post(link, {"to": "moved", "due_on": "2026-12-15"}).status_code == 200
    kept = now(world, step)
    assert (kept.due_on, kept.mails) == (date(2026, 12, 15), 1)


def test_done_and_moved_at_once_says_so_to_the_second(world: World, dialogue: Dialogue) -> None:
    from dialogues.errors import DialogueError

    step = promise(world, dialogue)
    with at_work(world):
        next_step_update(step=NextStep.objects.get(pk=step.pk), to=NextStep.State.DONE, by=world.olle)
        with pytest.raises(DialogueError):
            next_step_move(step=step, due_on=date(2026, 12, 1), by=world.alma)
        kept = NextStep.objects.get(pk=step.pk)
    assert (kept.state, kept.due_on) == (NextStep.State.DONE, date(2026, 11, 20))


def test_a_link_ends_when_somebody_else_takes_the_step(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    step = promise(world, dialogue)
    close(world, dialogue)
    asked(world, MONDAY)
    run_jobs()
    link = link_in(mail.outbox[0])
    with at_work(world):
        NextStep.objects.filter(pk=step.pk).update(owner=world.fia)
    assert Client().post(link, {"to": "done"}).status_code == 404
    for made_up in ("x", link.split("/")[2][:-3] + "abc", "a" * 4000):
        assert Client().get(f"/steg/{made_up}/").status_code == 404


def test_an_owner_who_left_is_not_written_to_and_the_leader_is(
    world: World, dialogue: Dialogue, run_jobs: Jobs
) -> None:
    promise(world, dialogue)
    close(world, dialogue)
    asked(world, MONDAY)
    run_jobs()
    link = link_in(mail.outbox[0])
    mail.outbox.clear()
    with at_work(world):
        Membership.objects.filter(user=world.olle).update(is_active=False)
    assert Client().get(link).status_code == 404
    assert asked(world, MONDAY.replace(day=17)) == 1
    run_jobs()
    (message,) = mail.outbox
    assert message.to == ["alma@example.org"]
    assert "/steg/" not in message.body


def test_a_mail_that_comes_back_is_seen_in_the_list(
    world: World, dialogue: Dialogue, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(world, dialogue, owner_name="Eva", owner_email="eva@fel.example")
    close(world, dialogue)
    asked(world, MONDAY)

    def refuse(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise SMTPRecipientsRefused({"eva@fel.example": (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    run_jobs()
    page = client_of(world, "alma").get("/k/alvik/dialoger/nasta-steg/").content.decode()
    assert "mejlet kom tillbaka" in page


def test_a_line_break_in_a_step_makes_no_head_of_a_mail(world: World, dialogue: Dialogue, run_jobs: Jobs) -> None:
    step = promise(world, dialogue)
    with at_work(world):
        NextStep.objects.filter(pk=step.pk).update(text="Ringa\r\nBcc: alla@example.org")
    close(world, dialogue)
    asked(world, MONDAY)
    run_jobs()
    assert mail.outbox[0].recipients() == ["olle@example.org"]
    assert "\n" not in mail.outbox[0].subject
