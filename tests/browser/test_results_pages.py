"""Results of rounds and what is asked before a deed is done to them: sound, and within a phone's screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from surveys.models import SurveyRound
from surveys.services.making import results_stop
from surveys.services.pooling import rounds_pool_ask
from surveys.services.publishing import survey_round_publish
from surveys.services.reference_groups import reference_group_invite
from surveys.states import Weighing
from tests.browser.test_data_pages import fits
from tests.joint import announce, people_of, plan_joint, say
from tests.joint import invite as ask
from tests.pages.surveys.conftest import at_work, closed
from tests.plugins.browser import axe
from tests.reports import made_round, published_report
from tests.rounds import answer, beat
from tests.rules.test_survey_class_codes import opened, planned
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.rules.test_survey_personal_codes import invite
from tests.world import World

pytestmark = pytest.mark.browser


def addresses(world: World, run_jobs: Callable[[], list[str]]) -> Iterator[tuple[str | None, str]]:
    """Who looks, and where: a round with results and one before it, and rounds that wait for a deed."""
    first = made_round(world, run_jobs, title="Våren", by=("gender",))
    second = made_round(world, run_jobs, title="Hösten", by=("gender",), wave=2, previous_round=first)
    with at_work(world):
        SurveyRound.objects.filter(pk=second.pk).update(weighing=Weighing.POPULATION)
    for name in ("results", "waves", "groups", "weigh", "pool", "texts"):
        yield "alma", of(name, second)
    with at_work(world):
        rounds_pool_ask(survey_round=second, by=world.alma)
    run_jobs()
    for name in ("together", "together-groups"):
        yield "alma", of(name, first)
    yield "adam", of("publish", second)
    with at_work(world):
        survey_round_publish(survey_round=second, by=world.adam)
    published_report(world, second)
    yield "adam", reverse("round-report-withdraw", args=["alvik", second.pk])
    with at_work(world):
        _group, link = reference_group_invite(survey_round=second, name="Ungdomsrådet", days=30, by=world.alma)
    yield None, reverse("reference-results", args=["alvik", link])
    third = closed(world, 20, breakdowns=())
    yield "alma", of("making-stop", third)
    with at_work(world):
        results_stop(survey_round=third, by=world.alma)
    run_jobs()
    yield "alma", of("making-begin", third)
    listed = planned(world)
    invite(world, listed)
    opened(listed)
    yield "alma", reverse("survey-invitation-mail", args=["alvik", listed.pk])
    yield "alma", joint_results(world, run_jobs)


def joint_results(world: World, run_jobs: Callable[[], list[str]]) -> str:
    """Where a municipality reads its part of a joint round."""
    joint = plan_joint(world)
    asked = ask(world, joint, {world.alvik: "", world.bjorkvik: ""})
    for place in asked:
        say(asked[place], by=world.alma)
    announce(world, joint, is_open=True)
    for seed, place in enumerate(asked):
        for person in people_of(place, 40, seed=seed):
            answer(joint, person)
    backdate(joint, CLOSED_LONG_AGO)
    beat()
    run_jobs()
    return reverse("joint-part-results", args=["alvik", asked["alvik"].pk])


def of(name: str, survey_round: SurveyRound) -> str:
    return reverse(f"survey-round-{name}", args=["alvik", survey_round.pk])


@pytest.mark.looks_at(
    "survey-round-waves", "survey-round-groups", "survey-round-together", "survey-round-together-groups",
    "survey-round-weigh", "survey-round-pool", "survey-round-publish",
    "round-report-withdraw", "reference-results", "survey-round-making-stop", "survey-round-making-begin",
    "survey-invitation-mail", "joint-part-results",
)  # fmt: skip
def test_every_page_of_results_is_sound(
    committed: World, window: Callable[..., Any], run_jobs: Callable[[], list[str]]
) -> None:
    windows: dict[str | None, Any] = {}
    faults = []
    for who, address in addresses(committed, run_jobs):
        page = windows.get(who) or windows.setdefault(who, window(who, phone=True))
        assert page.goto(address).status == 200 and page.url.endswith(address), (address, page.url)
        faults += [f"{address}: {fault}" for fault in axe(page)] + [address] * (not fits(page))
    assert faults == []
