"""Scores follow the rules of their manuals, for one person and for columns of people alike."""

from decimal import Decimal

import numpy as np
import pytest

from surveys.questionnaire import encode, read, score_column, score_of
from tests.unit.surveys.every_kind import every_kind

WELL = [{"code": str(n), "text": {"sv": f"{n}"}} for n in range(6)]


def who5_like():
    """Five items answered 0 to 5, scored by the rule that WHO publishes for WHO-5; the items are made up."""
    data = every_kind()
    data["sections"] = [*data["sections"][:1], {"code": "five", "title": {"sv": "Fem"}}]
    data["batteries"] = []
    data["questions"] = data["questions"][:1] + [
        {
            "code": f"item{n}", "section": "five", "kind": "single", "text": {"sv": f"Sak {n}"},
            "label": {"sv": f"{n}"}, "choices": WELL, "since": 1,
        }
        for n in range(1, 6)
    ]  # fmt: skip
    data["scores"] = [
        {
            "code": "who5", "title": {"sv": "Välbefinnande"}, "items": [f"item{n}" for n in range(1, 6)],
            "multiply": 4, "polarity": "more_is_better",
        }
    ]  # fmt: skip
    return read(data)


def value(questionnaire, *points):
    answers = {f"item{n}": str(point) for n, point in enumerate(points, start=1) if point is not None}
    return score_of(questionnaire, questionnaire.scores[0], answers)


@pytest.mark.parametrize(
    ("points", "expected"),
    [((0, 0, 0, 0, 0), 0), ((5, 5, 5, 5, 5), 100), ((1, 1, 1, 1, 1), 20), ((3, 2, 4, 1, 3), 52)],
)
def test_the_raw_sum_times_four(points, expected):
    """A wrong formula, (raw - 5) x 4, is in circulation: it would give 80 for the best there is."""
    assert value(who5_like(), *points) == expected


def test_all_five_are_needed():
    assert value(who5_like(), 5, 5, 5, 5, None) is None


def test_reversed_items_missing_answers_and_bands():
    every = read(every_kind())
    score = every.scores[0]
    assert score_of(every, score, {"safe": "t4", "dull": "t0"}) == 100
    assert score_of(every, score, {"safe": "t0", "dull": "t4"}) == 0
    assert score_of(every, score, {"dull": "t1"}) == 75, "one may be missing: the other stands for both"
    assert score_of(every, score, {}) is None
    assert score.band_of(Decimal(50)).code == "low"
    assert score.band_of(Decimal(75)).code == "high"


def test_a_table_of_conversion_is_looked_up_and_nothing_else():
    data = every_kind()
    data["scores"][0] |= {"table": {"0": 10, "8": 90}, "most_missing": 0}
    every = read(data)
    score = every.scores[0]
    assert score_of(every, score, {"safe": "t4", "dull": "t0"}) == 90
    assert score_of(every, score, {"safe": "t3", "dull": "t0"}) is None


def test_columns_of_people_give_what_each_person_gives():
    every = read(every_kind())
    score = every.scores[0]
    people = [{"safe": s, "dull": d} for s in (None, "t0", "t2", "t4") for d in (None, "t0", "t3")]
    given = [{"goes": "yes"} | {code: answer for code, answer in p.items() if answer} for p in people]
    rows = np.array([encode(every, answers) for answers in given], dtype=np.int16)
    at = {slot.question: place for place, slot in enumerate(_layout(every))}
    column = score_column(every, score, {code: rows[:, at[code]] for code in score.items})
    for found, answers in zip(column, given, strict=True):
        expected = score_of(every, score, answers)
        assert (np.isnan(found) and expected is None) or found == float(expected)


def _layout(questionnaire):
    from surveys.questionnaire import layout

    return layout(questionnaire)
