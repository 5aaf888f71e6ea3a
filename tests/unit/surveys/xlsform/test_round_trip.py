"""A questionnaire that goes out as an XLSForm comes back the same."""

import copy
import io
import json

import openpyxl
import pytest

from surveys.questionnaire import read
from surveys.questionnaire.reading import CONTENT
from surveys.xlsform import example_xlsform, extras, read_xlsform, write_xlsform
from surveys.xlsform.reading import build
from surveys.xlsform.telling import Report
from surveys.xlsform.writing import sheets_of
from tests.unit.surveys.every_kind import every_kind


def shipped():
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (CONTENT / "wellbeing.json", CONTENT / "example_form.json")
    ]


def bent():
    """Questionnaires with what could be mistaken for something else on the way."""
    first = every_kind()
    first["questions"][2]["text"]["sv"] = "=SUM(A1) **fet** <b>text</b> ${goes}"
    first["questions"][2]["choices"][0]["text"]["sv"] = "- nej | 'ja' \"jo\""
    second = every_kind()
    second["sections"][1]["code"] = "goes"
    for question in second["questions"]:
        question["section"] = {"all": "goes"}.get(question["section"], question["section"])
    third = every_kind()
    third["questions"][2]["choices"].append({"code": "vet", "text": {"sv": "Vet ej"}})
    third["questions"][4]["constraints"] *= 2
    third["version"] = 12
    return [first, second, third]


@pytest.mark.parametrize("definition", [*shipped(), every_kind(), *bent()])
def test_comes_back_the_same(definition):
    before = copy.deepcopy(definition)
    reading = read_xlsform(write_xlsform(definition))
    assert [told.message for told in reading.errors] == []
    assert reading.definition == extras.normalised(definition)
    assert definition == before
    again = read(reading.definition)
    assert [question.code for question in again] == [question["code"] for question in definition["questions"]]


def test_the_example_is_a_form_that_is_taken():
    reading = read_xlsform(example_xlsform())
    assert reading.is_accepted
    assert reading.title == "Din fritid och hur du har det"
    assert reading.questions == 11
    assert [told.message for told in reading.warnings] == []


def test_texts_changed_in_the_form_are_what_comes_back():
    sheets = sheets_of(every_kind())
    labels = sheets["survey"][0].index("label::Svenska (sv)")
    row = next(row for row in sheets["survey"] if row[1] == "goes")
    row[labels] = "En ny fråga?"
    report = Report()
    built = build(sheets, report)
    question = next(one for one in built.definition["questions"] if one["code"] == "goes")
    assert question["text"] == {"sv": "En ny fråga?"}


def test_a_question_taken_out_of_the_form_is_told_and_gone():
    sheets = sheets_of(every_kind())
    sheets["survey"] = [row for row in sheets["survey"] if row[1] != "order"]
    report = Report()
    built = build(sheets, report)
    assert "order" not in [question["code"] for question in built.definition["questions"]]
    assert any("no part questions order" in told.message for told in report.warnings)


@pytest.mark.parametrize(
    "cells",
    [
        ["questionnaire", "", "languages", "5"],
        ["questionnaire", "", "title", '"x"'],
        ["questionnaire", "", "questions", "5"],
        ["questions", "goes", "choices", "7"],
        ["questions", "goes", "code", "[1]"],
        ["questions.choices", "goes.yes", "text", "null"],
        ["questions", "new", "", '{"code": "new"}'],
        ["sections", "you", "", "null"],
        ["questions", "", "order", '["x", 1, null]'],
        ["scores", "s", "", "[]"],
        ["x", "y", "z", "{}"],
        ["questions", "goes", "text", "{"],
        ["questions", "goes", "text", "[" * 3000],
        ["questions", "goes", "show_if", "3"],
        ["questions", "sleep", "minimum", '"many"'],
    ],
)
def test_our_own_sheet_in_other_hands_breaks_nothing(cells):
    sheets = sheets_of(every_kind())
    sheets["vaxtkraft"].append(cells)
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    reading = read_xlsform(out.getvalue())
    assert reading.is_accepted is (reading.definition is not None)
    if reading.definition is not None:
        read(reading.definition)
    json.dumps(reading.as_json())
