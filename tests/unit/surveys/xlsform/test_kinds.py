"""Each of XLSForm's types becomes the kind of question that a person would expect."""

import pytest

from .markdown import Form, survey

HEAD = "type | name | label | hint | appearance | parameters | constraint | constraint_message | required"


def one(row, code="x", rest=None):
    form = survey(HEAD, row, **({} if rest is None else {"rest": rest})).sound()
    return form.question(code)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("select_one yn | x | Trivs du?", {"kind": "single"}),
        ("select one from yn | x | Trivs du?", {"kind": "single"}),
        ("select_one yn | x | Trivs du? | | minimal", {"kind": "single", "appearance": "dropdown"}),
        ("select_one yn | x | Trivs du? | | | randomize=true", {"kind": "single", "shuffle": True}),
        ("select_multiple yn | x | Vad gillar du?", {"kind": "multiple"}),
        ("rank yn | x | Ordna", {"kind": "ranking"}),
        ("acknowledge | x | Jag har läst det här", {"kind": "acknowledge"}),
        ("trigger | x | Jag har läst det här", {"kind": "acknowledge"}),
        ("text | x | Vad skulle göra fritiden bättre?", {"kind": "text", "max_length": 200}),
        (
            "text | x | Berätta mer | | multiline | | string-length(.) <= 300",
            {"kind": "text", "appearance": "long", "max_length": 300, "constraints": None},
        ),
        (
            "integer | x | Hur många timmar? | | | | . >= 0 and . <= 24",
            {"kind": "quantity", "minimum": 0, "maximum": 24, "decimals": 0, "constraints": None},
        ),
        (
            "decimal | x | Hur många timmar? | | | | . <= 24 and . >= 0 and . != 13",
            {"kind": "quantity", "minimum": 0, "maximum": 24, "decimals": 1},
        ),
        (
            "integer | x | Hur lång är du? | | | | . > 50 and . < 250",
            {"kind": "quantity", "minimum": 51, "maximum": 249, "constraints": None},
        ),
        (
            "range | x | Hur nöjd? | 0 = inte alls, 10 = helt | | start=0 end=10 step=1",
            {"kind": "rating", "from": 0, "to": 10, "low_label": {"sv": "inte alls"}, "high_label": {"sv": "helt"},
             "help": None},
        ),
        (
            "range | x | Hur stor del? | | | start=0 end=100 step=5",
            {"kind": "quantity", "minimum": 0, "maximum": 100, "decimals": 0},
        ),
        ("select_multiple yn | x | Välj | | | | count-selected(.) <= 2 and count-selected(.) > 0",
         {"min_choices": 1, "max_choices": 2, "constraints": None}),
        ("integer | x | Hur gammal är du?", {"kind": "number", "required": True, "background": True}),
        ("integer | x | Vilket år är du född?", {"kind": "number", "asks": "birth_year", "required": True}),
        ("select_one yn | x | Trivs du? | | | | | | yes", {"ask_again": True}),
        ("select_one yn | x | Trivs du? | | | | | | TRUE", {"ask_again": True}),
        ("select_one yn | x | Trivs du? | | | | | | no", {"ask_again": None}),
    ],
)  # fmt: skip
def test_kind(row, expected):
    question = one(row)
    assert {name: question.get(name) for name in expected} == expected


def test_a_note_is_shown_and_not_answered():
    form = survey(HEAD, "note | x | Hej och välkommen | | | | | | yes", "select_one yn | y | Trivs du?").sound()
    assert form.question("x")["kind"] == "info"
    assert "ask_again" not in form.question("x")


def test_a_rule_that_no_field_says_stays_with_its_message():
    question = one("decimal | x | Timmar | | | | . >= 0 and . != 13 | Inte tretton")
    assert question["constraints"] == [{"holds": ". != 13", "message": {"sv": "Inte tretton"}}]


def test_our_own_question_on_age_comes_first_where_the_form_has_none():
    form = survey(HEAD, "select_one yn | x | Trivs du?").sound()
    assert [question["code"] for question in form.definition["questions"]] == ["age", "x"]
    assert form.definition["questions"][0]["required"]
    assert any("our own comes first" in words for words in form.warnings)


def test_an_age_that_only_some_are_asked_or_late_comes_first():
    form = survey(
        "type | name | label | relevant",
        "select_one yn | works | Jobbar du?",
        "begin group | you | Om dig | ${works} = 'yes'",
        "integer | years | Hur gammal är du? |",
        "select_one yn | old | Får du rösta? | ${years} >= 18",
        "end group",
    ).sound()
    first = form.definition["questions"][0]
    assert (first["code"], first["kind"], first["required"]) == ("years", "number", True)
    assert [question["code"] for question in form.definition["questions"]] == ["years", "works", "old"]


def test_or_other_asks_for_own_words_in_the_form_s_language():
    choices = one("select_one yn or_other | x | Trivs du?")["choices"]
    assert choices[-1] == {"code": "other", "text": {"sv": "Annat"}, "specify": True}


def test_a_text_that_only_specifies_other_becomes_part_of_the_answer():
    form = Form("""
| survey |
| | type | name | label | relevant |
| | select_one sport | sport | Vad tränar du? | |
| | text | sport_other | Annat, vad? | ${sport} = 'other' |
| choices |
| | list_name | name | label |
| | sport | ball | Bollsport |
| | sport | other | Annat |
| | sport | none | Vet inte |
| settings |
| | form_title | default_language |
| | Träning | sv |
""").sound()
    choices = form.question("sport")["choices"]
    assert [choice.get("specify") for choice in choices] == [None, True, None]
    assert choices[2]["missing"]
    assert len(form.definition["questions"]) == 2


LIKERT = """
| choices |
| | list_name | name | label |
| | agree | 1 | Stämmer inte |
| | agree | 2 | Stämmer lite |
| | agree | 3 | Stämmer ganska bra |
| | agree | 4 | Stämmer helt |
| | agree | 9 | Vet ej |
| | nps | 0 | 0 |
| | nps | 1 | 1 |
| | nps | 2 | 2 |
| | nps | 3 | 3 |
| | nps | 4 | 4 |
| | nps | 5 | 5 |
| | nps | 6 | 6 – helt säkert |
| settings |
| | form_title | default_language |
| | Skolan | sv |
"""


def test_likert_rows_of_a_group_become_a_battery_on_one_scale():
    form = survey(
        "type | name | label | appearance",
        "begin_group | school | Så här är skolan | field-list",
        "select_one agree | safe | Jag är trygg | likert",
        "select_one agree | calm | Det är lugnt | likert",
        "select_one nps | friend | Skulle du råda en vän? | likert",
        "end_group",
        rest=LIKERT,
    ).sound()
    safe, calm, friend = (form.question(code) for code in ("safe", "calm", "friend"))
    assert safe["kind"] == calm["kind"] == "scale"
    assert safe["battery"] == calm["battery"] == "school"
    assert safe["choices"] == [{"code": "9", "text": {"sv": "Vet ej"}, "missing": True}]
    assert form.definition["scales"][0]["high"]["codes"] == ["3", "4"]
    assert form.definition["batteries"] == [{"code": "school", "text": {"sv": "Så här är skolan"}}]
    assert friend["kind"] == "rating"
    assert friend["high_label"] == {"sv": "helt säkert"}


def test_a_table_with_a_heading_row_is_a_battery_too():
    form = survey(
        "type | name | label | appearance",
        "begin group | page | Skolan | field-list",
        "select_one agree | head | Hur stämmer det? | label",
        "select_one agree | safe | Jag är trygg | list-nolabel",
        "select_one agree | calm | Det är lugnt | list-nolabel",
        "end group",
        rest=LIKERT,
    ).sound()
    assert form.definition["batteries"] == [{"code": "head", "text": {"sv": "Hur stämmer det?"}}]
    assert [question["code"] for question in form.definition["questions"]] == ["age", "safe", "calm"]


def test_groups_become_sections_and_inner_conditions_are_joined():
    form = survey(
        "type | name | label | relevant | appearance",
        "select_one yn | works | Jobbar du? | |",
        "begin group | outer | Allt | ${works} = 'yes' |",
        "begin group | inner | Jobbet | ${works} != 'no' | field-list",
        "begin group | more | Mer | ${works} = 'yes' |",
        "select_one yn | good | Trivs du? | |",
        "end group",
        "end group",
        "end group",
    ).sound()
    section = form.definition["sections"][-1]
    assert section["code"] == "inner"
    assert section["show_if"] == "${works} = 'yes' and ${works} != 'no'"
    assert form.question("good")["show_if"] == "${works} = 'yes'"


def test_what_is_worked_out_may_stand_below_what_reads_it():
    form = survey(
        "type | name | label | relevant | calculation",
        "select_one yn | a | Trivs du? | |",
        "select_one yn | b | Varför? | ${score_a} = 1 |",
        "calculate | score_a | | | if(${a} = 'yes', 1, 0)",
    ).sound()
    assert [question["code"] for question in form.definition["questions"]] == ["age", "a", "score_a", "b"]


def test_a_simple_filter_leaves_the_answers_it_lets_through():
    form = Form("""
| survey |
| | type | name | label | choice_filter |
| | select_one c | x | Vilken? | kind='a' |
| | select_one c | y | Vilken? | kind=${x} |
| choices |
| | list_name | name | label | kind |
| | c | one | Ett | a |
| | c | two | Två | a |
| | c | three | Tre | b |
""")
    assert [choice["code"] for choice in form.question("x")["choices"]] == ["one", "two"]
    assert form.places("hang on an earlier answer") == [("survey", 3, "D")]


def test_names_become_codes_and_conditions_follow():
    form = Form("""
| survey |
| | Type | NAME | Label | Relevant |
| | select_one JaNej | Mår_Bra.1 | Mår du bra? | |
| | select_one JaNej | ålder2 | Är du trygg? | ${Mår_Bra.1} = 'Ja' |
| choices |
| | list name | name | label |
| | JaNej | Ja | Ja |
| | JaNej | Nej då | Nej |
| settings |
| | form_title | default_language |
| | Test | sv |
""").sound()
    assert form.question("alder2")["show_if"] == "${mar_bra_1} = 'ja'"
    assert [choice["code"] for choice in form.question("alder2")["choices"]] == ["ja", "nej_da"]


def test_figures_that_fall_say_where_a_scale_is_high():
    form = survey(
        "type | name | label | appearance",
        "select_one freq | calm | Jag har varit lugn | likert",
        rest="""
| choices |
| | list_name | name | label |
| | freq | 3 | Hela tiden |
| | freq | 2 | Ibland |
| | freq | 1 | Aldrig |
""",
    ).sound()
    scale = form.definition["scales"][0]
    assert (scale["high"]["codes"], scale["low"]["codes"]) == (["3"], ["1"])
