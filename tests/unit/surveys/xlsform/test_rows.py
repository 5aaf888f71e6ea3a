"""What is left out and what is refused is told row by row; the rest of the form stays."""

import pytest

from .markdown import Form, survey

HEAD = "type | name | label"
FIRST = "select_one yn | a | Trivs du?"


@pytest.mark.parametrize(
    "kind",
    [
        "start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit", "simserial",
        "subscriberid", "uri:deviceid", "imei", "hidden", "background-audio", "start-geopoint", "START",
    ],
)  # fmt: skip
def test_what_tells_who_answered_is_left_out(kind):
    form = survey(HEAD, f"{kind} | meta | ", FIRST).sound()
    assert [(told.place.row, told.place.column) for told in form.report.stripped] == [(2, "A")]
    assert "left out" in form.stripped[0]
    assert [question["code"] for question in form.definition["questions"]] == ["age", "a"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("geopoint", "where somebody is"),
        ("image", "a picture"),
        ("audio", "a picture, a recording"),
        ("video", "a picture"),
        ("file", "a file"),
        ("barcode", "reads a code"),
        ("date", "Ask for the year"),
        ("dateTime", "Ask for the year"),
        ("time", "time of day"),
        ("select_one_from_file areas.csv", "another file"),
        ("select_one_external areas", "another file"),
        ("begin_kobomatrix", "KoboToolbox"),
        ("begin_score", "KoboToolbox"),
        ("rank__level", "KoboToolbox"),
        ("slect_one yn", "We know no question type slect_one yn"),
        ("", "has no type"),
        ("begin repeat", "asked again for each"),
    ],
)
def test_what_can_t_be_used_is_refused_at_its_row(kind, words):
    form = survey(HEAD, FIRST, f"{kind} | x | Något", *(["end repeat"] if "repeat" in kind else []))
    assert form.places(words) == [("survey", 3, "A")]
    assert len(form.errors) == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["select_one yn | a | Igen?"], "stands on row 2 too"),
        (["select_one yn | my name | Hej?"], "such as my_name"),
        (["select_one yn |  | Hur mår du?"], "has no name"),
        (["select_one | b | Hur mår du?"], "names no list"),
        (["select_one nn | b | Hur mår du?"], "no list nn"),
        (["select_one yn | b | "], "no text to show"),
        (["begin group | g | Grupp", "select_one yn | b | Hej?"], "begins here and never ends"),
        (["end group"], "never began"),
    ],
)
def test_rows_that_don_t_fit_together_are_told(rows, words):
    form = survey(HEAD, FIRST, *rows)
    assert form.places(words)
    assert len(form.errors) == 1


def test_at_most_ten_questions_are_answered_in_own_words():
    rows = [f"text | t{n} | Vad tycker du om {n}?" for n in range(12)]
    form = survey(HEAD, *rows)
    assert form.places("at most 10") == [("survey", 12, "A"), ("survey", 13, "A")]
    assert any("own words: 12" in words for words in form.warnings)


def test_nobody_is_forced():
    form = survey("type | name | label | required", "select_one yn | a | Trivs du? | yes").sound()
    assert any("nobody is forced" in words for words in form.warnings)


def test_answers_are_not_sent_elsewhere():
    form = Form("""
| survey |
| | type | name | label |
| | select_one yn | a | Trivs du? |
| choices |
| | list_name | name | label |
| | yn | y | Ja |
| | yn | n | Nej |
| settings |
| | form_title | submission_url | public_key | instance_name |
| | Test | https://elsewhere.example/submit | MIIB | concat(${a}, 'x') |
""").sound()
    assert len(form.stripped) == 3


def test_texts_that_would_show_what_somebody_wrote_are_refused():
    form = survey(HEAD, "text | t | Vad gillar du?", "select_one yn | b | Varför gillar du ${t}?", FIRST)
    assert form.places("Free text is never shown again") == [("survey", 3, "C")]
    form = survey(HEAD, FIRST, "select_one yn | b | Du sa ${a}. Varför?").sound()
    assert form.question("b")["text"] == {"sv": "Du sa …. Varför?"}


def test_an_unknown_column_and_a_column_twice_are_told():
    form = survey("type | name | label | min_cell", "select_one yn | a | Trivs du? | 4").sound()
    assert any("headed min_cell" in words for words in form.warnings)
    form = survey("type | name | label | label", "select_one yn | a | Trivs du? | Hej")
    assert form.places("Two columns") == [("survey", 1, "D")]


def test_a_sheet_without_its_columns_is_told():
    assert Form("| survey |\n| | name | label |\n| | a | b |").places("no column type")
    assert Form("| settings |\n| | form_title |\n| | Test |").places("no sheet named survey")


def test_a_calculation_that_nothing_reads_is_no_loss():
    head, first = "type | name | label | calculation", "select_one yn | a | Trivs du? |"
    form = survey(head, first, "calculate | when | | format-date(today(), '%Y')").sound()
    assert [told.place.row for told in form.report.stripped] == [3]
    form = survey(head, first, "calculate | when | | because it's so")
    assert form.places("can't be read") == [("survey", 3, "D")]


def test_what_is_heavy_to_be_asked_is_told_and_gets_support_lines():
    form = survey(HEAD, "select_one yn | a | Har du tänkt på att ta ditt liv?").sound()
    assert form.question("a")["sensitive"]
    assert any("Support lines" in words for words in form.warnings)
