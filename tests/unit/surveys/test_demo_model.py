"""The demo's people: the same every time, plausible, and never asked what is not for them."""

import numpy as np
import pytest

from accounts.reference.demo import DEMO_MUNICIPALITIES
from surveys.demo.model import simulate
from surveys.demo.parameters import BEHIND, PROFILES, RESPONSES_PER_ROUND, SPREAD, WORDS
from surveys.questionnaire import Kind, asked_questions, carried, clean, encode, read, wellbeing
from tests.seed_phrases import borrowed

from .example import definition

QUESTIONNAIRE = wellbeing()
LARGE = PROFILES["9901"]


def people(n=600, wave=1, seed=1, profile=LARGE):
    return simulate(QUESTIONNAIRE, municipality_profile=profile, n=n, wave=wave, seed=seed)


@pytest.fixture(scope="module")
def many():
    return people(n=4000)


def positions(answers, code):
    place = QUESTIONNAIRE.question(code).position
    return np.array([place.get(person.get(code), np.nan) for person in answers], dtype=float)


def correlation(answers, one, other):
    pair = np.array([positions(answers, one), positions(answers, other)])
    return np.corrcoef(pair[:, ~np.isnan(pair).any(axis=0)])[0, 1]


def share_high(answers, code):
    question = QUESTIONNAIRE.question(code)
    high = QUESTIONNAIRE.scale_of(question).high.codes
    given = [person[code] for person in answers if code in person]
    return sum(answer in high for answer in given) / len(given)


def test_the_same_seed_gives_the_same_people():
    assert people() == people()


def test_another_seed_round_or_place_gives_other_people():
    first = people()
    assert first != people(seed=2)
    assert first != people(wave=2)
    assert first != people(profile=PROFILES["9902"])


def test_a_round_is_1200_answers_in_the_three_municipalities_of_the_demo():
    assert sum(RESPONSES_PER_ROUND.values()) == 1200
    assert set(RESPONSES_PER_ROUND) == set(PROFILES) == {d.municipality.code for d in DEMO_MUNICIPALITIES}
    for demo in DEMO_MUNICIPALITIES:
        assert RESPONSES_PER_ROUND[demo.municipality.code] < demo.young / 4


def test_every_answer_could_have_been_given_on_the_pages(many):
    for person in many[:300]:
        posted = {}
        for name, value in carried(person):
            posted.setdefault(name, []).append(value)
        cleaned = clean(QUESTIONNAIRE, posted)
        assert cleaned.is_sound
        assert cleaned.answers == person
        encode(QUESTIONNAIRE, person)


def test_nobody_answers_what_they_were_not_asked(many):
    for person in many:
        assert person.keys() <= {question.code for question in asked_questions(QUESTIONNAIRE, person)}
    assert {p.get("occupation") for p in many if "attendance" in p} == {"school"}


def test_everyone_gives_an_age_and_all_groups_are_there(many):
    assert {person["age"] for person in many} == {"15-17", "18-19", "20-24", "25-29"}
    for code in ("gender", "occupation", "attendance"):
        assert {p.get(code) for p in many} - {None} == set(QUESTIONNAIRE.question(code).position)


def test_some_questions_are_skipped_and_sensitive_ones_more_often(many):
    def skipped(code):
        return 1 - sum(code in person for person in many) / len(many)

    assert 0.005 < skipped("gender") < 0.02
    assert skipped("gender") < skipped("satisfaction") < skipped("hope") < skipped("troubles") < 0.15
    assert sum(set(person) == {"age"} for person in many) < 10


def test_those_who_feel_well_have_more_of_what_protects(many):
    assert correlation(many, "satisfaction", "joy") > 0.4
    for code in ("close", "leisure", "belonging", "daytime", "sleep"):
        assert 0.1 < correlation(many, "satisfaction", code) < 0.7, code


def test_wellbeing_and_troubles_are_two_dimensions(many):
    assert -0.55 < correlation(many, "satisfaction", "troubles") < -0.2
    burdened = [person for person in many if person.get("troubles") in ("quite_a_lot", "a_great_deal")]
    assert 0.2 < share_high(burdened, "satisfaction") < 0.7


def test_those_who_neither_work_nor_study_have_it_harder_but_are_not_all_alike(many):
    neither = [person for person in many if person.get("occupation") == "neither"]
    assert 0.03 < len(neither) / len(many) < 0.12
    assert 0.15 < share_high(neither, "satisfaction") < share_high(many, "satisfaction")


def test_between_rounds_leisure_improves_where_it_was_worked_on_and_little_else_moves():
    first, second = people(n=6000, wave=1), people(n=6000, wave=2)
    assert 0.06 < share_high(second, "leisure") - share_high(first, "leisure") < 0.18
    for code in ("satisfaction", "turn_to", "money", "troubles"):
        assert abs(share_high(second, code) - share_high(first, code)) < 0.03, code


def test_several_answers_keep_to_their_limit_and_alone_stays_alone(many):
    assert all(len(person.get("adds", ())) <= 3 for person in many)
    hinders = [person["hinders"] for person in many if "hinders" in person]
    assert all(answer == ("nothing",) or "nothing" not in answer for answer in hinders)
    assert 0.25 < sum(answer == ("nothing",) for answer in hinders) / len(hinders) < 0.6


def test_a_few_write_something_and_nobody_is_named(many):
    written = [person["own_words"] for person in many if "own_words" in person]
    assert 0.05 < len(written) / len(many) < 0.15
    assert set(written) <= set(WORDS)
    assert not any(borrowed(text) for text in WORDS)


def test_the_parameters_fit_the_questionnaire():
    assert set(BEHIND) == {question.code for question in QUESTIONNAIRE if question.kind is Kind.SCALE}
    for code, scale in QUESTIONNAIRE.scales.items():
        assert len(SPREAD[code]) == len(scale.choices)
        assert sum(SPREAD[code]) == pytest.approx(1)


def test_a_questionnaire_the_model_does_not_know_is_answered_as_well():
    questionnaire = read(definition())
    profile = LARGE.__class__(code="9909", ages={"15-19": 0.5, "20-29": 0.5})
    answers = simulate(questionnaire, municipality_profile=profile, n=50, wave=1, seed=1)
    assert len(answers) == 50
    for person in answers:
        encode(questionnaire, person)


def test_nobody_answers_when_nobody_is_asked():
    assert people(n=0) == []
