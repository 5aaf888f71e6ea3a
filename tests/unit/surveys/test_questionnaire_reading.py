"""Reading a questionnaire: what is sound becomes values, the rest is refused with place and remedy."""

import pytest

from surveys.questionnaire import Kind, Measures, QuestionnaireError, load, read

from .example import definition, question_of


def problems_of(data):
    with pytest.raises(QuestionnaireError) as caught:
        read(data)
    return caught.value.problems


def test_a_sound_definition_becomes_values():
    questionnaire = read(definition())
    assert [question.code for question in questionnaire] == [
        "age", "does", "likes_school", "why", "friends_often", "words",
    ]  # fmt: skip
    assert questionnaire.question("likes_school").measures is Measures.WELLBEING
    assert [choice.code for choice in questionnaire.question("age").choices] == ["15-19", "20-29"]
    assert questionnaire.question("does").choices[2].is_missing
    assert questionnaire.scale_of(questionnaire.question("likes_school")).high.codes == ("often",)
    assert questionnaire.section("life").questions[0].kind is Kind.MULTIPLE


def test_unknown_codes_raise():
    questionnaire = read(definition())
    with pytest.raises(KeyError):
        questionnaire.question("nonsense")
    with pytest.raises(KeyError):
        questionnaire.section("nonsense")


def change(code, /, **fields):
    def apply(data):
        question_of(data, code).update(fields)

    return apply


def drop(code, *fields):
    def apply(data):
        for field in fields:
            question_of(data, code).pop(field)

    return apply


def top(**fields):
    return lambda data: data.update(fields)


BROKEN = {
    "format of another version": (top(format=3), "'format' must be 1 or 2"),
    "no languages": (top(languages=[]), "'languages'"),
    "no title": (top(title=None), "'title' must hold a text for each of sv"),
    "blank text": (change("does", text={"sv": "  "}), "questions[does]: 'text' has no text in 'sv'"),
    "language not listed": (
        change("does", text={"sv": "Vad?", "fi": "Mitä?"}),
        "'fi', which the questionnaire",
    ),
    "misspelt field": (change("does", helpp={"sv": "x"}), "questions[does]: 'helpp' is not a field here"),
    "code with capitals": (change("does", code="Does"), "'code' must be text that follows"),
    "unknown kind": (change("does", kind="slider"), "'kind' must be one of single, multiple"),
    "unknown section": (change("words", section="nowhere"), "question words: its section does not exist"),
    "unknown scale": (change("likes_school", scale="rarely3"), "'scale' must name one"),
    "scale without polarity": (drop("likes_school", "polarity"), "'polarity' must be"),
    "one choice only": (change("does", choices=[{"code": "a", "text": {"sv": "A"}}]), "at least 2 answers"),
    "the same choice twice": (
        change("does", choices=[{"code": "a", "text": {"sv": "A"}}] * 2),
        "the answer 'a' stands there twice",
    ),
    "question twice": (
        lambda d: d["questions"].append(question_of(d, "words")),
        "question words: its code is used",
    ),
    "section twice": (
        lambda d: d["sections"].append(d["sections"][0]),
        "section you: its code is used twice",
    ),
    "empty section": (
        lambda d: d["sections"].append({"code": "empty", "title": {"sv": "Tom"}}),
        "section empty: has no questions",
    ),
    "questions out of order": (lambda d: d["questions"].reverse(), "must stand section by section"),
    "show_if on what comes later": (
        change("why", show_if={"question": "friends_often", "in": ["often"]}),
        "must name a question of an earlier place; 'friends_often' is not asked before it",
    ),
    "show_if on own words": (
        lambda d: (
            d["questions"].insert(3, d["questions"].pop()),
            d["questions"].append(
                {**question_of(d, "does"), "code": "x", "section": "life", "show_if": "${words} = 'a'"}
            ),
        ),
        "can't depend on 'words'",
    ),
    "show_if that is no expression": (change("why", show_if="${does} = "), "'show_if' can't be understood"),
    "show_if on an answer that does not exist": (
        change("likes_school", show_if={"question": "does", "in": ["shcool"]}),
        "'show_if' must name answers of 'does'",
    ),
    "show_if on nothing": (
        change("likes_school", show_if={"question": "does", "in": []}),
        "'show_if' must name answers",
    ),
    "eleven free texts": (
        lambda d: d["questions"].extend({**question_of(d, "words"), "code": f"words{n}"} for n in range(10)),
        "only 10 may ask for free text",
    ),
    "long free text": (change("words", max_length=2000), "'max_length' may be 1 to 500"),
    "free text without a limit": (drop("words", "max_length"), "every text has one"),
    "several answers as background": (change("why", background=True), "can't be broken down"),
    "exclusive among single answers": (change("does", max_choices=1), "belong to questions with several"),
    "required but asked of some": (change("likes_school", required=True), "can't be required"),
    "required but no age": (change("does", required=True), "only an age can be required"),
    "since a later version": (change("does", since=9), "'since' is later"),
    "a list that is none": (top(questions="all"), "'questions' must be a list"),
    "a question that is none": (top(questions=["age"]), "must be an object with named fields"),
    "a flag that is none": (change("does", background="yes"), "'background' must be true or false"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_definition_is_refused_with_its_place(broken):
    spoil, expected = BROKEN[broken]
    data = definition()
    spoil(data)
    problems = problems_of(data)
    assert any(expected in problem for problem in problems), problems


def bands(*spans):
    def apply(data):
        question_of(data, "age")["bands"] = [
            {"code": f"b{n}-", "text": {"sv": "x"}, **dict(zip(("from", "to"), span, strict=True))}
            for n, span in enumerate(spans)
        ]

    return apply


@pytest.mark.parametrize(
    "spoil", [bands((15, 17), (19, 29)), bands((15, 17), (17, 29)), bands((15, 17), (None, 9))]
)
def test_bands_with_gaps_or_overlaps_are_refused(spoil):
    data = definition()
    spoil(data)
    assert any("must begin one above the end" in problem for problem in problems_of(data))


def test_a_band_outside_the_ages_needs_its_thanks():
    data = definition()
    del question_of(data, "age")["bands"][0]["thanks"]
    assert any("needs 'thanks'" in problem for problem in problems_of(data))


def test_all_problems_are_told_at_once():
    data = definition()
    change("does", kind="slider")(data)
    change("words", helpp="x")(data)
    assert len(problems_of(data)) >= 2


def test_a_file_that_is_not_json_is_refused_by_name(tmp_path):
    path = tmp_path / "survey.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(QuestionnaireError, match=r"survey\.json: is not JSON"):
        load(path)


@pytest.mark.parametrize("garbage", [{}, [], None, "text", {"format": 1, "languages": ["sv"], "sections": [1]}])
def test_garbage_is_refused_and_never_crashes(garbage):
    assert problems_of(garbage)
