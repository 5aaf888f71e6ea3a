"""A workbook that opens ready to read, in which nothing is run."""

import io
from decimal import Decimal

import openpyxl
import pytest

from portal.files.xlsx import Link, Sheet, workbook
from tests.unit.portal.files.test_csv import COMMANDS


def opened(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets, title="Frånvaro")))


def test_numbers_are_numbers_with_the_decimals_they_came_with():
    book = opened(Sheet("Siffror", ["Skola", "Andel", "Antal"], [["Ek", Decimal("34.10"), 1200]]))
    (page,) = book.worksheets
    assert (page["B2"].value, page["B2"].number_format) == (34.1, "#,##0.00")
    assert (page["C2"].value, page["C2"].number_format) == (1200, "#,##0")


def test_the_header_stays_in_sight_and_the_figures_are_a_table():
    (page,) = opened(Sheet("Siffror", ["Skola", "Antal"], [["Ek", 1]])).worksheets
    assert page.freeze_panes == "A2"
    assert [table.ref for table in page.tables.values()] == ["A1:B2"]


def test_columns_are_as_wide_as_what_stands_in_them_and_long_notes_are_wrapped():
    note = "En lång not. " * 30
    (page,) = opened(Sheet("Om", ["Vad", "Uppgift"], [["Not", note]], widths=(20, 90), is_data=False)).worksheets
    assert page.column_dimensions["B"].width == pytest.approx(90, abs=1)
    assert page["B2"].alignment.wrap_text


@pytest.mark.parametrize("text", COMMANDS)
def test_no_text_becomes_a_formula(text):
    (page,) = opened(Sheet("Siffror", [text, "b"], [[text, 1]])).worksheets
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type != "f"
    assert page["A2"].quotePrefix


def test_a_link_can_be_followed_and_a_strange_one_is_text():
    rows = [[Link("SCB", "https://www.scb.se/")], [Link("nej", "javascript:alert(1)")], ["https://a.example/"]]
    (page,) = opened(Sheet("Om", ["Länk"], rows, is_data=False)).worksheets
    assert page["A2"].hyperlink.target == "https://www.scb.se/"
    assert (page["A3"].value, page["A3"].hyperlink) == ("nej", None)
    assert page["A4"].hyperlink is None


def test_names_that_no_sheet_or_table_can_have_are_made_fit():
    book = opened(Sheet("a/b:c?" * 9, ["x", "X", ""], [[1, 2, 3]]), Sheet("a/b:c?" * 9, ["x"], [[1]]))
    assert len({page.title for page in book.worksheets}) == 2
    assert len({cell.value.casefold() for cell in book.worksheets[0][1]}) == 3


@pytest.mark.parametrize("cell", [1.5, True, b"x"])
def test_a_figure_without_stated_decimals_is_refused(cell):
    with pytest.raises(TypeError):
        workbook([Sheet("a", ["a"], [[cell]])], title="")


def test_the_same_figures_give_the_same_bytes():
    def make():
        return workbook([Sheet("a", ["a"], [[1]])], title="x")

    assert make() == make()


def test_an_empty_sheet_opens():
    (page,) = opened(Sheet("a", ["a", "b"], [])).worksheets
    assert [cell.value for cell in page[1]] == ["a", "b"]
