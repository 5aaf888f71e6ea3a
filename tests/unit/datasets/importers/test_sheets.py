"""A spreadsheet's table comes in as the same file saved as CSV would: types kept, nothing guessed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from datasets.cubes import Reason
from datasets.importers import ColumnRole, Format, format_of, read_any
from tests.unit.datasets.importers.csv_files import PLACES
from tests.unit.datasets.importers.csv_files import cube_of as csv_cube
from tests.unit.datasets.importers.sheet_files import LONG, cube_of, guess_of, ods, refusal, result_of, xlsx

MAKERS = pytest.mark.parametrize("make", [xlsx, ods])
CSV = "Kommun;Kön;År;Antal\nLidingö;kvinnor;2023;1234\nLidingö;män;2023;998,5\nNynäshamn;kvinnor;2023;12\n"
CSV += "Nynäshamn;män;2023;9\n"


@MAKERS
def test_a_sheet_gives_the_same_cube_as_the_csv_file_of_it(make):
    cube, expected = cube_of(make(LONG)), csv_cube(CSV)
    assert cube.equals(expected)


@pytest.mark.parametrize(("make", "kind"), [(xlsx, Format.XLSX), (ods, Format.ODS)])
def test_a_workbook_is_known_by_what_it_holds_and_not_by_its_name(make, kind):
    assert {format_of(name, make(LONG)) for name in ("a.xlsx", "a.csv", "a.xls", "a", "a.px")} == {kind}


@MAKERS
def test_text_above_and_below_the_table_is_passed_over_and_kept(make):
    rows = [("Unga i kommunen",), (), *LONG, (), ("Källa: kommunens egen räkning",)]
    cube = cube_of(make(rows))
    assert cube.size == 4
    assert cube.title["sv"] == "Unga i kommunen"
    assert [note.text["sv"] for note in cube.notes] == ["Källa: kommunens egen räkning"]


@MAKERS
def test_the_fullest_sheet_is_taken_and_the_choice_is_told(make):
    data = make({"Läs mig": [("Hej",)], "Data": LONG, "Liten": LONG[:2]})
    guess = guess_of(data)
    assert guess.mapping.sheet == "Data"
    assert [sheet.name for sheet in guess.sheets] == ["Läs mig", "Data", "Liten"]
    assert "sheet_taken" in {problem.code for problem in guess.problems}
    assert cube_of(data, "Liten").size == 1


def test_a_hidden_sheet_is_told_of_and_not_taken():
    guess = guess_of(xlsx({"Personer": [*LONG, *LONG[1:]], "Data": LONG}, hidden=["Personer"]))
    assert guess.mapping.sheet == "Data"
    hidden = next(problem for problem in guess.problems if problem.code == "sheet_hidden")
    assert "Personer" in hidden.text()


@MAKERS
def test_a_sheet_that_is_gone_is_named(make):
    assert refusal(make(LONG), "Förra årets").code == "sheet_gone"


@MAKERS
def test_a_date_is_a_date_and_text_never_becomes_one(make):
    rows = [("Dag", "Ord", "Antal"), (date(2024, 3, 31), "3/4", 1), (date(2024, 4, 1), "våren", 2)]
    guess = guess_of(make(rows))
    assert [column.role for column in guess.mapping.columns[:2]] == [ColumnRole.TIME, ColumnRole.DIMENSION]
    assert cube_of(make(rows)).dimension("Dag").codes == ("2024-03-31", "2024-04-01")


@pytest.mark.parametrize("text", ["12,5", "12.5"])
def test_figures_written_as_text_among_numbers_are_read_alike(text):
    cube = cube_of(xlsx([("Kön", "Andel"), ("a", text), ("b", 1.25), ("c", "1 234"), ("d", 0.1 + 0.2)]))
    assert cube.values.tolist() == [12.5, 1.25, 1234, 0.3]


def test_a_number_with_three_decimals_is_no_thousand():
    result = result_of(xlsx([("Kön", "Antal"), ("a", 1.234), ("b", 2.5)]))
    assert result.cube.values.tolist() == [1.234, 2.5]
    assert "csv_decimal" not in {problem.code for problem in result.problems}


def test_codes_that_lost_their_first_zero_are_found():
    cube = cube_of(xlsx([("Kommunkod", "Antal"), (186, 1), (192, 2)]))
    assert cube.dimensions[0].codes == ("0186", "0192")


def test_a_cell_formatted_as_per_cent_is_read_as_it_is_shown():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("Kön", "Andel"), ("a", 0.453), ("b", 0.2)):
        sheet.append(row)
    for cell in ("B2", "B3"):
        sheet[cell].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    cube = cube_of(out.getvalue())
    assert cube.values.tolist() == [45.3, 20]
    assert cube.unit.label == {"sv": "%"}


def test_merged_cells_stand_for_every_row_they_cover():
    rows = [("Kommun", "Kön", "Antal"), ("Lidingö", "a", 1), (None, "b", 2), ("Nynäshamn", "a", 3), (None, "b", 4)]
    cube = cube_of(xlsx(rows, merged=["A2:A3", "A4:A5"]))
    assert cube.dimensions[0].codes == ("0186", "0192")
    assert cube.values.tolist() == [[1, 2], [3, 4]]


def test_a_merged_title_above_the_table_is_a_title_once():
    cube = cube_of(xlsx([("Unga 2023", None, None, None), *LONG], merged=["A1:D1"]))
    assert cube.title["sv"] == "Unga 2023"


def test_a_formula_without_its_result_is_pointed_at():
    problem = refusal(xlsx([("Kön", "Antal"), ("a", 1), ("b", "=B2+1")]))
    assert (problem.code, problem.line, problem.column) == ("sheet_formula", 3, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx(LONG)[:-400], "sheet_broken"),
        (xlsx({"survey": [("type", "name")], "choices": [("list_name", "name")]}), "sheet_form"),
        (xlsx([()]), "sheet_empty"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "sheet_password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "sheet_broken"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_in_words(data, code):
    assert refusal(data).code == code


def test_a_document_or_a_zip_of_something_else_is_named_as_that():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert read_any("rapport.xlsx", out.getvalue(), PLACES).result.fatal[0].code == "is_office"


def test_a_zip_bomb_is_refused_before_it_is_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _piece in range(700):
                sheet.write(bytes(1_000_000))
    assert refusal(out.getvalue()).code == "sheet_too_large"


def test_a_sheet_with_one_cell_at_the_far_corner_harms_nothing():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", 1
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue()).code in ("sheet_too_large", "sheet_broken")


def test_signs_in_a_sheet_are_statuses_with_the_sheets_own_signs():
    rows = [("Kön", "Grupp", "Antal"), ("a", "x", "<5"), ("a", "y", ".."), ("b", "x", "-"), ("b", "y", 7)]
    cube = cube_of(xlsx(rows))
    assert cube.statuses.ravel().tolist() == [
        Reason.CONFIDENTIAL, Reason.NOT_AVAILABLE, Reason.NOT_AVAILABLE, Reason.NONE
    ]  # fmt: skip
    assert {symbol.symbol for symbol in cube.symbols} == {"<5", "..", "-"}
