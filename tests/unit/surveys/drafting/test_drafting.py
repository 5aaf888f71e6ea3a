"""What can be done to a draft, and what is told about it."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from surveys.drafting import comparing, conditions, outline, problems, simulating, texts
from surveys.drafting.comparing import Kind
from surveys.drafting.conditions import Relation, Row, Rows
from surveys.drafting.posted import Posted
from surveys.drafting.posted_questions import fresh, question_from
from surveys.questionnaire import read
from tests.lix import lix


def words_of(definition):
    return [(problem.about, problem.code) for problem in problems.problems_of(definition)]


def test_the_ready_questionnaire_is_thirty_questions_and_six_minutes() -> None:
    questionnaire = read(outline.ready("egen"))
    assert len(list(questionnaire)) == 30
    assert simulating.minutes(questionnaire) == 6


def test_a_questionnaire_of_nothing_asks_for_an_age_and_can_be_shown() -> None:
    definition = outline.blank("egen", {"sv": "Egen", "en": "Own"})
    assert [question["code"] for question in definition["questions"]] == ["age"]
    assert problems.problems_of(definition) == []


def test_questions_move_within_and_between_sections() -> None:
    definition = outline.ready("egen")
    outline.question_move(definition, "gender", -1)
    assert [one["code"] for one in outline.questions_in(definition, "about")][:2] == ["gender", "age"]
    outline.question_move(definition, "occupation", 1)
    assert outline.questions_in(definition, "wellbeing")[0]["code"] == "occupation"
    outline.section_move(definition, "ahead", -1)
    order = [one["section"] for one in definition["questions"]]
    assert order.index("ahead") < order.index("days")


def test_scales_follow_the_questions_that_use_them() -> None:
    definition = outline.blank("egen", {"sv": "Egen"})
    outline.bank_add(definition, "alcohol", "about")
    assert [scale["code"] for scale in definition["scales"]] == ["weekly5"]
    outline.question_remove(definition, "alcohol")
    assert definition["scales"] == []
    with pytest.raises(outline.DraftError):
        outline.bank_add(definition, "age", "about")


def test_a_new_language_lacks_everything_and_then_less() -> None:
    definition = outline.blank("egen", {"sv": "Egen", "en": "Own"})
    texts.language_add(definition, "ar")
    arabic = texts.completeness(definition)[-1]
    assert arabic.percent == 0
    assert ("language", "ar") in words_of(definition)
    place = next(place for place in texts.text_places(definition) if place.owner == ("question", "age"))
    texts.put_text(definition, place.path, "ar", "كم عمرك؟")
    assert texts.completeness(definition)[-1].missing == arabic.missing - 1
    assert read(texts.filled(definition)).languages == ("sv", "en", "ar")
    texts.language_remove(definition, "ar")
    assert "'ar'" not in str(definition)


def test_what_nobody_has_mended_is_told_with_its_place() -> None:
    definition = outline.ready("egen")
    outline.question_remove(definition, "occupation")
    found = words_of(definition)
    assert ("question", "attendance") in found
    assert ("question", "next_step") in found
    outline.question_remove(definition, "age")
    assert ("whole", "") in words_of(definition)


def test_a_question_that_asks_who_someone_is_is_refused() -> None:
    definition = outline.blank("egen", {"sv": "Egen", "en": "Own"})
    said = {"sv": "Vad har du för telefonnummer?", "en": "What is your phone number?"}
    outline.question_add(definition, fresh("text") | {"text": said, "label": said}, "about")
    assert [problem.about for problem in problems.problems_of(definition)] == ["question"]


def test_a_branch_that_nobody_reaches_is_told() -> None:
    definition = outline.ready("egen")
    question = outline.question_of(definition, "school_adults")
    question["show_if"] = "selected(${occupation}, 'school') and selected(${occupation}, 'work')"
    assert words_of(definition) == [("question", "school_adults")]
    trial = problems.readable(definition)
    assert [one.code for one in simulating.never_asked(trial)] == ["school_adults"]


def test_a_draft_with_problems_is_shown_as_far_as_it_goes() -> None:
    definition = outline.ready("egen")
    outline.question_remove(definition, "occupation")
    outline.section_add(definition, {"sv": "Tomt"})
    outline.question_add(definition, fresh("single") | {"text": {"sv": "Hur?"}}, "about")
    shown = problems.readable(definition)
    assert {one.code for one in simulating.never_asked(shown)} == {
        "attendance", "school_adults", "after_school", "next_step",
    }  # fmt: skip


def test_somebody_outside_school_is_asked_other_questions_than_a_pupil() -> None:
    questionnaire = read(outline.ready("egen"))
    ways = {}
    for person in simulating.PEOPLE:
        walk = simulating.walk(questionnaire, simulating.answers_of(person, questionnaire))
        ways[person.code] = {question.code for page in walk.pages for question in page.questions}
    assert "attendance" in ways["school"] - ways["outside"]
    assert "next_step" in ways["outside"] - ways["school"]


@pytest.mark.parametrize(
    "rows",
    [
        Rows((Row("a", Relation.ANY_OF, ("x", "y")),)),
        Rows((Row("a", Relation.ANY_OF, ("x", "y")), Row("b", Relation.NONE_OF, ("z",)))),
        Rows((Row("a", Relation.AT_LEAST, ("3",)), Row("b", Relation.ANSWERED)), is_all=False),
        Rows((Row("a", Relation.AT_MOST, ("2.5",)),)),
        Rows(()),
    ],
)
def test_rows_become_an_expression_and_rows_again(rows) -> None:
    assert conditions.rows_of(conditions.spelt(rows)) == rows


def test_an_expression_that_no_rows_can_say_is_left_as_it_is() -> None:
    assert conditions.rows_of("${a} + 1 > 3") is None
    assert conditions.rows_of("what (") is None


def test_what_is_new_since_a_version_and_what_can_be_compared() -> None:
    before, after = outline.ready("egen"), outline.ready("egen")
    outline.question_of(after, "joy")["text"]["sv"] = "Hur glad är du?"
    taken = outline.question_of(after, "gender")["choices"].pop()
    outline.question_remove(after, "money")
    outline.bank_add(after, "proud", "wellbeing")
    texts.language_add(after, "fi")
    texts.put_text(after, ("questions", 0, "text"), "fi", "Kuinka vanha olet?")
    found = {change.code: change for change in comparing.changes(before, after)}
    assert (found["gender"].answers_gone, found["gender"].answers_new) == ((taken["text"],), ())
    assert not found["joy"].answers_gone and not found["age"].answers_new
    kinds = {code: change.kind for code, change in found.items()}
    assert [kinds[code] for code in ("joy", "gender", "money", "proud", "age")] == [
        Kind.REWORDED, Kind.OTHER_ANSWERS, Kind.GONE, Kind.NEW, Kind.SAME,
    ]  # fmt: skip
    comparing.settle_since(before, after, 2)
    since = {question["code"]: question["since"] for question in after["questions"]}
    assert (since["age"], since["joy"], since["gender"], since["proud"]) == (1, 2, 2, 2)
    comparing.settle_since(before, after, 2, same=["joy"])
    assert outline.question_of(after, "joy")["since"] == 1


def test_a_form_changes_what_it_shows_and_nothing_else() -> None:
    definition = outline.ready("egen")
    old = outline.question_of(definition, "means")
    sent = QueryDict(mutable=True)
    sent.update({"has.text": "yes", "text.sv": "Vad är viktigt?", "text.en": "What matters?", "choices": "3"})
    for number, choice in enumerate(old["choices"][:2]):
        sent.update({f"choice-{number}.code": choice["code"], f"choice-{number}.text.sv": choice["text"]["sv"]})
    sent.update({"choice-2.text.sv": "Äventyr", "max_choices": "2", "shuffle": "yes", "measures": "wellbeing"})
    sent.update({"row-0.question": "age", "row-0.relation": "any_of"})
    sent.setlist("row-0.values", ["15-17", "18-19"])
    question = question_from(Posted(sent), old, definition)
    assert [choice["code"] for choice in question["choices"]] == ["calm", "joy", "aventyr"]
    assert question["show_if"] == "selected(${age}, '15-17') or selected(${age}, '18-19')"
    assert (question["max_choices"], question["shuffle"], question["label"]) == (2, True, old["label"])


def test_the_ready_questionnaire_is_there_in_easy_swedish_and_is_easier() -> None:
    definition = outline.ready("egen")
    outline.easy_swedish_add(definition)
    assert [one.missing for one in texts.completeness(definition)] == [0, 0, 0]
    assert problems.problems_of(definition) == []
    questions = read(definition)
    swedish, easy = (
        " ".join(f"{one.text[lang]} {(one.help or {}).get(lang, '')}" for one in questions)
        for lang in ("sv", "sv-x-easy")
    )
    assert lix(easy) < min(lix(swedish), 25)
    outline.bank_add(definition, "lonely", "others")
    assert texts.completeness(definition)[-1].missing > 0
