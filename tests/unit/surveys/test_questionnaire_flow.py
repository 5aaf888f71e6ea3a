"""Each person gets the pages meant for them, and changing one's mind leaves nothing behind."""

from surveys.questionnaire import (
    asked_questions,
    page_after,
    page_before,
    page_for,
    pages,
    prune,
    read,
    wellbeing,
)

from .example import definition

SMALL = read(definition())
PUPIL = {"age": "15-19", "does": "school"}


def codes(found):
    return [page.code for page in found]


def test_a_section_with_nothing_to_ask_is_left_out():
    assert codes(pages(SMALL, {"does": "work"})) == ["you", "life"]
    assert codes(pages(SMALL, PUPIL)) == ["you", "school", "life"]


def test_who_skipped_the_question_is_not_asked_what_hangs_on_it():
    assert codes(pages(SMALL, {"age": "15-19"})) == ["you", "life"]


def test_progress_counts_the_pages_this_person_gets():
    last = pages(SMALL, {"does": "work"})[-1]
    assert (last.number, last.total, last.is_last) == (2, 2, True)
    first = pages(SMALL, PUPIL)[0]
    assert (first.number, first.total, first.is_first, first.share_before) == (1, 3, True, 0)


def test_forward_and_back_skip_what_is_not_asked():
    assert page_after(SMALL, PUPIL, "you").section.code == "school"
    assert page_after(SMALL, {"does": "work"}, "you").section.code == "life"
    assert page_before(SMALL, {"does": "work"}, "life").section.code == "you"
    assert page_after(SMALL, PUPIL, "life") is None
    assert page_before(SMALL, PUPIL, "you") is None


def test_leaving_a_page_that_has_just_vanished_still_leads_on():
    assert page_after(SMALL, {"does": "work"}, "school").section.code == "life"


def test_no_page_for_a_section_that_is_not_asked_or_does_not_exist():
    assert page_for(SMALL, {"does": "work"}, "school") is None
    assert page_for(SMALL, PUPIL, "nonsense") is None
    assert page_for(SMALL, PUPIL, "life").number == 3


def test_a_changed_answer_takes_with_it_all_that_it_opened():
    answers = {**PUPIL, "likes_school": "often", "friends_often": "never", "words": "hej"}
    assert prune(SMALL, answers) == answers
    changed = {**answers, "does": "work"}
    assert prune(SMALL, changed) == {"age": "15-19", "does": "work", "words": "hej"}
    assert "friends_often" not in {question.code for question in asked_questions(SMALL, changed)}


def test_any_of_several_answers_opens_a_question():
    data = definition()
    data["sections"].append({"code": "last", "title": {"sv": "Sist"}})
    data["questions"].append(
        {
            "code": "song",
            "section": "last",
            "kind": "single",
            "text": {"sv": "Sång?"},
            "label": {"sv": "Sång"},
            "choices": [{"code": "yes", "text": {"sv": "Ja"}}, {"code": "no", "text": {"sv": "Nej"}}],
            "since": 2,
            "show_if": {"question": "why", "in": ["music"]},
        }
    )
    questionnaire = read(data)
    assert page_for(questionnaire, {"why": ("sport", "music")}, "last")
    assert not page_for(questionnaire, {"why": ("sport",)}, "last")


def test_the_wellbeing_questionnaire_always_has_a_first_and_a_last_page():
    found = pages(wellbeing(), {})
    assert found[0].is_first
    assert found[-1].is_last
