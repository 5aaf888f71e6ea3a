"""A step whose owner has left, or has no time, is taken on by somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Membership
from dialogues.models import NextStep
from dialogues.selectors.next_steps import hanging_next_steps
from dialogues.services.following_up import next_step_update
from dialogues.services.reminding import grant_of
from tests.conftest import client_of
from tests.dialogues import at_work
from tests.pages.dialogues.test_next_steps import promise, start
from tests.world import World


@pytest.fixture
def step(world: World) -> NextStep:
    return promise(world)


def hand_over(world: World, step: NextStep, who: str = "alma", **fields: Any) -> Any:
    address = reverse("next-step-hand-over", args=["alvik", step.pk])
    return client_of(world, who).post(
        address, {f"to-{name}": value for name, value in fields.items()}, follow=True
    )


def test_a_step_of_somebody_who_left_hangs_and_says_so(world: World, step: NextStep) -> None:
    with at_work(world):
        assert not hanging_next_steps(step.created_at.date()).exists()
        Membership.objects.filter(user=world.olle).update(is_active=False)
        assert [one.pk for one in hanging_next_steps(step.created_at.date())] == [step.pk]
    page = client_of(world, "alma").get(reverse("next-step-list", args=["alvik"])).content.decode()
    assert "har slutat" in page


def test_a_colleague_takes_it_on_and_the_old_link_is_dead(world: World, step: NextStep) -> None:
    old = grant_of(step)
    answer = hand_over(world, step, owner=str(world.fia.pk))
    assert f"{world.fia.name} tar över steget" in answer.content.decode()
    assert "Ringa biblioteket" in start(world, "fia") and "Ringa biblioteket" not in start(world, "olle")
    with at_work(world):
        step.refresh_from_db()
        assert (step.mails, step.mail_failed) == (0, False), "she is told about it anew"
    gone = client_of(world, "olle").get(reverse("next-step-by-mail", args=[old]))
    assert "Ringa biblioteket" not in gone.content.decode()


def test_somebody_from_outside_takes_it_on(world: World, step: NextStep) -> None:
    hand_over(world, step, owner_name="Polisens ungdomsgrupp", owner_email="Unga@Example.org")
    with at_work(world):
        step.refresh_from_db()
    assert (step.owner, step.owner_name, step.owner_email) == (None, "Polisens ungdomsgrupp", "unga@example.org")


def test_nobody_is_not_an_owner_and_a_finished_step_stays(world: World, step: NextStep) -> None:
    assert hand_over(world, step).status_code == 422
    with at_work(world):
        next_step_update(step=step, to=NextStep.State.DONE, by=world.olle)
    assert "redan markerat" in hand_over(world, step, owner=str(world.fia.pk)).content.decode()
    with at_work(world):
        step.refresh_from_db()
    assert step.owner == world.olle
