"""What an answer must fulfil, and who is asked, built of rows."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.drafting import outline, rules
from surveys.drafting.conditions import Relation, Row, Rows, rows_of, spelt
from surveys.drafting.posted_conditions import condition_from
from surveys.drafting.posted_questions import fresh, question_from
from surveys.drafting.rules import Rule, Sort
from surveys.questionnaire import read
from surveys.questionnaire.flow import asked_questions
from tests.unit.surveys.drafting.test_batteries import posted

WORDS = {"sv": "Skriv ett annat tal.", "en": "Write another number."}


@pytest.mark.parametrize(
    "rule, holds",
    [
        (Rule(Sort.AT_LEAST, "3"), ". >= 3"),
        (Rule(Sort.AT_MOST, "-2.5"), ". <= -2.5"),
        (Rule(Sort.AT_MOST_ANSWER, "home"), ". <= ${home}"),
        (Rule(Sort.NOT_ANSWER, "home"), ". != ${home}"),
        (Rule(Sort.PATTERN, "[0-9]{3}"), "regex(., '[0-9]{3}')"),
        (Rule(Sort.EXPRESSION, ". mod 2 = 0"), ". mod 2 = 0"),
    ],
)
def test_a_rule_becomes_an_expression_and_the_same_rule_again(rule: Rule, holds: str) -> None:
    assert rules.spelt(rule) == holds
    assert rules.rule_of(holds) == rule


@pytest.fixture
def definition() -> dict[str, Any]:
    made = outline.blank("egen", {"sv": "Egen", "en": "Own"})
    for code in ("home", "room"):
        words = {"sv": f"Hur många {code}?", "en": f"How many {code}?"}
        outline.question_add(made, fresh("quantity") | {"code": code, "text": words, "label": words}, "about")
    return made


def test_a_cross_check_between_two_questions_is_built_and_can_be_published(definition: dict[str, Any]) -> None:
    sent = {"rule-0.sort": "at_most_answer", "rule-0.question": "home", "rule-0.value": ""}
    sent |= {f"rule-0.message.{lang}": words for lang, words in WORDS.items()}
    data = posted(**sent)
    question = question_from(data, outline.question_of(definition, "room"), definition)
    assert not data.refused
    assert question["constraints"] == [{"holds": ". <= ${home}", "message": WORDS}]
    outline.question_change(definition, "room", question)
    assert read(definition).question("room").constraints[0].message["en"] == "Write another number."


@pytest.mark.parametrize(
    "sent, field",
    [
        ({"rule-0.sort": "at_least", "rule-0.value": "tre"}, "rule-0.value"),
        ({"rule-0.sort": "at_most_answer"}, "rule-0.question"),
        ({"rule-0.sort": "pattern", "rule-0.value": "[0-9"}, "rule-0.value"),
        ({"rule-0.sort": "expression", "rule-0.value": ". <= "}, "rule-0.value"),
        ({"rule-0.sort": "at_least", "rule-0.value": "3"}, "rule-0.message.sv"),
    ],
)
def test_what_can_not_be_a_rule_is_told_at_its_field(
    definition: dict[str, Any], sent: dict[str, str], field: str
) -> None:
    data = posted(**sent)
    question_from(data, outline.question_of(definition, "room"), definition)
    assert field in data.refused


def test_rules_that_the_form_does_not_show_are_kept(definition: dict[str, Any]) -> None:
    room = outline.question_of(definition, "room") | {"constraints": [{"holds": ". mod 2 = 0", "message": WORDS}]}
    assert question_from(posted(), room, definition)["constraints"] == room["constraints"]
    gone = question_from(posted(**{"rule-0.sort": ""}), room, definition)
    assert "constraints" not in gone


@pytest.mark.parametrize(
    "rows, expression",
    [
        (Rows((Row("a", Relation.UNANSWERED),)), "not(answered(${a}))"),
        (Rows((Row("score:joy", Relation.AT_LEAST, ("50",)),)), "score('joy') >= 50"),
        (
            Rows((Row("a", Relation.NONE_OF, ("x",)), Row("b", Relation.AT_MOST, ("2",))), is_all=False),
            "not(selected(${a}, 'x')) or ${b} <= 2",
        ),
    ],
)
def test_rows_on_scores_and_on_what_is_skipped_come_back_as_rows(rows: Rows, expression: str) -> None:
    assert spelt(rows) == expression
    assert rows_of(expression) == rows


def test_five_conditions_are_joined_by_one_is_enough(definition: dict[str, Any]) -> None:
    sent = {"condition": "rows", "joined": "any"}
    for number, code in enumerate(["home", "room", "home", "room", "age"]):
        sent |= {f"row-{number}.question": code, f"row-{number}.relation": "answered"}
    assert condition_from(posted(**sent)).count(" or ") == 4


def test_only_those_whose_answer_is_large_enough_get_the_question(definition: dict[str, Any]) -> None:
    data = posted(
        **{"condition": "rows", "row-0.question": "home", "row-0.relation": "at_least", "row-0.number": "3,5"}
    )
    question = question_from(data, outline.question_of(definition, "room"), definition)
    outline.question_change(definition, "room", question)
    questionnaire = read(definition)
    for answer, count in (("4", 3), ("3", 2)):
        assert len(asked_questions(questionnaire, {"age": "18-19", "home": answer})) == count


def test_an_expression_that_can_not_be_read_is_told_at_its_field() -> None:
    data = posted(condition="expression", expression="${age} = ")
    condition_from(data)
    assert data.refused.keys() == {"expression"}
