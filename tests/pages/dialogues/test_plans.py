"""Action plans: filled, adopted as versions, followed, handed out as files."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.urls import reverse

from dialogues.errors import DialogueError
from dialogues.models import Activity
from dialogues.plans.content import changes_between
from dialogues.services.activities import activity_move
from dialogues.services.plans import entry_put, plan_adopt, plan_change
from portal.tenancy.scope import identify
from tests.activities import make_activity
from tests.conftest import client_of
from tests.dialogues import SHELL, at_work, queries
from tests.pdf_ua import check_reads_aloud
from tests.rules.matrix.plans import make_plan
from tests.world import World


def page(world: World, name: str, *args: Any, who: str = "alma", slug: str = "alvik", **query: Any) -> str:
    answer = client_of(world, who).get(reverse(name, args=[slug, *args]), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_plan_shows_its_goals_areas_and_how_far_it_has_come(world: World) -> None:
    with at_work(world):
        plan = make_plan(world)
        activity_move(activity=Activity.objects.get(), to=Activity.State.ONGOING, by=world.alma)
    shown = page(world, "plan-detail", plan.pk, who="vera")
    assert "Fler unga mår bra" in shown and "1 av 1 aktiviteter har börjat" in shown
    assert shown.index("Fritid") < shown.index("Öppet på söndagar") < shown.index("Skola</h3>")
    assert "Ta ut den ur planen" not in shown, "offered to somebody who may only read"


def test_a_version_stays_and_the_next_says_what_changed(world: World) -> None:
    with at_work(world):
        plan = make_plan(world)
        first = plan_adopt(plan=plan, adopted_on=date(2026, 3, 1), line="", by=world.alma)
        assert first.changes == []
        with pytest.raises(DialogueError):
            plan_adopt(plan=plan, adopted_on=date(2027, 3, 1), line="", by=world.alma)
        plan_change(plan=plan, by=world.alma, long_goals="Ingen är ensam")
        activity_move(activity=Activity.objects.get(), to=Activity.State.ONGOING, by=world.alma)
        plan.refresh_from_db()
    changed = "Nytt långsiktigt mål: Ingen är ensam"
    assert changed in page(world, "plan-detail", plan.pk)
    sent = {"adopted_on": "2027-03-01", "line": "Årets översyn"}
    client_of(world, "alma").post(reverse("plan-adopt", args=["alvik", plan.pk]), sent)
    second = page(world, "plan-version", plan.pk, 2)
    assert changed in second and "Planerad → Pågår" in second and "Årets översyn" in second
    old = page(world, "plan-version", plan.pk, 1)
    assert "Fler unga mår bra" in old and "Ingen är ensam" not in old


def test_only_an_own_activity_goes_into_a_plan(world: World) -> None:
    with at_work(world, "bjorkvik"):
        identify(world.bo.pk)
        theirs = Activity.objects.create(title="Grannens")
    with at_work(world):
        plan = make_plan(world)
        ours = make_activity(world, "Simskola")
    address = reverse("plan-entry-add", args=["alvik", plan.pk])
    sent = {"place": "ongoing", "area": "Skola"}
    refused = client_of(world, "alma").post(address, sent | {"activity": str(theirs.pk)})
    assert refused.status_code == 422 and "Grannens" not in refused.content.decode()
    shown = client_of(world, "alma").post(address, sent | {"activity": str(ours.pk)}, follow=True).content.decode()
    assert shown.index("Skola</h3>") < shown.index("Simskola")


def test_the_files_say_what_the_page_says(world: World) -> None:
    with at_work(world):
        plan = make_plan(world)
        plan_adopt(plan=plan, adopted_on=date(2026, 3, 1), line="", by=world.alma)
    client = client_of(world, "vera")
    made = client.get(reverse("plan-file", args=["alvik", plan.pk, "docx"]), {"version": 1})
    words = docx.Document(io.BytesIO(made.content))
    text = "\n".join(line.text for line in words.paragraphs)
    assert "Fler unga mår bra" in text and "Version 1" in text
    assert words.tables[0].cell(1, 0).text == "Öppet på söndagar"
    pdf = client.get(reverse("plan-file", args=["alvik", plan.pk, "pdf"])).content
    check_reads_aloud(pdf, title=plan.title)
    assert client.get(reverse("plan-file", args=["alvik", plan.pk, "exe"])).status_code == 404
    assert client.get(reverse("plan-file", args=["alvik", plan.pk, "pdf"]), {"version": 9}).status_code == 404


def test_a_plan_asks_no_more_however_many_activities_it_has(world: World) -> None:
    with at_work(world):
        plan = make_plan(world)
    address = reverse("plan-detail", args=["alvik", plan.pk])
    few = queries(world, address, "alma")
    with at_work(world):
        for n in range(8):
            entry_put(
                plan=plan, activity=make_activity(world, f"Nummer {n}"), place="ongoing", area="", by=world.alma
            )
    assert queries(world, address, "alma") == few <= 12 + SHELL


def test_nothing_changed_is_nothing_said() -> None:
    content: dict[str, Any] = {"long_goals": ["Ett"], "activities": []}
    assert changes_between(content, content) == []
