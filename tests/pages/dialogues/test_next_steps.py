"""Next steps on the owner's start page, and how they go on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogues.models import NextStep
from dialogues.services.following_up import next_step_add
from dialogues.services.preparing import participant_add
from tests.conftest import client_of
from tests.dialogues import at_work, invite_gun, make_dialogue
from tests.world import World


def promise(world: World, owner: str = "olle", days: int = 7, text: str = "Ringa biblioteket") -> NextStep:
    with at_work(world):
        step: NextStep = next_step_add(
            dialogue=make_dialogue(world),
            text=text,
            owner=getattr(world, owner),
            owner_name="",
            due_on=timezone.localdate() + timedelta(days=days),
            write_key=uuid4(),
            by=world.fia,
        )
    return step


def start(world: World, who: str) -> str:
    page: str = client_of(world, who).get(reverse("start", args=["alvik"])).content.decode()
    return page


def update(world: World, step: NextStep, who: str = "olle", **fields: Any) -> Any:
    return client_of(world, who).post(reverse("next-step-update", args=["alvik", step.pk]), fields, follow=True)


def test_somebody_on_the_list_takes_a_step_without_being_written_again(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world)
        invite_gun(dialogue, world)
        maja = participant_add(dialogue=dialogue, name="Maja Ceder", email="maja@example.net", by=world.alma)
    page = reverse("dialogue-log", args=["alvik", dialogue.pk])
    fia = client_of(world, "fia")
    assert "Maja Ceder" in fia.get(page).content.decode()
    assert "maja@example.net" not in client_of(world, "gun").get(page).content.decode(), (
        "a guest reads names, not addresses"
    )
    fields = {"text": "Fråga om bussen", "owner": str(maja.pk), "write_key": str(uuid4())}
    fia.post(reverse("next-step-add", args=["alvik", dialogue.pk]), fields)
    with at_work(world):
        step = NextStep.objects.get()
        other = make_dialogue(world, title="En annan")
    assert (step.owner, step.owner_name, step.owner_email) == (None, "Maja Ceder", "maja@example.net")
    refused = fia.post(reverse("next-step-add", args=["alvik", other.pk]), fields | {"write_key": str(uuid4())})
    assert refused.status_code == 422, "she is on the other list"


def test_mine_are_on_my_start_page_due_first(world: World) -> None:
    promise(world, days=20, text="Senare")
    promise(world, days=-2, text="Borde varit klart")
    promise(world, owner="fia", text="Någon annans")
    page = start(world, "olle")
    assert page.index("Borde varit klart") < page.index("Senare")
    assert "Någon annans" not in page


def test_one_press_marks_it_done_and_it_is_gone(world: World) -> None:
    step = promise(world)
    answer = update(world, step, to="done", **{"from": "start"})
    assert answer.redirect_chain[0][0] == reverse("start", args=["alvik"])
    assert reverse("next-step-update", args=["alvik", step.pk]) not in answer.content.decode()
    with at_work(world):
        step.refresh_from_db()
    assert (step.state, step.finished_by) == ("done", world.olle)


def test_marked_done_twice_says_so_and_changes_nothing(world: World) -> None:
    step = promise(world)
    update(world, step, to="done")
    with at_work(world):
        step.refresh_from_db()
    first = step.finished_at
    again = update(world, step, who="fia", to="done")
    assert "alert--mind" in again.content.decode()
    with at_work(world):
        step.refresh_from_db()
    assert (step.finished_at, step.finished_by) == (first, world.olle)


@pytest.mark.parametrize("way", [("stuck", "open", "done"), ("dropped", "open"), ("done", "open", "stuck")])
def test_a_step_can_hang_be_dropped_and_be_opened_again(world: World, way: tuple[str, ...]) -> None:
    step = promise(world)
    for state in way:
        update(world, step, to=state, line=f"nu {state}")
        with at_work(world):
            step.refresh_from_db()
        assert (step.state, step.line) == (state, f"nu {state}")


def test_a_new_day_does_not_change_how_it_goes(world: World) -> None:
    step = promise(world)
    day = timezone.localdate() + timedelta(days=30)
    update(world, step, to="open", due_on=day.isoformat())
    with at_work(world):
        step.refresh_from_db()
    assert (step.state, step.due_on) == ("open", day)


def test_a_line_is_kept_and_marks_nothing_as_done(world: World) -> None:
    step = promise(world)
    page = client_of(world, "olle").get(reverse("next-step-update", args=["alvik", step.pk])).content.decode()
    chosen = re.findall(r'<input[^>]*name="to"[^>]*\bchecked\b[^>]*>', page)
    assert len(chosen) == 1 and 'value="open"' in chosen[0], "what it says now, until somebody says something else"
    update(world, step, to="open", due_on=step.due_on.isoformat(), line="Ringde, ingen svarade")
    with at_work(world):
        step.refresh_from_db()
    assert (step.state, step.line) == ("open", "Ringde, ingen svarade")


def test_what_hangs_is_on_the_list_of_dialogues(world: World) -> None:
    promise(world, days=-1, text="Försenad")
    promise(world, days=9, text="I god tid")
    page = client_of(world, "vera").get(reverse("dialogue-list", args=["alvik"])).content.decode()
    assert "Försenad" in page
    assert "I god tid" not in page


def test_a_guest_follows_up_their_own_step_and_no_other(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world)
        invite_gun(dialogue, world)
    mine, others = promise(world, owner="gun"), promise(world)
    assert "Ringa biblioteket" in start(world, "gun")
    update(world, mine, who="gun", to="done", **{"from": "start"})
    with at_work(world):
        mine.refresh_from_db()
    assert mine.state == "done"
    assert client_of(world, "gun").get(reverse("next-step-update", args=["alvik", others.pk])).status_code == 404


def test_a_viewer_reads_but_does_not_mark(world: World) -> None:
    step = promise(world)
    assert update(world, step, who="vera", to="done").status_code == 404
