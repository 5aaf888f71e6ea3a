"""Texts come in each of the form's languages, without markup; what is missing is told at its cell."""

import pytest

from surveys.xlsform.languages import code_of, guessed
from surveys.xlsform.texts import plain

from .markdown import Form


def form(survey_head, survey_row, choices_head, yes, no, settings=""):
    return Form(f"""
| survey |
| | type | name | {survey_head} |
| | select_one yn | a | {survey_row} |
| choices |
| | list_name | name | {choices_head} |
| | yn | yes | {yes} |
| | yn | no | {no} |
| settings |
| | form_title | default_language |
| | Test | {settings} |
""")


@pytest.mark.parametrize("separator", ["::", ":", " :: "])
def test_languages_by_their_headings(separator):
    head = f"label{separator}Svenska (sv) | label{separator}English"
    found = form(head, "Trivs du? | Do you like it?", head, "Ja | Yes", "Nej | No").sound()
    assert found.definition["languages"] == ["sv", "en"]
    assert found.question("a")["text"] == {"sv": "Trivs du?", "en": "Do you like it?"}
    assert found.question("a")["choices"][0]["text"] == {"sv": "Ja", "en": "Yes"}


def test_a_column_without_language_is_the_default():
    found = form(
        "label | label::Svenska", "Hi? | Hej?", "label | label::Svenska", "Y | J", "N | N", "English (en)"
    )
    assert found.sound().question("a")["text"] == {"en": "Hi?", "sv": "Hej?"}


def test_a_language_with_a_missing_text_is_left_out_and_told():
    head = "label::Svenska (sv) | label::English (en)"
    found = form(head, "Trivs du? | Do you?", head, "Ja | Yes", "Nej |").sound()
    assert found.definition["languages"] == ["sv"]
    missing = [told.place for told in found.report.warnings if "English (en) is missing" in told.message]
    assert [(place.sheet, place.row, place.column) for place in missing] == [("choices", 3, "D")]


def test_a_text_missing_in_the_form_s_own_language_is_refused():
    head = "label::Svenska (sv) | label::English (en)"
    found = form(head, "| Do you?", head, "Ja | Yes", "Nej | No", "Svenska (sv)")
    assert found.places("Svenska (sv) is missing") == [("survey", 2, "C")]


def test_a_language_that_nobody_knows_is_left_out_and_told():
    head = "label::Svenska (sv) | label::Klingonska"
    found = form(head, "Trivs du? | Qapla", head, "Ja | HIja", "Nej | ghobe").sound()
    assert found.definition["languages"] == ["sv"]
    assert any("Klingonska" in words for words in found.warnings)


def test_a_language_is_guessed_and_told():
    found = form("label", "Wie geht es dir und was ist mit der Schule?", "label", "gut", "nicht gut").sound()
    assert found.definition["languages"] == ["de"]
    assert found.definition["questions"][0]["text"] == {"de": "Wie alt bist du?"}


def test_swedish_is_not_taken_for_danish():
    assert guessed(["Trivs du?", "Ja", "Nej"]) == "sv"


@pytest.mark.parametrize(
    ("header", "code"),
    [("Svenska (sv)", "sv"), ("english", "en"), ("EN", "en"), ("Deutsch (de)", "de"), ("Lättläst (sv-x-easy)",
     "sv-x-easy"), ("Soomaali (so)", "so"), ("دری", "prs"), ("Klingon", None), ("en-GB", "en-GB"), ("x", None)],
)  # fmt: skip
def test_code_of_a_language(header, code):
    assert code_of(header) == code


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("Hur **ofta** är du _glad_?", "Hur ofta är du glad?"),
        ("# Rubrik\nText", "Rubrik\nText"),
        ("<b>Tack</b><br>för hjälpen", "Tack\nför hjälpen"),
        ("[läs mer](https://kommun.example/a_b)", "läs mer (https://kommun.example/a_b)"),
        ('<a href="https://kommun.example">här</a>', "här (https://kommun.example)"),
        ("3 * 4 * 5 < 100 & snake_case_ord", "3 * 4 * 5 < 100 & snake_case_ord"),
        ("<span style='color:red'>Viktigt</span> &amp; bra", "Viktigt & bra"),
        ("Jag är < 15 år och > 10", "Jag är < 15 år och > 10"),
    ],
)
def test_markup_is_taken_out(marked, bare):
    assert plain(marked) == bare


def test_a_byte_order_mark_and_hard_spaces_do_no_harm():
    found = form("\ufefflabel", "Trivs\u00a0du?", "label", "Ja", "Nej", "sv").sound()
    assert found.question("a")["text"] == {"sv": "Trivs du?"}
