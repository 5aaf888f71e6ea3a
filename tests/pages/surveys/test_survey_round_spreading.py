"""What carries the link: the preview before it, the QR code and the poster."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.questionnaire import Kind
from tests.pages.surveys.conftest import opened, scheduled, words
from tests.rounds import plan_round
from tests.world import World


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_code_is_a_picture(world: World, open_page: Any, kind: str, begins: bytes) -> None:
    answer = open_page("survey-round-qr", scheduled(world), kind=kind)
    assert answer.content.startswith(begins)


def test_there_is_no_code_of_another_kind(world: World, open_page: Any) -> None:
    assert open_page("survey-round-qr", scheduled(world), kind="gif").status_code == 404


def test_a_draft_has_nothing_to_spread(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    assert open_page("survey-round-qr", draft, kind="svg").status_code == 404
    assert open_page("survey-round-poster", draft).status_code == 404


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_poster_is_a_pdf_in_either_language(world: World, open_page: Any, lang: str) -> None:
    answer = open_page("survey-round-poster", opened(world), query=f"?sprak={lang}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert f"-{lang}.pdf" in answer["Content-Disposition"]


def test_there_is_no_poster_in_an_unknown_language(world: World, open_page: Any) -> None:
    assert open_page("survey-round-poster", opened(world), query="?sprak=xx").status_code == 404


def test_the_preview_shows_every_question_and_can_send_none(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    page = open_page("survey-round-preview", draft)
    said = words(page)
    questionnaire = draft.version.content
    assert all(question.text["en"] in said for question in questionnaire)
    assert all(
        question.choices[0].text["en"] in said for question in questionnaire if question.kind is Kind.SINGLE
    )
    assert "Preview: nothing can be sent from here" in said
    assert "<form" not in page.content.decode()


def test_the_preview_is_in_the_language_one_asks_for(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    page = words(open_page("survey-round-preview", draft, query="?sprak=sv"))
    assert all(question.text["sv"] in page for question in draft.version.content)
