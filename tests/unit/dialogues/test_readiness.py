"""How ready a dialogue is: six steps, each with a default."""

from __future__ import annotations

from datetime import UTC, datetime

from dialogues.models import Dialogue
from dialogues.preparing.readiness import STEPS, readiness_of


def dialogue(**details: object) -> Dialogue:
    return Dialogue(title="En bra fritid", theme="leisure", goal="ideas", **details)


def test_a_new_dialogue_has_two_steps_done_and_one_that_is_next() -> None:
    ready = readiness_of(dialogue(), participants=0, slides=0, lang="sv")
    assert [step.state for step in ready.steps] == ["done", "next", "later", "done", "later", "later"]
    assert ready.next_step is not None
    assert (ready.done, ready.next_step.key, ready.is_ready) == (2, "vilka", False)


def test_with_people_charts_time_and_place_it_is_ready() -> None:
    at = datetime(2027, 3, 10, tzinfo=UTC)
    ready = readiness_of(dialogue(starts_at=at, place="Biblioteket"), participants=3, slides=2, lang="sv")
    assert (ready.is_ready, ready.stage, ready.next_step) == (True, 5, None)


def test_each_step_leads_to_the_following() -> None:
    ready = readiness_of(dialogue(), participants=0, slides=0, lang="en")
    assert [ready.after(step) for step in STEPS] == [*STEPS[1:], ""]
