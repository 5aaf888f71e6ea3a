"""Every kind of question: what is taken, what is said of the rest, and that it is stored and comes back."""

import pytest

from surveys.questionnaire import clean, decode, encode, free_text, layout, pages, read
from surveys.questionnaire.cleaning import MESSAGE_OF, Wrong
from surveys.questionnaire.validate import DOES_NOT_FIT, SKIPPED
from surveys.sealing import padded_size, seal, unseal
from tests.unit.surveys.every_kind import every_kind

EVERY = read(every_kind())
YEAR = 2026


def cleaned(**fields):
    posted = {"born": ["2008"], "goes": ["no"]} | {
        name.replace("__", "."): [value] if isinstance(value, str) else list(value)
        for name, value in fields.items()
    }
    return clean(EVERY, posted, year=YEAR)


def error_of(**fields):
    (error,) = cleaned(**fields).errors
    return error


def test_of_a_year_of_birth_only_the_band_is_kept():
    assert cleaned(born="2008").answers["born"] == "15-19"
    assert cleaned(born="2004").answers["born"] == "20-29"
    assert cleaned(born="20-29").answers["born"] == "20-29", "the script sends the band itself"
    assert cleaned(born="2015").outside.code == "under"
    assert cleaned(born="1990").outside.code == "over"
    for odd in ("18", "2027", "1899", "two thousand", "20080101"):
        assert error_of(born=odd).message == MESSAGE_OF[Wrong.NOT_A_YEAR]


def test_a_skipped_question_is_asked_for_once_more_and_then_let_go():
    posted = {"born": ["2008"]}
    (error,) = clean(EVERY, posted, year=YEAR).errors
    assert (error.question, error.message, error.is_gentle) == ("goes", SKIPPED, True)
    assert clean(EVERY, posted, year=YEAR, let_go={"goes"}).is_sound


@pytest.mark.parametrize(
    ("written", "kept"),
    [("7", "7"), ("7,5", "7.5"), ("7.50", "7.5"), (" 8 timmar ", "8"), ("0", "0"), ("24", "24")],
)
def test_a_number_is_kept_however_it_is_written(written, kept):
    assert cleaned(sleep=written).answers["sleep"] == kept


def test_a_number_that_cant_be_is_told_with_what_can():
    assert error_of(sleep="25").params == {"lowest": "0", "highest": "24"}
    assert error_of(sleep="7,25").message == MESSAGE_OF[Wrong.TOO_MANY_DECIMALS]
    for odd in ("åtta", "1e1", "--7", "7 8", "٧٫٥x"):
        assert error_of(sleep=odd).message == MESSAGE_OF[Wrong.NOT_AN_AMOUNT]
    assert cleaned(sleep="rather_not").answers["sleep"] == "rather_not"


def test_a_rule_between_answers_is_told_in_the_questionnaires_own_words():
    error = error_of(goes="yes", sleep="17")
    assert (error.message, error.in_own_words("sv")) == (DOES_NOT_FIT, "Mer än 16 timmar?")
    assert cleaned(goes="no", sleep="17").is_sound


def test_several_answers_keep_to_their_limits_and_dont_know_stands_alone():
    assert error_of(joys=["music"]).params == {"limit": 2}
    assert error_of(joys=["music", "sport", "friends", "other"]).message == MESSAGE_OF[Wrong.TOO_MANY]
    assert error_of(joys=["music", "none"]).message == MESSAGE_OF[Wrong.STANDS_ALONE]
    assert cleaned(joys=["none"]).answers["joys"] == ("none",)


def test_words_beside_a_choice_belong_to_that_choice():
    found = cleaned(joys=["music", "other"], joys__other=" Att fiska ")
    assert found.answers["joys.other"] == "Att fiska"
    assert free_text(EVERY, found.answers) == {"joys.other": "Att fiska"}
    without = cleaned(joys=["music", "sport"], joys__other="Att fiska")
    assert free_text(EVERY, without.answers) == {}, "the choice was taken back, and the words with it"
    error = error_of(joys=["music", "other"], joys__other="skriv till kim@example.org")
    assert (error.question, error.message) == ("joys", MESSAGE_OF[Wrong.NAMES_SOMEONE])
    assert error_of(joys=["music", "other"], joys__other="x" * 101).params == {"length": 101, "limit": 100}


def test_a_ranking_keeps_the_persons_order_with_script_and_without():
    assert cleaned(order=["c", "a"]).answers["order"] == ("c", "a")
    assert cleaned(order=["a:2", "b:", "c:1"]).answers["order"] == ("c", "a")
    assert error_of(order=["a:1", "c:1"]).message == MESSAGE_OF[Wrong.RANKED_TWICE]
    assert error_of(order=["a:1", "x:2"]).message == MESSAGE_OF[Wrong.NOT_A_CHOICE]


def test_a_tick_is_a_tick_and_nothing_else():
    assert cleaned(read="yes").answers["read"] == "yes"
    assert error_of(read="on").message == MESSAGE_OF[Wrong.NOT_A_CHOICE]
    assert "intro" not in cleaned(intro="words").answers


def test_a_section_is_cut_where_a_question_depends_on_one_before_it():
    data = every_kind()
    data["questions"][3]["show_if"] = "${goes} = 'yes'"
    assert [part.code for part in read(data).parts] == ["you", "all", "all-2", "pupils", "last"]
    assert [page.code for page in pages(EVERY, {"goes": "yes"})] == ["you", "all", "pupils"]


def test_what_follows_from_answers_decides_what_is_asked():
    assert "why_tired" in _asked(cleaned(sleep="6").answers)
    assert "why_tired" not in _asked(cleaned(sleep="8").answers)
    pupil = cleaned(goes="yes", safe="t0", dull="t4").answers
    assert "low" in _asked(pupil)
    assert "low" not in _asked(cleaned(goes="yes", safe="t4", dull="t0").answers)
    assert "low" not in _asked(cleaned(goes="no").answers), "no score is no low score"


def _asked(answers):
    return {question.code for page in pages(EVERY, answers) for question in page.questions}


def test_all_of_it_is_stored_as_small_numbers_and_comes_back():
    answers = cleaned(
        goes="yes", life="10", sleep="7,5", joys=["friends", "other"], joys__other="Fiska", order=["c", "a"],
        read="yes", safe="t3", dull="t1",
    ).answers  # fmt: skip
    vector = encode(EVERY, answers)
    assert len(vector) == len(layout(EVERY))
    assert max(vector) < 32_767
    texts = free_text(EVERY, answers)
    assert decode(EVERY, vector) | texts == answers
    for sleep in ("0", "24", "0.1", "23.9", "rather_not"):
        found = encode(EVERY, {**answers, "sleep": sleep})
        assert decode(EVERY, found)["sleep"] == sleep


def test_every_envelope_has_the_same_size_whatever_is_in_it():
    from nacl.public import PrivateKey

    key = PrivateKey.generate()
    full = cleaned(
        goes="yes", life="10", sleep="23,9", joys=["music", "friends", "other"], joys__other="å" * 100,
        order=["c", "a", "b"], read="yes", safe="t3", dull="t1",
    ).answers  # fmt: skip
    empty = cleaned().answers
    sealed = [seal(EVERY, answers, bytes(key.public_key)) for answers in (full, empty)]
    assert len(sealed[0]) == len(sealed[1]) > padded_size(EVERY)
    assert unseal(EVERY, sealed[0], bytes(key)).texts == {"joys.other": "å" * 100}


SPOKEN = {"code": "a", "text": {"sv": "a"}, "specify": True}
BROKEN = {
    "a rating of 20 steps": ("life", {"to": 20}, "at most 11 steps"),
    "an empty measure": ("sleep", {"minimum": 30}, "must be less than 'maximum'"),
    "too fine a measure": ("sleep", {"maximum": 20000, "decimals": 2}, "at most 30000"),
    "own words in a ranking": (
        "order",
        {"choices": [SPOKEN] * 2},
        "specify",
    ),
    "a dropdown of several": ("joys", {"appearance": "dropdown"}, "only a single choice"),
    "a lost battery": ("safe", {"battery": "nowhere"}, "must name one of the questionnaire's"),
    "more wanted than there are": ("joys", {"min_choices": 9, "max_choices": None}, "more than can be chosen"),
    "a sum of nothing": ("tired", {"calculation": "${gone} + 1"}, "'gone' is not asked before it"),
    "no sum at all": ("tired", {"calculation": None}, "belongs to what is calculated"),
    "a score nobody defined": ("low", {"show_if": "score('none') > 1"}, "'none' is none"),
    "a score before its items": ("life", {"show_if": "score('school') > 1"}, "before all of its items"),
    "an answer that there is not": ("safe", {"show_if": "${goes} = 'maybe'"}, "nobody gets here"),
    "a sentence that is asked for again": ("intro", {"ask_again": True}, "no answer to it"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_can_not_work_is_refused_with_its_place(broken):
    from surveys.questionnaire import QuestionnaireError

    code, change, expected = BROKEN[broken]
    data = every_kind()
    question = next(question for question in data["questions"] if question["code"] == code)
    question.update(change)
    with pytest.raises(QuestionnaireError) as caught:
        read({**data, "questions": [{k: v for k, v in q.items() if v is not None} for q in data["questions"]]})
    assert any(expected in problem and code in problem for problem in caught.value.problems), caught.value.problems
