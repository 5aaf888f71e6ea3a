"""Habits of those who write forms: spellings that mean one thing only are taken, others named with what to do."""

import io

import openpyxl
import pytest

from surveys.xlsform import extras, read_xlsform, write_xlsform

from .markdown import YES_NO, Form, survey

HEAD = "type | name | label | relevant | constraint | calculation"
FIRST = "select_one yn | a | Trivs du? | | |"


def book(survey_rows, sheets=("survey", "choices", "settings"), choices=None, **more):
    made = openpyxl.Workbook()
    made.remove(made.active)
    answers = choices or [["list_name", "name", "label"], ["yn", "yes", "Ja"], ["yn", "no", "Nej"]]
    settings = [["form_title", "default_language"], ["Fritid", "Svenska (sv)"]]
    for name, rows in (*zip(sheets, (survey_rows, answers, settings), strict=True), *more.items()):
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "row",
    [
        "select_one yn | b | B? | ${ a } = ‘yes’ | |",
        "select_one yn | b | B? | ${a} = „yes“ | |",
        "integer | n | Hur många? | | 0 <= . and 5 >= . |",
        "calculate | c | | | | jr:choice-name(${a}, '${a}')",
        "calculate_here | c | | | | once(format-date-time(now(), '%H'))",
        "caseid | caseid | | | |",
        "speed violations count | s | | | |",
    ],
)
def test_what_can_mean_one_thing_only_is_taken(row):
    form = survey(HEAD, FIRST, row).sound()
    assert [words for words in form.warnings if "question on age" not in words] == []


def test_limits_the_other_way_round_are_limits():
    form = survey(HEAD, FIRST, "integer | n | Hur många? | | 0 < . and 5 >= . |").sound()
    assert [form.question("n")[name] for name in ("minimum", "maximum")] == [1, 5]
    form = survey(HEAD, FIRST, "integer | n | Hur många? | | . < 10 |").sound()
    form_in_parts = survey(HEAD, FIRST, "decimal | n | Hur stor del? | | . > 0 and . < 1 |").sound()
    assert [form_in_parts.question("n")[name] for name in ("minimum", "maximum")] == [0, 1]
    assert any("leaves a limit open, so numbers from 0 to 9" in words for words in form.warnings)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("integer | n | Hur många? | | . > 5 and . < 5 |", "No answer meets"),
        ("select_one yn | n | Hur många? | | . > 3 |", "answers are no numbers"),
        ("decimal | n | Hur mycket? | | . > 0,5 |", "Write 0.5 with a point"),
        ("select_one yn | b | B? | {a} = 'yes' | |", "with its code between the curly brackets"),
        ("selectone yn1 | b | B? | | |", "Did you mean yn?"),
        ("select-one yn | b | B? | | |", "Did you mean select_one?"),
        ("intger | b | B? | | |", "Did you mean integer?"),
        ("begin group | | Skola | | |", "such as skola"),
    ],
)
def test_one_mistake_is_told_once(row, words):
    form = survey(HEAD, FIRST, row, *(["end group"] if "group" in row else []))
    assert [words in told for told in form.errors] == [True]


def test_what_hangs_on_a_mistake_is_not_told_as_another():
    form = survey(HEAD, FIRST, "calculate | c | | | | today() - 1", "select_one yn | b | B? | ${c} > 2020 | |")
    assert form.places("no function today") == [("survey", 3, "F")]
    assert len(form.errors) == 1


def test_a_branch_beyond_a_number_s_limits_is_never_reached():
    number = "integer | n | Hur många vänner? | | . >= 0 and . < 10 |"
    form = survey(HEAD, number, "select_one yn | b | B? | ${n} > 20 | |", "select_one yn | c | C? | ${n} > 8 | |")
    assert form.places("Nobody can ever be asked") == [("survey", 3, "D")]
    assert len(form.errors) == 1
    part = "decimal | n | Hur stor del? | | . > 0 and . < 1 |"
    survey(HEAD, part, "select_one yn | b | B? | ${n} > 0.5 | |").sound()


def test_figures_that_a_program_saved_with_decimals_are_the_same_answers():
    lists = "\n| choices |\n| | list_name | name | label |\n| | s | 1.0 | Ett |\n| | s | 2.0 | Två |\n"
    rows = "| survey |\n| | type | name | label | relevant |\n| | select_one s | q | Vad? | |\n"
    form = Form(f"{rows}| | select_one s | b | B? | ${{q}} = 1 |{lists}").sound()
    assert form.question("b")["show_if"] == f"${{q}} = '{form.question('q')['choices'][0]['code']}'"
    assert Form(f"{rows}| | select_one s | b | B? | selected(${{q}}, '1') |{lists}").places("none of its answers")


def test_a_first_language_without_texts_is_told():
    form = Form(
        YES_NO.replace("Svenska (sv)", "English (en)").replace("label", "label::Svenska (sv)")
        + "| survey |\n| | type | name | label::Svenska (sv) |\n| | select_one yn | a | Trivs du? |"
    ).sound()
    assert form.definition["languages"] == ["sv"]
    assert any("no texts are in it" in words for words in form.warnings)


def test_a_file_without_answers_to_choose_from_is_told_once():
    form = Form("| survey |\n| | type | name | label |\n| | select_one x | a | A? |\n| | select_one y | b | B? |")
    assert ["no sheet named choices" in told for told in form.errors] == [True]


def test_an_age_and_what_hangs_on_it_come_back():
    form = survey(
        HEAD,
        "integer | alder | Hur gammal är du? | | . > 14 and . < 30 |",
        "calculate | c | | | | if(${alder} >= 18, 1, 0)",
        "select_one yn | b | Röstar du? | ${c} = 1 | |",
        "select_one yn | d | Går du i skolan? | ${alder} < 20 | |",
    ).sound()
    back = read_xlsform(write_xlsform(form.definition))
    assert [told.message for told in back.errors] == []
    assert back.definition == extras.normalised(form.definition)


def test_what_nobody_sees_in_a_workbook_makes_no_difference():
    rows = [
        ["type ", "name", " label", "relevant"],
        ["select_one\u00a0yn", "a ", "Trivs du? "],
        [" ", None, "\u00a0"],
        ["caseid", "caseid"],
        ["select_one yn", "b", "B?", "${ a } = 'yes'"],
    ]
    sheets = ("Survey ", "CHOICES", "Settings")
    reading = read_xlsform(book(rows, sheets, kodbok=[["kod", "text"]] * 2_500))
    assert [told.message for told in reading.errors] == []
    assert (reading.title, reading.languages, reading.questions) == ("Fritid", ("sv",), 2)
    assert read_xlsform(write_xlsform(reading.definition)).definition == extras.normalised(reading.definition)


def test_a_form_of_ten_thousand_rows_is_refused_and_not_read():
    rows = [["type", "name", "label"], *(["select_one yn", f"q{n}", "Trivs du?"] for n in range(10_000))]
    reading = read_xlsform(book(rows))
    assert ["more than 2000 rows" in told.message for told in reading.errors] == [True]


def test_a_title_above_the_headings_is_the_one_thing_told():
    rows = [["Enkät om fritid"], [None], ["type", "name", "label"], ["select_one yn", "a", "Trivs du?"]]
    reading = read_xlsform(book(rows))
    assert [(told.place.row, "headings seem to stand on row 3" in told.message) for told in reading.errors] == [
        (3, True)
    ]
    assert reading.warnings == ()


def test_a_list_named_in_a_merged_cell_is_told_where_its_name_lacks_and_not_as_too_short():
    merged = [["list_name", "name", "label"], ["yn", "yes", "Ja"], [None, "no", "Nej"]]
    reading = read_xlsform(book([["type", "name", "label"], ["select_one yn", "a", "Trivs du?"]], choices=merged))
    assert [(told.place.sheet, told.place.row) for told in reading.errors] == [("choices", 3)]
    assert "merged cells" in reading.errors[0].message


def test_sheets_and_settings_that_are_named_or_turned_another_way_are_told_with_what_is_there():
    rows = [["type", "name", "label"], ["select_one yn", "a", "Trivs du?"]]
    (told,) = read_xlsform(book(rows, sheets=("enkät", "val", "inställningar"))).errors
    assert "enkät, val, inställningar" in told.message
    answers = YES_NO.split("| settings |")[0]
    sideways = survey(
        "type | name | label",
        "select_one yn | a | Trivs du?",
        rest=f"{answers}| settings |\n| | form_title | Fritid |\n| | form_id | fritid |\n",
    )
    assert sideways.places("lie on their side") == [("settings", 1, None)]


def test_rows_that_are_switched_off_are_told_and_the_tools_own_columns_are_not():
    form = survey(
        "type | name | label | disabled | publishable | minimum_seconds | $kuid | select_from_list_name",
        "select_one yn | a | Trivs du? | | yes | 3 | k1 |",
        "select_one yn | b | En gammal fråga | yes | | | k2 |",
    ).sound()
    assert [question["code"] for question in form.definition["questions"]] == ["age", "a"]
    assert any("switched off" in words for words in form.stripped)
    assert not any("no column headed" in words for words in form.warnings)


def test_a_space_in_an_answer_of_several_is_told_where_it_stands():
    choices = [["list_name", "name", "label"], ["f", "annat svar", "Annat"], ["f", "sport", "Sport"]]
    reading = read_xlsform(book([["type", "name", "label"], ["select_multiple f", "a", "Vad?"]], choices=choices))
    assert [(told.place.sheet, told.place.row, told.place.column) for told in reading.errors] == [
        ("choices", 2, "B")
    ]
    assert "Write annat_svar" in reading.errors[0].message


def test_a_form_of_an_hour_is_taken_with_a_word_about_its_length():
    rows = [["type", "name", "label"], *(["select_one yn", f"q{n}", f"Fråga {n}?"] for n in range(300))]
    reading = read_xlsform(book(rows))
    assert reading.is_accepted and any("about 60 minutes" in told.message for told in reading.warnings)


def test_a_language_that_lacks_a_text_waits_in_the_draft():
    form = """
| survey |
| | type | name | label::Svenska (sv) | label::Arabiska (ar) |
| | select_one yn | a | Trivs du? | هل أنت مرتاح؟ |
| | select_one yn | b | Sover du bra? | |
| choices |
| | list_name | name | label::Svenska (sv) | label::Arabiska (ar) |
| | yn | yes | Ja | نعم |
| | yn | no | Nej | لا |
"""
    reading = read_xlsform(form.encode())
    assert reading.is_accepted and reading.languages == ("sv",)
    draft = reading.draft
    assert draft["languages"] == ["sv", "ar"]
    asked = {question["code"]: question["text"] for question in draft["questions"]}
    assert asked["a"]["ar"] == "هل أنت مرتاح؟" and not asked["b"]["ar"]


def test_an_age_to_choose_from_is_told_since_ours_is_asked_too():
    ages = [["list_name", "name", "label"], ["ages", "15-19", "15–19"], ["ages", "20-29", "20–29"]]
    rows = [["type", "name", "label"], ["select_one ages", "old", "Hur gammal är du?"]]
    told = read_xlsform(book(rows, choices=ages))
    assert told.definition is not None
    (warned,) = [one for one in told.warnings if "asked twice" in one.message]
    assert (warned.place.sheet, warned.place.row) == ("survey", 2)


def test_a_type_that_only_we_can_read_is_told_where_it_stands():
    rows = [["type", "name", "label"], ["select_one yn", "a", "A?"], ["Select_One yn", "b", "B?"]]
    (error,) = read_xlsform(book(rows)).errors
    assert (error.place.sheet, error.place.row) == ("survey", 3) and "Select_One yn" in error.message
