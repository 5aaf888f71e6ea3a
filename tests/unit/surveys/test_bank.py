"""The bank: every question can be asked, says what it measures, and knows what it does not know."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from datasets.content import factors
from surveys.drafting import bank, outline
from surveys.questionnaire import read, score_of

DAYS = ("day_enjoyed", "day_together", "day_counts", "day_care", "day_plans")
"""The items of the score that follows WHO-5's rule."""


def whole():
    """A questionnaire of everything there is."""
    definition = outline.ready("whole")
    outline.section_add(definition, {"sv": "Mer", "en": "More"})
    there = {question["code"] for question in definition["questions"]}
    for code in bank.items():
        if code not in there:
            outline.bank_add(definition, code, "mer")
    for code in bank.scores():
        outline.score_add(definition, code, "mer")
    return read(definition)


def test_everything_in_the_bank_can_be_asked_in_swedish_and_english() -> None:
    questionnaire = whole()
    assert len(list(questionnaire)) == len(bank.items()) >= 80
    assert questionnaire.languages == ("sv", "en")


def test_all_of_the_ready_questionnaires_questions_are_there_under_their_codes() -> None:
    codes = [question["code"] for question in bank.ready_definition()["questions"]]
    assert list(bank.items())[: len(codes)] == codes


def test_factors_are_those_of_the_system_map() -> None:
    known = {factor.key for factor in factors()}
    assert {key for item in bank.items().values() for key in item.factors} <= known


def test_no_code_of_another_survey_is_made_up() -> None:
    told = {code for item in bank.items().values() for code in item.elsewhere.values()}
    assert told == {bank.UNCONFIRMED}
    assert {key for item in bank.items().values() for key in item.elsewhere} <= set(bank.OTHERS)


def test_what_is_heavy_is_marked_as_sensitive() -> None:
    for code in ("lonely", "treated_badly", "alcohol", "sought_help", "crime_victim", "one_thing"):
        assert bank.items()[code].is_sensitive, code


def test_questions_are_found_by_words_in_either_language_and_by_what_they_measure() -> None:
    assert [item.code for item in bank.find(words="ensam fast")] == ["lonely"]
    assert "lonely" in [item.code for item in bank.find(words="alone")]
    assert {item.measures for item in bank.find(measures="protective")} == {"protective"}
    assert [item.code for item in bank.find(words="sömn", theme="body")] == ["sleep_hours"]


@pytest.mark.parametrize(
    "score, answers, value",
    [
        # WHO-5's published rule: raw 0 to 25 times 4, all five needed.
        ("everyday_score", dict.fromkeys(DAYS, "5"), 100),
        ("everyday_score", dict.fromkeys(DAYS, "0"), 0),
        ("everyday_score", {"day_enjoyed": "3", "day_together": "2", "day_counts": "4", "day_care": "1",
                            "day_plans": "3"}, 52),
        ("everyday_score", {"day_enjoyed": "3", "day_together": "2", "day_counts": "4", "day_care": "1"}, None),
        ("ties_score", {"close": "fully", "belonging": "fully", "friends_enough": "fully"}, 100),
        ("ties_score", {"close": "neither", "belonging": "fully", "friends_enough": "not_at_all",
                        "home_support": "neither"}, 50),
        ("ties_score", {"close": "fully", "belonging": "fully"}, None),
        ("load_score", {"stress": "nearly_always", "awake_thoughts": "nearly_always", "too_much": "nearly_always",
                        "calm": "never"}, 16),
        ("load_score", {"stress": "never", "awake_thoughts": "never", "too_much": "never",
                        "calm": "nearly_always"}, 0),
    ],
)  # fmt: skip
def test_scores_are_added_up_by_the_rule_that_they_state(score, answers, value) -> None:
    questionnaire = whole()
    found = next(one for one in questionnaire.scores if one.code == score)
    counted = score_of(questionnaire, found, answers)
    assert counted == (None if value is None else Decimal(value))
    if counted is not None:
        assert found.band_of(counted) is not None


def test_no_easier_text_is_of_a_question_that_is_not_there() -> None:
    easier = json.loads((bank.BANK / "easy_swedish.json").read_text(encoding="utf-8"))["easier"]
    assert set(easier) <= set(bank.easy_swedish())
