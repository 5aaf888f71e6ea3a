"""Forms that others wrote, and what a person who knows them would want: taken or not, and what is told."""

import time

import pytest

from surveys.questionnaire import read
from surveys.xlsform import extras, read_xlsform, write_xlsform
from tests.shared_data import shared_data, shared_files

ACCEPTED = {
    # A youth club's own questions in German; the answers on age are bands already, so ours is asked as well.
    "correlaid_testA.xlsx": ("de", 20, {"wirkung", "nobody is forced", "read as a scale from"}),
    # One whole number under a blank row: little, but nothing is wrong with it.
    "pyxform_bug_blank_second_row.xls": ("sv", 1, {"No language is named"}),
    # Chinese stands beside two answers only; the form is whole in English.
    "pyxform_field-list.xlsx": ("en", 1, {"until all its texts are there"}),
    # "or other", and a filter that leaves two colours; its quotes are missing, but it can mean one thing only.
    "pyxform_or_other.xlsx": ("en", 2, {"yes stands without quotes"}),
    # The same in an older spelling, as Markdown.
    "pyxform_specify_other.md": ("en", 1, set()),
}
REFUSED = {
    # Asks for mail and telephone, and row 28 can never be reached: its answer is not in the list.
    "correlaid_mitwirken_umfrage.xlsx": {(54, "e-mail"), (55, "telephone"), (28, "none of its answers")},
    # A broken file, whatever it held.
    "gauteng_biweekly_wellbeing.xlsx": {(None, "damaged")},
    # The same names twice; the site is never worked out, since its value stands in the wrong column.
    "gauteng_initial_demographics.xlsx": {(8, "ethnicity"), (12, "birth_place"), (21, "calculates nothing")},
    # Measures children one by one, by name.
    "liberia_round1_xlsform_liberiaCoverage.xlsx": {(54, "asked again for each"), (155, "two answers")},
    # Its one calculation is a sentence.
    "pyxform_bug_bad_calc.xlsx": {(2, "can't be read")},
    # Every kind of thing that we never ask for, and two columns of one name.
    "pyxform_bug_duplicate_columns.xlsx": {(1, "Two columns"), (35, "geopoint"), (37, "image"), (16, "again")},
    # Answers from other files, and places on a map.
    "pyxform_case_insensitivity.xlsx": {(3, "another file"), (4, "where somebody is"), (2, "Entities")},
    "pyxform_widgets.csv": {(6, "exact date"), (12, "where somebody is"), (14, "picture"), (13, "barcode")},
    "pyxform_xlsform_spec_test.xlsx": {
        (15, "asked again"),
        (34, "where somebody is"),
        (4, "a name"),
        (6, "address"),
    },
}
STRIPPED = {
    "gauteng_initial_demographics.xlsx": {2, 3},
    "pyxform_xlsform_spec_test.xlsx": {42, 44, 46, 48, 50, 52},
}


def reading_of(name):
    return read_xlsform(shared_data(f"xlsforms/{name}").read_bytes(), name)


@pytest.mark.parametrize("name", ACCEPTED)
def test_taken(name):
    language, questions, words = ACCEPTED[name]
    reading = reading_of(name)
    assert [told.message for told in reading.errors] == []
    assert reading.languages[0] == language
    assert reading.questions == questions
    told = " ".join(told.message for told in reading.warnings)
    assert {one for one in words if one.lower() not in told.lower()} == set()
    assert next(question for question in read(reading.definition) if question.is_required).bands


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_taken_goes_out_and_comes_back(name):
    definition = reading_of(name).definition
    assert read_xlsform(write_xlsform(definition)).definition == extras.normalised(definition)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    reading = reading_of(name)
    assert reading.definition is None
    told = [(told.place.row, told.message) for told in reading.errors]
    assert {
        one for one in REFUSED[name] if not any(one[0] == row and one[1] in words for row, words in told)
    } == set()
    assert not any("pyxform" in words for _, words in told)


@pytest.mark.parametrize("name", STRIPPED)
def test_what_tells_who_answered_is_named_row_by_row(name):
    rows = {told.place.row for told in reading_of(name).stripped if told.place.sheet == "survey"}
    assert rows >= STRIPPED[name]


def test_every_form_here_has_a_verdict():
    files = shared_files("xlsforms", ".xlsx", ".xls", ".csv", ".md")
    if not files:
        pytest.skip("The shared data is not here: xlsforms")
    assert {name.rsplit("/", 1)[-1] for name in files} == ACCEPTED.keys() | REFUSED.keys()


def test_a_usual_form_is_read_at_once():
    content = shared_data("xlsforms/correlaid_mitwirken_umfrage.xlsx").read_bytes()
    started = time.thread_time()
    read_xlsform(content)
    assert time.thread_time() - started < 1.5
