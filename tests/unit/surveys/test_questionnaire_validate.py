"""What a person posts: sound answers are kept, the rest gets words, nothing forged gets through."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import Outside, carried, clean, encode, page_for, read, wellbeing
from surveys.questionnaire.cleaning import MESSAGE_OF, Wrong
from surveys.questionnaire.validate import NEEDED, SKIPPED

from .example import definition

SMALL = read(definition())


def post(**fields):
    return {name: [value] if isinstance(value, str) else list(value) for name, value in fields.items()}


def only_error(**fields):
    (error,) = clean(SMALL, post(age="18", **fields)).errors
    return error


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("15", "15-19"),
        (" 19 ", "15-19"),
        ("20 år", "20-29"),
        ("29 years", "20-29"),
        ("٢٠", "20-29"),
        ("15-19", "15-19"),
    ],
)
def test_only_the_band_of_an_age_is_kept(written, band):
    cleaned = clean(SMALL, post(age=written))
    assert cleaned.answers == {"age": band}
    assert cleaned.is_sound


@pytest.mark.parametrize(
    ("written", "side"),
    [("14", Outside.UNDER), ("0", Outside.UNDER), ("under", Outside.UNDER), ("30", Outside.OVER)],
)
def test_those_outside_the_ages_are_thanked_and_nothing_is_kept(written, side):
    cleaned = clean(SMALL, post(age=written, does="work", words="Ring 0701234567"))
    assert cleaned.outside.outside is side
    assert cleaned.outside.thanks["sv"] == "Tack!"
    assert cleaned.answers == {}
    assert cleaned.errors == ()
    assert not cleaned.is_sound


@pytest.mark.parametrize("written", ["sjutton", "17,5", "-17", "2008-01-01", "1999", "1e1", "17 18"])
def test_an_age_that_is_no_whole_number_gets_an_example(written):
    (error,) = clean(SMALL, post(age=written)).errors
    assert (error.question, error.message) == ("age", MESSAGE_OF[Wrong.NOT_A_NUMBER])
    assert error.message % error.params == "Write a whole number, for example 22."


def test_only_the_age_must_be_there_and_only_when_its_page_is_left():
    (error,) = clean(SMALL, {}).errors
    assert (error.question, error.message) == ("age", NEEDED)
    assert clean(SMALL, post(age="18")).is_sound
    assert [e.question for e in clean(SMALL, post(words="Hej"), until="you").errors] == ["age"]


def test_a_later_question_is_not_asked_for_too_early_and_once_more_only():
    data = definition()
    data["questions"][-1]["ask_again"] = True
    questionnaire = read(data)
    assert clean(questionnaire, post(age="18"), until="you").is_sound
    (error,) = clean(questionnaire, post(age="18")).errors
    assert (error.question, error.message, error.is_gentle) == ("words", SKIPPED, True)
    assert clean(questionnaire, post(age="18"), let_go=["words"]).is_sound, "asked once more, and then let go"


def test_blank_fields_are_skipped_questions():
    assert clean(SMALL, post(age="18", does="", words="  \n ", why=["", " "])).answers == {"age": "15-19"}


def test_a_choice_that_is_not_there_is_refused():
    error = only_error(does="king")
    assert (error.question, error.message) == ("does", MESSAGE_OF[Wrong.NOT_A_CHOICE])
    assert only_error(why=["friends", "king"]).message == MESSAGE_OF[Wrong.NOT_A_CHOICE]
    assert only_error(does=["school", "work"]).message == MESSAGE_OF[Wrong.ONE_ONLY]


def test_too_many_answers_and_one_that_stands_alone():
    error = only_error(why=["friends", "sport", "music"])
    assert error.message == MESSAGE_OF[Wrong.TOO_MANY]
    assert error.message % error.params == "Choose at most 2 answers. You can take away one or more."
    assert only_error(why=["friends", "none"]).message == MESSAGE_OF[Wrong.STANDS_ALONE]


def test_several_answers_come_in_the_questions_order_and_once():
    assert clean(SMALL, post(age="18", why=["music", "friends", "music"])).answers["why"] == (
        "friends",
        "music",
    )


def test_text_is_tidied_and_what_matters_is_kept():
    cleaned = clean(SMALL, post(age="18", words="  Mer\r\nmusik\x00\u202e 👨‍👩‍👧 a\u030a "))
    assert cleaned.answers["words"] == "Mer\nmusik 👨‍👩‍👧 å"


def test_a_line_break_counts_as_one_character_as_it_does_in_the_browser():
    assert clean(SMALL, post(age="18", words="x\r\n" * 20)).is_sound


def test_a_long_text_says_how_long_it_is_and_may_be():
    error = only_error(words="x" * 41)
    assert error.message == MESSAGE_OF[Wrong.TOO_LONG]
    assert error.message % error.params == "Your text has 41 characters. Shorten it to at most 40."


@pytest.mark.parametrize(
    "words",
    [
        "Ring 070-123 45 67",
        "ring +46 70 123 45 67!",
        "mejla kim@example.se",
        "följ @kim_2008",
        "20080101-1234",
        "080161-1234",
        "200801011234",
    ],
)
def test_text_that_points_out_a_person_is_handed_back_without_being_repeated(words):
    error = only_error(words=words)
    assert error.message == MESSAGE_OF[Wrong.NAMES_SOMEONE]
    assert words not in error.message % error.params


@pytest.mark.parametrize(
    "words", ["1177 svarar inte 07:30-16:15", "Fler bussar 2025-2026", "Öppet 12-18, 5 dagar", "a @ b"]
)
def test_ordinary_figures_are_left_alone(words):
    assert clean(SMALL, post(age="18", words=words)).is_sound


def test_answers_that_are_no_longer_asked_are_dropped_along_with_their_errors():
    cleaned = clean(SMALL, post(age="22", does="work", likes_school="forged"))
    assert cleaned.is_sound
    assert cleaned.answers == {"age": "20-29", "does": "work"}


def test_fields_that_are_no_question_are_ignored():
    assert clean(SMALL, post(age="18", form_key="abc", csrf="x")).answers == {"age": "15-19"}


def test_answers_carried_in_hidden_fields_come_back_the_same():
    answers = {"age": "15-19", "does": "school", "why": ("friends", "music"), "words": "Hej\nhej"}
    page = page_for(SMALL, answers, "you")
    hidden = list(carried(answers, besides=page.questions))
    assert [name for name, _ in hidden] == ["why", "why", "words"]
    posted = {}
    for name, value in carried(answers):
        posted.setdefault(name, []).append(value)
    assert clean(SMALL, posted).answers == answers


POSTED = st.dictionaries(
    st.sampled_from([question.code for question in wellbeing()] + ["x"]),
    st.lists(
        st.one_of(
            st.text("abåä 01\n\x00@.", max_size=20),
            st.text(string.digits, max_size=4),
            st.sampled_from([choice.code for question in wellbeing() for choice in question.choices]),
        ),
        max_size=4,
    ),
)


@given(POSTED)
def test_whatever_is_posted_is_either_storable_or_refused(posted):
    cleaned = clean(wellbeing(), posted)
    if cleaned.is_sound:
        assert "age" in cleaned.answers
    encode(wellbeing(), cleaned.answers)
