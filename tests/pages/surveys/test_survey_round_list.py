"""The list of rounds, and what of it stands on the start page."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from portal.jobs.models import Job
from tests.pages.surveys.conftest import answered, at_work, closed, opened, queries_of, scheduled, words
from tests.rounds import plan_round
from tests.world import World


def test_the_first_time_it_teaches_and_starts_the_first(world: World, open_page: Any) -> None:
    page = open_page("survey-round-list")
    assert "Your first survey will be here" in words(page)
    assert "/k/alvik/enkater/ny/" in page.content.decode()


def test_a_viewer_is_taught_too_but_starts_nothing(world: World, open_page: Any) -> None:
    page = open_page("survey-round-list", who="vera")
    assert "Your first survey will be here" in words(page)
    assert "/k/alvik/enkater/ny/" not in page.content.decode()


@pytest.mark.parametrize(("count", "shown"), [(0, "fewer than 5"), (4, "fewer than 5"), (14, "at least 10")])
def test_an_open_round_shows_its_count_rounded_down(world: World, open_page: Any, count: int, shown: str) -> None:
    answered(world, opened(world), count)
    assert f"Answers: {shown} of about 60" in words(open_page("survey-round-list"))
    assert f"Answers: {shown} of about 60" in words(open_page("start"))


def test_rounds_of_another_municipality_are_not_listed(world: World, open_page: Any) -> None:
    plan_round(world, tenant=world.bjorkvik, title="Theirs")
    assert "Theirs" not in words(open_page("survey-round-list"))


def test_the_list_takes_few_queries_however_many_rounds(world: World, open_page: Any) -> None:
    for number in range(3):
        opened(world, title=f"Open {number}")
        scheduled(world, title=f"Ahead {number}")
        closed(world, 12, title=f"Behind {number}")
    page = words(open_page("survey-round-list"))
    assert all(f"{name} {number}" in page for name in ("Open", "Ahead", "Behind") for number in range(3))
    queries = queries_of(world, "survey-round-list")
    assert len(queries) <= 12, queries


def test_the_start_page_names_the_round_ahead(world: World, open_page: Any) -> None:
    scheduled(world, title="Soon")
    assert "Soon" in words(open_page("start"))


def test_the_start_page_starts_the_first_round(world: World, open_page: Any) -> None:
    assert "No survey is open" in words(open_page("start"))
    assert "No survey is open" not in words(open_page("start", who="vera"))


def test_a_round_whose_results_nobody_makes_says_so_on_its_card(world: World, open_page: Any) -> None:
    survey_round = closed(world, 12)
    assert "The results are on their way" in words(open_page("survey-round-list"))
    open_page("survey-round-making-stop", survey_round, data={})
    with at_work(world):
        Job.in_scope().filter(finished_at=None).update(state=Job.State.CANCELLED, finished_at=timezone.now())
    page = words(open_page("survey-round-list"))
    assert "nobody is making them" in page and "on their way" not in page
