"""A youth reference group: lets itself in by a link, tries, reads, comments; and hears what became of it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from surveys.models import ReferenceComment, ReferenceGroup, SurveyRound
from surveys.models.response import Response
from tests.conftest import working_as
from tests.pages.surveys.conftest import at_work, words
from tests.reports import made_round
from tests.rounds import plan_round, rows
from tests.world import World


@pytest.fixture
def draft(world: World) -> SurveyRound:
    """A round that nobody outside knows of yet."""
    return plan_round(world)


@pytest.fixture
def link(open_page: Any, draft: SurveyRound) -> str:
    """The path of a group's link, as alma got it."""
    return link_to(open_page, draft)


def link_to(open_page: Any, survey_round: SurveyRound) -> str:
    made = open_page("reference-group", survey_round, data={"name": "The youth council", "days": 30})
    (found,) = set(re.findall(r'href="[^"]*(/referensgrupp/[^"]+)"', made.content.decode()))
    return html.unescape(found)


def read(path: str) -> Any:
    return Client().get(f"{path}?lang=en")


def say(link: str, about: str, text: str, name: str = "") -> Any:
    """Send a comment from the group's first page, without cookies."""
    fields = dict(re.findall(r'name="(form|key)" value="([^"]*)"', read(link).content.decode()))
    return Client(enforce_csrf_checks=True).post(
        f"{link}kommentar/?lang=en", {**fields, "about": about, "text": text, "name": name}
    )


def test_the_link_shows_a_draft_that_nobody_else_sees(link: str, draft: SurveyRound) -> None:
    page = read(link)
    assert page.status_code == 200 and "Try to answer" in words(page) and not page.cookies
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert "satisfied" in words(read(f"{link}fragorna/"))
    assert read(f"/ni-sa-vi-gjorde/{draft.public_code}/").status_code == 404


def test_the_code_is_kept_as_a_hash_alone(link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) >= 22 and token not in str(rows("surveys_referencegroup"))


@pytest.mark.parametrize("change", [{"expires_at": timezone.now() - timedelta(minutes=1)}, {"token_hash": None}])
def test_a_link_that_is_old_or_stopped_works_no_longer(world: World, link: str, change: dict[str, Any]) -> None:
    with at_work(world):
        ReferenceGroup.in_scope().update(**change)
    for path in (link, f"{link}prova/", f"{link}fragorna/", f"{link}resultat/"):
        page = read(path)
        assert page.status_code == 404 and "does not work" in words(page)


def test_a_link_opens_nothing_in_another_municipality(link: str) -> None:
    assert read(link.replace("/alvik/", "/bjorkvik/")).status_code == 404


def test_the_survey_is_tried_and_nothing_is_stored(world: World, link: str) -> None:
    address = f"{link}prova/?lang=en"
    page = Client().get(address)
    assert "Try-out" in words(page)
    fields = dict(re.findall(r'name="(form|key)" value="([^"]*)"', page.content.decode()))
    answers = {"age": "18-19", "satisfaction": "7"}
    first = Client(enforce_csrf_checks=True).post(address, {**fields, "page": "", "go": "on"})
    assert first.status_code == 200 and "Nothing is stored" in words(first)
    done = Client(enforce_csrf_checks=True).post(address, {**fields, **answers, "page": "about", "go": "send"})
    assert "That was the whole survey" in words(done)
    assert rows("surveys_intakerow") == []
    with working_as("worker"), at_work(world):
        assert not Response.objects.exists()


def test_a_comment_stands_beside_its_question_and_gets_an_answer(
    world: World, link: str, draft: SurveyRound, open_page: Any
) -> None:
    assert say(link, "question:satisfaction", "Svår skala.", "Kim").status_code == 302
    assert "Svår skala." in words(read(f"{link}fragorna/"))
    page = words(open_page("reference-group", draft))
    assert page.index("satisfied") < page.index("Svår skala.") and "Kim, The youth council" in page
    with at_work(world):
        comment = ReferenceComment.in_scope().get()
    one = {"comment_id": comment.pk}
    data = {f"{comment.pk}-to": "not_taken", f"{comment.pk}-answer": ""}
    assert open_page("reference-comment-answer", draft, data=data, **one).status_code == 422
    data[f"{comment.pk}-answer"] = "Den är gemensam för alla kommuner."
    assert open_page("reference-comment-answer", draft, data=data, **one).status_code == 302
    home = words(read(link))
    assert "What became of what you said" in home and "gemensam för alla" in home


@pytest.mark.parametrize(
    ("about", "text", "said"),
    [
        ("question:satisfaction", "", "Write something"),
        ("question:satisfaction", "Skriv till kim@example.org", "e-mail address"),
        ("question:nothing", "Hej", "not there any more"),
        ("dataset:1", "Hej", "not there any more"),
    ],
)
def test_a_comment_that_cannot_be_kept_comes_back(link: str, about: str, text: str, said: str) -> None:
    answered = say(link, about, text)
    assert answered.status_code == 422 and said in words(answered) and text in words(answered)
    assert rows("surveys_referencecomment") == []


def test_results_are_read_when_they_are_made_and_before_they_are_public(
    world: World, run_jobs: Any, open_page: Any, link: str
) -> None:
    assert read(f"{link}resultat/").status_code == 404
    survey_round = made_round(world, run_jobs)
    made = link_to(open_page, survey_round)
    page = words(read(f"{made}resultat/"))
    assert "not public yet" in page and "%" in page
    key = re.search(r'name="about" value="(finding:[^"]+)"', read(f"{made}resultat/").content.decode())
    assert key is not None
    assert say(made, html.unescape(key[1]), "Det stämmer.").status_code == 302
    assert "Det stämmer." in words(open_page("reference-group", survey_round))
