"""Scales of one's own, and statements that stand together: made, moved, taken out, and never half undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from surveys.drafting import batteries, outline, problems, scales
from surveys.drafting.outline import DraftError
from surveys.drafting.posted import Posted
from surveys.questionnaire import read


def posted(**fields: str) -> Posted:
    data = QueryDict(mutable=True)
    data.update({key.replace("__", "."): value for key, value in fields.items()})
    return Posted(data)


@pytest.fixture
def definition() -> dict[str, Any]:
    made = outline.blank("egen", {"sv": "Egen"})
    made["languages"] = ["sv"]
    for text in (made["title"], *(one["title"] for one in made["sections"])):
        text.pop("en", None)
    made["questions"].clear()
    outline.bank_add(made, "age", "about")
    batteries.battery_begin(
        made, "Hur ofta gör du så här?", ["Jag läser.", "Jag springer.", "Jag vilar."], "about", "agree5"
    )
    return made


def order(definition: dict[str, Any]) -> list[str]:
    return [f"{one['code']}{'*' if one.get('battery') else ''}" for one in definition["questions"]]


def test_statements_are_written_one_a_line_and_can_be_published_as_they_are(definition: dict[str, Any]) -> None:
    assert order(definition) == ["age", "jag_laser*", "jag_springer*", "jag_vilar*"]
    assert problems.problems_of(definition) == []
    assert [row.code for row in read(definition) if row.battery] == ["jag_laser", "jag_springer", "jag_vilar"]


def test_a_statement_is_taken_out_and_two_left_still_stand_together(definition: dict[str, Any]) -> None:
    outline.battery_leave(definition, "jag_vilar")
    assert order(definition) == ["age", "jag_laser*", "jag_springer*", "jag_vilar"]
    outline.battery_leave(definition, "jag_laser")
    assert order(definition) == ["age", "jag_laser", "jag_springer", "jag_vilar"]
    assert "batteries" not in definition
    assert batteries.battery_join(definition, "jag_springer") == "statements"
    assert order(definition) == ["age", "jag_laser*", "jag_springer*", "jag_vilar"]


def test_the_middle_one_taken_out_never_leaves_a_battery_in_two_parts(definition: dict[str, Any]) -> None:
    outline.battery_leave(definition, "jag_springer")
    assert order(definition) == ["age", "jag_laser*", "jag_springer", "jag_vilar"] or "batteries" not in definition
    read(definition)


def test_other_questions_step_over_a_battery_and_it_moves_as_a_whole(definition: dict[str, Any]) -> None:
    outline.bank_add(definition, "gender", "about")
    outline.question_move(definition, "gender", -1)
    assert order(definition) == ["age", "gender", "jag_laser*", "jag_springer*", "jag_vilar*"]
    batteries.battery_move(definition, "hur_ofta_gor_du_sa_har", -1)
    assert order(definition) == ["age", "jag_laser*", "jag_springer*", "jag_vilar*", "gender"]
    outline.question_place(definition, "gender", "about", 2)
    assert order(definition) == ["age", "jag_laser*", "jag_springer*", "jag_vilar*", "gender"]
    outline.question_move(definition, "jag_vilar", 1)
    assert order(definition) == ["age", "jag_laser*", "jag_springer*", "jag_vilar", "gender"]


def test_questions_with_other_answers_can_not_stand_together(definition: dict[str, Any]) -> None:
    outline.bank_add(definition, "alcohol", "about")
    with pytest.raises(DraftError, match="other answers"):
        batteries.battery_join(definition, "alcohol")


def test_a_scale_gets_codes_ends_and_is_shared_by_the_whole_battery(definition: dict[str, Any]) -> None:
    code = scales.scale_add(definition, "Hur ofta", ["Aldrig", "Sällan", "Ibland", "Ofta", "Alltid"])
    scales.use(definition, "jag_springer", code)
    assert {one["scale"] for one in definition["questions"] if one.get("battery")} == {"hur_ofta"}
    scale = read(definition).scales["hur_ofta"]
    assert [choice.code for choice in scale.choices] == ["aldrig", "sallan", "ibland", "ofta", "alltid"]
    assert (scale.high.codes, scale.high.text["sv"]) == (("ofta", "alltid"), "ofta eller alltid")
    assert scale.name == "Hur ofta"


def test_a_scales_words_change_and_its_codes_stay(definition: dict[str, Any]) -> None:
    code = scales.scale_add(definition, "Hur ofta", ["Aldrig", "Ibland", "Ofta"])
    sent = {"choices": "4", "name": "Hur ofta"}
    for number, (choice, words) in enumerate([("aldrig", "Aldrig"), ("ibland", "Då och då"), ("ofta", "Jämt")]):
        sent |= {f"choice-{number}.code": choice, f"choice-{number}.text.sv": words}
    sent |= {
        "choice-3.text.sv": "Vet inte",
        "choice-3.missing": "yes",
        "choice-1.end": "high",
        "choice-2.end": "high",
    }
    scales.scale_change(definition, code, posted(**sent))
    scales.use(definition, "jag_springer", code)
    scale = read(definition).scales[code]
    assert [(choice.code, choice.is_missing) for choice in scale.choices] == [
        ("aldrig", False), ("ibland", False), ("ofta", False), ("vet_inte", True),
    ]  # fmt: skip
    assert (scale.high.codes, scale.high.text["sv"]) == (("ibland", "ofta"), "då och då eller jämt")
    assert scale.low.codes == ("aldrig",)


def test_a_scale_of_the_bank_is_copied_and_never_changed(definition: dict[str, Any]) -> None:
    with pytest.raises(DraftError, match="same for everyone"):
        scales.scale_change(definition, "agree5", posted(choices="0"))
    code = scales.scale_copy(definition, "agree5", "Vår egen")
    assert (code, len(scales.scale_of(definition, code)["choices"])) == ("var_egen", 5)


def test_too_few_answers_are_refused_at_the_field_and_nothing_is_lost(definition: dict[str, Any]) -> None:
    code = scales.scale_add(definition, "Hur ofta", ["Aldrig", "Ofta"])
    sent = posted(**{"choices": "1", "choice-0.code": "aldrig", "choice-0.text.sv": "Aldrig"})
    scales.scale_change(definition, code, sent)
    assert "at least two answers" in sent.refused["choices"]
    assert len(scales.scale_of(definition, code)["choices"]) == 2
