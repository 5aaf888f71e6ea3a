"""Answering without script: every page, every way back, every refusal, in words."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.public_round import forget_rounds
from surveys.questionnaire import wellbeing
from surveys.services.rounds import survey_round_cancel, survey_round_close, survey_round_schedule
from tests.lix import lix_of
from tests.rounds import open_round, plan_round, public, rows
from tests.rules.test_survey_intake import CLOSED_LONG_AGO, backdate
from tests.world import World

PUPIL = {"age": "16", "occupation": "school"}


class Person:
    """Somebody without script, who presses buttons and sees pages."""

    def __init__(self, survey_round: SurveyRound, language: str = "en") -> None:
        self.address = f"/svara/{survey_round.public_code}/?lang={language}"
        self.client = Client()
        self.status = 0
        self.html = ""

    def open(self) -> Person:
        return self._show(self.client.get(self.address))

    def press(self, go: str = "on", **answers: Any) -> Person:
        """Fill in what is on the page and press a button. A name ending in `_` is one that Python keeps."""
        fields = {**self.hidden, **self.chosen, **answers, "go": go}
        return self._show(self.client.post(self.address, fields))

    def _show(self, response: Any) -> Person:
        self.status, self.html = response.status_code, response.content.decode()
        return self

    @property
    def hidden(self) -> dict[str, list[str]]:
        """What the page carries along."""
        found: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.html):
            found.setdefault(name, []).append(unescape(value))
        return found

    @property
    def chosen(self) -> dict[str, list[str]]:
        """What is filled in on the page itself."""
        found: dict[str, list[str]] = {}
        for name, value in re.findall(
            r'type="(?:radio|checkbox)" name="([^"]+)" value="([^"]*)" checked', self.html
        ):
            found.setdefault(name, []).append(value)
        for name, value in re.findall(r'<input id="[^"]*" name="([^"]+)" value="([^"]*)"', self.html):
            found[name] = [unescape(value)]
        for name, value in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', self.html):
            found[name] = [unescape(value)]
        return found

    @property
    def heading(self) -> str:
        return unescape(re.findall(r"<h1[^>]*>([^<]*)</h1>", self.html)[0])

    @property
    def title(self) -> str:
        return unescape(re.findall(r"<title>([^<]*)</title>", self.html)[0])

    @property
    def words(self) -> str:
        return unescape(re.sub(r"<[^>]+>", " ", self.html))


@pytest.fixture
def survey_round(committed: World) -> SurveyRound:
    forget_rounds()
    return open_round(committed)


@pytest.fixture
def person(survey_round: SurveyRound) -> Iterator[Person]:
    yield Person(survey_round).open()


def test_the_first_page_says_who_asks_why_and_that_it_is_free_and_safe(person: Person) -> None:
    assert person.status == 200
    for words in (
        "Alviks kommun",
        "8 minutes",
        "voluntary",
        "Nobody can see that it is you",
        "We talk about the answers",
    ):
        assert words in person.words
    assert person.html.count("button--next") == 1 and "I want to take part" in person.words


def test_all_pages_to_the_end_and_one_envelope(person: Person) -> None:
    person.press()
    seen = [person.title]
    person.press(**PUPIL)
    while person.status == 200 and "ahead" not in person.hidden["page"]:
        seen.append(person.title)
        person.press()
    seen.append(person.title)
    assert len(set(seen)) == 7 and all(f"part {number} of 7" in title for number, title in enumerate(seen, 1))
    person.press(own_words="More buses at night.")
    assert person.heading == "Thank you for your answers!"
    assert len(rows("surveys_intakerow", "id")) == 1


def test_back_loses_nothing_not_even_what_is_wrong(person: Person) -> None:
    person.press()
    person.press(age="seventeen", gender="woman")
    assert person.status == 422
    person.press("back")
    assert person.heading == "How are things with you?"
    person.press()
    assert person.chosen == {"age": ["seventeen"], "gender": ["woman"]}


def test_answers_are_there_when_somebody_comes_back(person: Person) -> None:
    person.press()
    person.press(**PUPIL)
    person.press(means=["calm", "joy"], satisfaction="7")
    person.press("back")
    assert person.chosen == {"means": ["calm", "joy"], "satisfaction": ["7"]}
    person.press("back")
    assert person.chosen == {"age": ["15-17"], "occupation": ["school"]}


def test_of_an_age_only_the_band_travels_on(person: Person) -> None:
    person.press()
    person.press(**PUPIL)
    assert person.hidden["age"] == ["15-17"]
    assert ">16<" not in person.html and '"16"' not in person.html


def test_only_the_age_is_needed(person: Person) -> None:
    person.press()
    person.press()
    assert person.status == 422
    assert "We need an answer to this question" in person.words
    assert 'href="#q-age"' in person.html and person.title.startswith("Something needs another look")
    person.press(age="29")
    while "page" in person.hidden:
        person.press()
    assert person.heading == "Thank you for your answers!"


@pytest.mark.parametrize(("age", "words"), [("14", "people aged 15 to 29"), ("30", "15 to 29")])
def test_younger_and_older_people_are_thanked_and_not_counted(person: Person, age: str, words: str) -> None:
    person.press()
    person.press(age=age, gender="woman")
    assert person.status == 200 and words in person.words and "Thank you" in person.words
    assert person.hidden == {}
    assert "112" in person.words
    assert rows("surveys_intakerow") == []


def test_support_lines_are_on_every_page_with_whom_and_when(person: Person) -> None:
    for _ in range(8):
        assert "Someone to talk to" in person.words
        for words in ("112", "116 111", "Those under 18", "90 390", "Those aged 18 or more", "Round the clock"):
            assert words in person.words, person.title
        person.press(**(PUPIL if "about" in person.hidden.get("page", []) else {}))
    assert person.heading == "Thank you for your answers!" and "116 111" in person.words


def test_beside_heavy_questions_the_support_stands_open(person: Person) -> None:
    person.press()
    assert '<details class="support">' in person.html
    person.press(**PUPIL)
    while "others" not in person.hidden["page"]:
        person.press()
    assert '<details class="support" open>' in person.html


def test_every_page_has_a_way_out_and_none_has_a_cookie(person: Person) -> None:
    for _ in range(8):
        assert "Leave quickly" in person.words
        assert not person.client.cookies
        person.press(**(PUPIL if "about" in person.hidden.get("page", []) else {}))


def test_ten_thousand_characters_are_refused_in_words_and_kept_on_the_page(person: Person) -> None:
    person.press()
    person.press(**PUPIL)
    while "ahead" not in person.hidden["page"]:
        person.press()
    person.press(own_words="x" * 10_000)
    assert person.status == 422
    assert "10000 characters" in person.words and "at most 500" in person.words
    assert person.chosen["own_words"] == ["x" * 10_000]
    assert rows("surveys_intakerow") == []


def test_a_form_of_another_size_altogether_is_refused_in_words(person: Person) -> None:
    person.press()
    person.press(**PUPIL, own_words="x" * 3_000_000)
    assert person.status == 413 and "too much at once" in person.words


def test_a_forged_form_sends_nothing_and_loses_nothing(person: Person) -> None:
    person.press()
    person.press(**PUPIL)
    forged = {**person.hidden, "key": "0" * 64, "page": "ahead", "go": "send", "age": "15-17"}
    person._show(person.client.post(person.address, forged))
    assert person.status == 400 and "nothing was sent" in person.words
    assert rows("surveys_intakerow") == []
    assert person.hidden["age"] == ["15-17"]
    person.press()
    assert person.heading == "Thank you for your answers!"


def test_a_key_of_one_round_is_none_of_another(committed: World, person: Person) -> None:
    other = Person(open_round(committed, tenant=committed.bjorkvik)).open()
    taken = {**other.hidden, **person.hidden, "page": "ahead", "go": "send", "age": "18-19"}
    other._show(other.client.post(other.address, taken))
    assert other.status == 400
    assert rows("surveys_intakerow") == []


def test_a_form_sent_twice_says_that_it_has_come_and_counts_once(person: Person) -> None:
    form = {**person.hidden, "page": "ahead", "go": "send", "age": "18-19"}
    assert "Thank you for your answers" in person._show(person.client.post(person.address, form)).words
    person._show(person.client.post(person.address, form))
    assert person.status == 200 and "count once" in person.words
    assert len(rows("surveys_intakerow", "id")) == 1


def test_answers_that_nobody_can_give_are_refused_in_words(person: Person) -> None:
    person.press()
    person.press(age="18", gender="wizard")
    assert person.status == 422 and "That is not one of the answers" in person.words
    person.press(age="18", gender=["woman", "man"])
    assert person.status == 422 and "Choose one answer only" in person.words


def test_what_somebody_writes_is_text_and_nothing_else(person: Person) -> None:
    person.press()
    person.press(**PUPIL)
    while "ahead" not in person.hidden["page"]:
        person.press()
    wicked = "</textarea><script>alert(1)</script>\"'&amp;"
    person.press(own_words=wicked + " 070-123 45 67")
    assert person.status == 422 and "<script>alert" not in person.html
    assert person.chosen["own_words"] == [wicked + " 070-123 45 67"]


def test_pupils_are_asked_about_school_and_others_are_not(person: Person) -> None:
    person.press()
    person.press(age="22", occupation="work")
    while "days" not in person.hidden["page"]:
        person.press()
    assert "support I need to move on" in person.words and "At school there are adults" not in person.words


def test_who_changes_an_answer_leaves_no_trace_of_what_it_opened(
    person: Person, survey_round: SurveyRound
) -> None:
    form = {
        **person.hidden,
        "page": "ahead",
        "go": "send",
        "age": "22",
        "occupation": "work",
        "attendance": "hardly",
    }
    person._show(person.client.post(person.address, form))
    assert person.heading == "Thank you for your answers!"


def test_swedish_comes_first_and_the_language_follows_along(survey_round: SurveyRound) -> None:
    person = Person(survey_round)
    assert 'lang="sv"' in person._show(Client().get(f"/svara/{survey_round.public_code}/")).html
    assert person.heading == "Hur har du det?"
    assert 'href="/svara/' in person.html and "?lang=en" in person.html
    english = Person(survey_round, "en").open().press()
    assert 'formaction="/svara/' in english.html and 'lang="sv"' in english.html
    assert english.heading == "A little about you"


def test_a_round_that_has_not_opened_says_when(committed: World) -> None:
    survey_round = plan_round(committed)
    assert Person(survey_round).open().status == 404
    opens = timezone.now() + timedelta(days=3)
    with transaction.atomic(), scope(committed.alvik.pk):
        survey_round_schedule(
            survey_round=survey_round, opens_at=opens, closes_at=opens + timedelta(days=7), by=committed.alma
        )
    person = Person(survey_round).open()
    assert person.status == 200 and "not opened yet" in person.words
    assert timezone.localtime(opens).strftime("%H:%M") in person.words


def test_a_cancelled_round_says_so(committed: World) -> None:
    survey_round = plan_round(committed)
    later = timezone.now() + timedelta(days=3)
    with transaction.atomic(), scope(committed.alvik.pk):
        survey_round_schedule(
            survey_round=survey_round, opens_at=later, closes_at=later + timedelta(days=7), by=committed.alma
        )
        survey_round_cancel(survey_round=survey_round, by=committed.alma)
    person = Person(survey_round).open()
    assert person.status == 410 and "called off" in person.words


def test_a_closed_round_says_so_to_those_who_come_and_to_those_who_send_late(
    committed: World, survey_round: SurveyRound
) -> None:
    begun = Person(survey_round).open().press().press(**PUPIL)
    with transaction.atomic(), scope(committed.alvik.pk):
        survey_round_close(survey_round=survey_round, by=committed.alma)
    forget_rounds()
    assert "takes no more answers" in Person(survey_round).open().words
    while "page" in begun.hidden:
        begun.press()
    assert begun.heading == "Thank you for your answers!", "begun before closing: taken for half an hour more"

    late = {**begun.hidden, "page": "ahead", "go": "send", "age": "18-19"}
    backdate(survey_round, CLOSED_LONG_AGO)
    forget_rounds()
    begun._show(begun.client.post(begun.address, late))
    assert begun.status == 410 and begun.heading == "The survey has closed"


def test_closing_between_the_page_and_the_intake_is_said_in_words(
    survey_round: SurveyRound, person: Person
) -> None:
    public(survey_round)
    backdate(survey_round, CLOSED_LONG_AGO)
    person._show(person.client.post(person.address, {**person.hidden, "page": "ahead", "go": "send", "age": "18"}))
    assert person.status == 410 and "too late to be counted" in person.words


@pytest.mark.parametrize("code", ["zzzzzzzz", "x", "../../etc", "a" * 500, "%00"])
def test_a_wrong_link_is_told_to_look_again(committed: World, code: str) -> None:
    response = Client().get(f"/svara/{code}/?lang=en")
    assert response.status_code == 404


def test_a_code_read_aloud_wrongly_still_leads_there(survey_round: SurveyRound) -> None:
    misheard = survey_round.public_code.upper().replace("0", "O").replace("1", "I")
    assert Client().get(f"/svara/{misheard}/").status_code == 200


def test_a_page_is_small_and_quick(person: Person) -> None:
    person.press()
    person.press(**PUPIL)
    assert len(gzip.compress(person.html.encode())) < 15_000
    began = time.perf_counter()
    for _ in range(20):
        person.press("stay")
    assert (time.perf_counter() - began) / 20 < 0.05


def test_the_whole_questionnaire_in_one_page_is_small_too(person: Person) -> None:
    response = person.client.post(person.address, {**person.hidden, "whole": "1"})
    html = response.content.decode()
    assert len(gzip.compress(html.encode())) < 15_000
    for question in wellbeing():
        assert f'data-question="{question.code}"' in html


def test_every_choice_of_every_question_can_be_marked(survey_round: SurveyRound) -> None:
    from surveys.answering.rendering import render_question

    questionnaire = wellbeing()
    for question in questionnaire:
        for choice in question.choices if question.kind.value != "number" else ():
            html = render_question(questionnaire, "test", question, "sv", {question.code: [choice.code]})
            assert html.count(" checked") == 1, (question.code, choice.code)
            assert f'value="{choice.code}" checked' in html


def test_swedish_pages_are_plain(survey_round: SurveyRound) -> None:
    person = Person(survey_round, "sv").open()
    assert "Jag vill vara med" in person.words
    assert lix_of(sentences(person)) <= 35
    form = {**person.hidden, "page": "ahead", "go": "send", "age": "18-19"}
    person._show(person.client.post(person.address, form))
    assert person.heading == "Tack för dina svar!"
    assert lix_of(sentences(person)) <= 35


def sentences(person: Person) -> list[str]:
    """What stands in the page's own part: headings, paragraphs, points."""
    main = person.html[person.html.index("<main") : person.html.index("</main>")]
    texts = re.findall(r"<(?:h1|h2|p|li|span)[^>]*>([^<]+)<", main)
    return [unescape(text) for text in texts if text.strip()]
