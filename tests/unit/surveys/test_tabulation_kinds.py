"""Every kind of question is counted as a person would count it, and what says nothing is not counted at all."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from surveys.questionnaire import Questionnaire, encode, read
from surveys.results.answer_dimensions import ANSWERED, CHOSEN, FIRST, HIGH, LOW, NOT_FIRST, OPTION
from surveys.results.tabulation import Columns, Counted, groupings_of, question_tables
from tests.unit.surveys.every_kind import every_kind

BANDS = [
    {"code": "short", "text": {"sv": "under 7"}, "from": 0, "to": 6},
    {"code": "long", "text": {"sv": "7 och mer"}, "from": 7, "to": 24},
]


def questionnaire() -> Questionnaire:
    data = every_kind()
    next(question for question in data["questions"] if question["code"] == "sleep")["bands"] = BANDS
    return read(data)


EVERY = questionnaire()


def somebody(chance: random.Random) -> dict[str, Any]:
    answers = {
        "born": chance.choice(["15-19", "20-29"]),
        "goes": chance.choice(["yes", "no", "rather_not", None]),
        "life": chance.choice([*map(str, range(11)), "rather_not", None]),
        "sleep": chance.choice(["4", "6.9", "7", "12.5", "rather_not", None]),
        "order": chance.choice([("a", "b", "c"), ("c",), ("b", "c"), None]),
        "read": chance.choice(["yes", None]),
    }
    return {code: answer for code, answer in answers.items() if answer}


PEOPLE = [somebody(random.Random(seed)) for seed in range(300)]
COLUMNS = Columns(EVERY, np.array([encode(EVERY, person) for person in PEOPLE], dtype=np.int16))


def table(code: str) -> Counted:
    return question_tables(COLUMNS, EVERY.question(code), [])[0]


def count(code: str, **at: str) -> float:
    value = table(code).table.cube.cell(at).value
    assert value is not None
    return value


def those(code: str, *answers: Any) -> int:
    return sum(person.get(code) in answers for person in PEOPLE)


def test_a_rating_is_counted_by_number_and_by_its_ends() -> None:
    assert count("life", life="7") == those("life", "7")
    assert count("life", life=HIGH) == those("life", "7", "8", "9", "10")
    assert count("life", life=LOW) == those("life", "0", "1", "2", "3", "4")
    assert count("life", life=ANSWERED) == those("life", *map(str, range(11))), "rather not is no number"


def test_a_quantity_is_counted_in_its_bands() -> None:
    assert count("sleep", sleep="short") == those("sleep", "4", "6.9")
    assert count("sleep", sleep="long") == those("sleep", "7", "12.5")


def test_of_a_ranking_it_is_counted_how_many_put_what_first() -> None:
    assert count("order", order=FIRST, **{OPTION: "c"}) == those("order", ("c",))
    assert count("order", order=NOT_FIRST, **{OPTION: "a"}) == those("order", ("c",), ("b", "c"))
    assert count("order", order=ANSWERED, **{OPTION: "b"}) == len(PEOPLE) - those("order", None)


def test_what_is_no_answer_is_not_counted() -> None:
    counted = {question.code for question in EVERY if question.is_counted}
    assert not counted & {"intro", "read", "tired", "why_tired", "low"}
    assert {"born", "goes", "life", "sleep", "joys", "order", "safe"} <= counted
    assert not read(every_kind()).question("sleep").is_counted, "a number without bands has no table"


def test_the_groups_of_each_table_add_up_to_the_whole() -> None:
    groupings = groupings_of(COLUMNS, ["born"], smallest=10)
    for code in ("life", "sleep", "goes"):
        whole, by_age = question_tables(COLUMNS, EVERY.question(code), groupings)
        axis = by_age.table.cube.axis("born")
        everyone = by_age.table.cube.dimension("born").positions["everyone"]
        summed = np.take(by_age.table.cube.values, everyone, axis=axis)
        positions = whole.table.cube.dimension(code).positions
        kept = [positions[answer] for answer in by_age.table.cube.dimension(code).codes]
        assert summed == pytest.approx(whole.table.cube.values[kept])
    assert CHOSEN not in table("goes").table.cube.dimension("goes").codes
