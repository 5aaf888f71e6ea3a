"""Scores of one's own, tried out against the rule that is in the published manual of WHO-5: the sum times 4."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.drafting import batteries, outline, own_points, own_scores, problems, scales
from surveys.questionnaire import read
from tests.unit.surveys.drafting.test_batteries import posted

ANSWERS = ["Aldrig", "Ibland", "Mindre än hälften", "Mer än hälften", "Nästan jämt", "Hela tiden"]
ITEMS = ["jag_ar_glad", "jag_ar_lugn", "jag_ar_pigg", "jag_vaknar_utvilad", "min_dag_ar_full"]
STATEMENTS = ["Jag är glad", "Jag är lugn", "Jag är pigg", "Jag vaknar utvilad", "Min dag är full"]


@pytest.fixture
def definition() -> dict[str, Any]:
    made = outline.blank("egen", {"sv": "Egen", "en": "Own"})
    batteries.battery_begin(made, "De senaste veckorna", STATEMENTS, "about", "agree5")
    scales.use(made, ITEMS[0], scales.scale_add(made, "Sex steg", ANSWERS))
    own_scores.score_begin(made, "Dagarna", ITEMS)
    return made


def form(**more: Any) -> dict[str, Any]:
    return {"method": "sum", "multiply": "4", "polarity": "more_is_better", "title.sv": "Dagarna"} | more


def changed(definition: dict[str, Any], **more: Any) -> Any:
    data = posted(**form(**more))
    data.fields.setlist("items", more.get("items_", ITEMS))  # type: ignore[attr-defined]
    if "reversed_" in more:
        data.fields.setlist("reversed", more["reversed_"])  # type: ignore[attr-defined]
    own_scores.score_change(definition, "dagarna", data)
    return data


def answers(definition: dict[str, Any], *points: int) -> dict[str, str]:
    codes = [one["code"] for one in scales.scale_of(definition, "sex_steg")["choices"]]
    return {item: codes[point] for item, point in zip(ITEMS, points, strict=False)}


def test_answers_three_four_two_five_one_give_sixty(definition: dict[str, Any]) -> None:
    changed(definition)
    trial = own_scores.tried(definition, "dagarna", answers(definition, 3, 4, 2, 5, 1))
    assert trial
    assert (trial.points, trial.value) == (("3", "4", "2", "5", "1"), "60")


def test_all_five_are_needed_unless_some_may_lack(definition: dict[str, Any]) -> None:
    changed(definition)
    four = answers(definition, 3, 4, 2, 5)
    assert own_scores.tried(definition, "dagarna", four).value is None  # type: ignore[union-attr]
    changed(definition, most_missing="1")
    assert own_scores.tried(definition, "dagarna", four).value == "70"  # type: ignore[union-attr]


def test_an_item_turned_round_a_mean_and_a_band(definition: dict[str, Any]) -> None:
    band = {"band-0.text.sv": "Bra", "band-0.from": "2,5", "band-0.to": "5"}
    changed(definition, method="mean", multiply="1", reversed_=[ITEMS[4]], **band)
    trial = own_scores.tried(definition, "dagarna", answers(definition, 3, 4, 2, 5, 1))
    assert trial
    assert (trial.points[-1], trial.value, trial.band["sv"]) == ("4", "3,6", "Bra")


def test_a_table_takes_the_place_of_multiplying(definition: dict[str, Any]) -> None:
    changed(definition, table="15 = 43,5\n16 = 47")
    assert own_scores.tried(definition, "dagarna", answers(definition, 3, 4, 2, 5, 1)).value == "43,5"  # type: ignore[union-attr]
    assert own_scores.table_in_words(own_scores.score_of_draft(definition, "dagarna")) == "15 = 43.5\n16 = 47"


@pytest.mark.parametrize(
    "sent, field",
    [
        ({"multiply": "fyra"}, "multiply"),
        ({"most_missing": "5"}, "most_missing"),
        ({"table": "femton = 3"}, "table"),
        ({"items_": ["jag_ar_glad"]}, "items"),
        ({"band-0.text.sv": "Bra", "band-0.from": "9", "band-0.to": "2"}, "band-0.from"),
        ({"licence.name": "CC BY", "licence.holder": ""}, "licence.name"),
    ],
)
def test_what_can_not_be_worked_out_is_told_at_its_field(
    definition: dict[str, Any], sent: dict[str, Any], field: str
) -> None:
    assert field in changed(definition, **sent).refused


def test_a_score_whose_question_is_gone_is_told_and_heals_when_saved(definition: dict[str, Any]) -> None:
    changed(definition)
    outline.question_remove(definition, ITEMS[4])
    assert ("score", "dagarna") in [(one.about, one.code) for one in problems.problems_of(definition)]
    changed(definition, items_=ITEMS)
    assert own_scores.score_of_draft(definition, "dagarna")["items"] == ITEMS[:4]


def test_what_is_made_is_read_as_a_questionnaire(definition: dict[str, Any]) -> None:
    changed(definition, **{"licence.name": "Fri", "licence.holder": "Vi själva"})
    from surveys.drafting.texts import filled

    score = read(filled(definition)).scores[0]
    assert (score.items, int(score.multiply), score.licence and score.licence.holder) == (
        tuple(ITEMS),
        4,
        "Vi själva",
    )


def points(*given: str) -> dict[str, str]:
    codes = ("aldrig", "ibland", "mindre_an_halften", "mer_an_halften", "nastan_jamt", "hela_tiden")
    return {"has.points": "yes", **{f"points.{code}": one for code, one in zip(codes, given, strict=True)}}


def test_points_are_the_order_of_the_answers_until_somebody_writes_others(definition: dict[str, Any]) -> None:
    shown = [(one.code, one.now) for one in own_points.answers_with_points(definition, "dagarna")]
    assert shown[0] == ("aldrig", 0) and shown[-1] == ("hela_tiden", 5)
    changed(definition, **points("0", "1", "2", "3", "4", "5"))
    assert "points" not in own_scores.score_of_draft(definition, "dagarna")
    changed(definition, multiply="1", **points("1", "2", "3", "4", "5", "7,5"))
    trial = own_scores.tried(definition, "dagarna", answers(definition, 5, 0, 0, 0, 0))
    assert trial
    assert (trial.points[0], trial.value) == ("7,5", "11,5")
    assert own_points.answers_with_points(definition, "dagarna")[-1].now == 7.5


def test_an_answer_without_points_counts_as_no_answer(definition: dict[str, Any]) -> None:
    changed(definition, **points("0", "1", "2", "3", "4", ""))
    trial = own_scores.tried(definition, "dagarna", answers(definition, 3, 4, 2, 1, 5))
    assert trial
    assert (trial.points[-1], trial.value) == ("–", None)


@pytest.mark.parametrize(
    "given, field",
    [(("0", "1", "2", "3", "4", "fem"), "points.hela_tiden"), (("0", "", "", "", "", ""), "points")],
)
def test_points_that_make_no_score_are_refused(
    definition: dict[str, Any], given: tuple[str, ...], field: str
) -> None:
    assert field in changed(definition, **points(*given)).refused
    assert "points" not in own_scores.score_of_draft(definition, "dagarna")
