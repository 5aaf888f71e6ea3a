"""A municipality's own support lines: where they are set up, and where young people meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from surveys.models import LocalSupportLine
from surveys.services.support_lines import support_line_add, support_line_change
from tests.conftest import working_as
from tests.pages.surveys.conftest import at_work, words
from tests.pages.surveys.test_survey_answer import PUPIL, Person
from tests.rounds import open_round, public, rows
from tests.world import World

LIST = "support-line-list"
CLINIC = {
    "name": "Alvik's youth clinic",
    "phone": "0100-12 34 56",
    "url": "https://alvik.example.org/mottagning",
    "whom": "Those up to 25",
    "hours": "Weekdays 9 to 16",
}


def lines(world: World) -> list[LocalSupportLine]:
    with at_work(world):
        return list(LocalSupportLine.objects.own())


def test_the_first_line_is_added_mended_and_taken_away(world: World, open_page: Any) -> None:
    assert "The national lines are shown all the same" in words(open_page(LIST))
    assert open_page(LIST, data=CLINIC).status_code == 302
    page = words(open_page(LIST))
    assert "Alvik's youth clinic" in page and "Weekdays 9 to 16" in page and "Looked through" in page
    (line,) = lines(world)
    changed = open_page("support-line-edit", line_id=line.pk, data=CLINIC | {"phone": "0100–99 99 99"})
    assert changed.status_code == 302
    assert lines(world)[0].phone == "0100-99 99 99"
    assert "national lines stay" in words(open_page("support-line-remove", line_id=line.pk))
    assert open_page("support-line-remove", line_id=line.pk, data={}).status_code == 302
    assert lines(world) == []
    verbs = [verb for (verb,) in rows("audit_auditevent", "verb")]
    assert [verb for verb in verbs if verb.startswith("support_line")] == [
        "support_line.added", "support_line.changed", "support_line.removed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "http://alvik.example.org"}, "begins with https://"),
        ({"url": "javascript:alert(1)"}, "begins with https://"),
        ({"url": "https://112.example@evil.example/"}, "begins with https://"),
        ({"url": "https://alvik.example.org:8443/"}, "begins with https://"),
        ({"url": "//evil.example"}, "begins with https://"),
        ({"phone": "ring oss"}, "with figures, spaces and hyphens"),
        ({"phone": "112;ext=9"}, "with figures, spaces and hyphens"),
        ({"phone": "*21*0100123456#"}, "with figures, spaces and hyphens"),
        ({"phone": "", "url": ""}, "Give a number or a website"),
    ],
)
def test_only_a_number_or_a_safe_page_is_taken(world: World, open_page: Any, wrong: Any, said: str) -> None:
    refused = open_page(LIST, data=CLINIC | wrong)
    assert refused.status_code == 422 and said in words(refused)
    assert lines(world) == []


@pytest.mark.parametrize("wrong", [{"url": "javascript:alert(1)"}, {"phone": "call"}, {"phone": "", "url": ""}])
def test_postgresql_takes_no_other_link_either(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), working_as("web"), at_work(world):
        support_line_add(by=world.alma, **(CLINIC | wrong))


def test_a_line_moves_up_and_the_first_stays(world: World, open_page: Any) -> None:
    for name in ("One", "Two", "Three"):
        open_page(LIST, data=CLINIC | {"name": name})
    three = lines(world)[2]
    for _turn in range(4):
        assert open_page("support-line-raise", line_id=three.pk, data={}).status_code == 302
    assert [line.name for line in lines(world)] == ["Three", "One", "Two"]


def test_a_list_that_nobody_would_read_is_refused(world: World, open_page: Any) -> None:
    for number in range(8):
        assert open_page(LIST, data=CLINIC | {"name": f"Line {number}"}).status_code == 302
    refused = open_page(LIST, data=CLINIC | {"name": "One more"})
    assert refused.status_code == 422 and "Take one away first" in words(refused)


def test_a_reader_sees_the_lines_and_changes_none(world: World, open_page: Any) -> None:
    open_page(LIST, data=CLINIC)
    page = words(open_page(LIST, who="fia"))
    assert "Alvik's youth clinic" in page and "Add the line" not in page
    assert open_page(LIST, who="fia", data=CLINIC | {"name": "Mine"}).status_code == 404
    assert len(lines(world)) == 1


def test_every_answering_page_shows_them_to_everyone(committed: World) -> None:
    survey_round = open_round(committed)
    with working_as("web"), at_work(committed):
        support_line_add(by=committed.alma, **(CLINIC | {"name": "<b>Alvik & co</b>"}))
    public(survey_round)
    person = Person(survey_round).open()
    beside = 0
    for _page in range(8):
        assert "&lt;b&gt;Alvik &amp; co&lt;/b&gt;" in person.html and "<b>Alvik" not in person.html
        assert 'href="tel:0100-123456"' in person.html and "Weekdays 9 to 16" in person.html
        beside += '<aside class="care"' in person.html and person.html.count("Weekdays 9 to 16") == 2
        person.press(**(PUPIL if "about" in person.hidden.get("page", []) else {}))
    assert person.heading == "Thank you for your answers!" and "Weekdays 9 to 16" in person.words
    assert beside, "Beside heavy questions the local lines stand in the same panel."


def test_a_wrong_number_is_mended_in_an_open_round(committed: World) -> None:
    survey_round = open_round(committed)
    with at_work(committed):
        support_line_add(by=committed.alma, **CLINIC)
    assert "0100-12 34 56" in Person(survey_round).open().html
    with transaction.atomic(), at_work(committed):
        support_line_change(
            line=LocalSupportLine.objects.own().get(), by=committed.alma, **(CLINIC | {"phone": "0100-77"})
        )
    public(survey_round)
    assert "0100-77" in Person(survey_round).open().html


def test_another_municipalitys_lines_are_not_shown(committed: World) -> None:
    theirs = open_round(committed, tenant=committed.bjorkvik)
    with at_work(committed):
        support_line_add(by=committed.alma, **CLINIC)
    assert "youth clinic" not in Person(theirs).open().words
