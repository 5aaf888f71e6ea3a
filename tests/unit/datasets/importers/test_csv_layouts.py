"""Tables as other people lay them out: the same figures whether saved as CSV, XLSX or ODS."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.reference import counties, municipalities
from datasets.cubes import Reason, Role
from datasets.importers import ImportResult, read_any
from tests.unit.datasets.importers.sheet_files import ods, xlsx

PLACES = {
    "00": "Riket",
    **{county.code: county.name for county in counties()},
    **{municipality.code: municipality.name for municipality in municipalities()},
}


def typed(cell: str) -> Any:
    """A cell as somebody types it into a spreadsheet."""
    if re.fullmatch(r"-?(0|[1-9]\d*)", cell):
        return int(cell)
    return float(cell.replace(",", ".")) if re.fullmatch(r"-?\d+,\d+", cell) else cell or None


def results(text: str) -> list[ImportResult]:
    rows = [[typed(cell) for cell in line.split(";")] for line in text.rstrip("\n").split("\n")]
    files = (text.encode(), xlsx(rows), ods(rows))
    return [read_any("fil", data, PLACES).result for data in files]


def result_of(text: str) -> ImportResult:
    """The result of a CSV file, which a spreadsheet of the same rows gives as well."""
    first, *others = results(text)
    assert first.cube is not None, [str(problem) for problem in first.problems]
    for other in others:
        assert other.cube is not None, [str(problem) for problem in other.problems]
        assert other.cube.equals(first.cube)
        assert {problem.code for problem in other.problems} == {problem.code for problem in first.problems}
    return first


def codes(result: ImportResult) -> set[str]:
    return {problem.code for problem in result.problems}


@pytest.mark.parametrize(
    "headings",
    [
        "Region;2022;;2023;\n;Män;Kvinnor;Män;Kvinnor\n",
        ";2022;;2023;\nRegion;Män;Kvinnor;Män;Kvinnor\n",
        "Region;2022;2022;2023;2023\nRegion;Män;Kvinnor;Män;Kvinnor\n",
        "Befolkning;;;;\n\nRegion;2022;;2023;\n;Män;Kvinnor;Män;Kvinnor\n",
    ],
)
def test_two_rows_of_headings_are_two_breakdowns(headings: str) -> None:
    cube = result_of(headings + "Lidingö;1;2;3;4\nNynäshamn;5;..;7;8\n\nKälla: egen räkning\n").cube
    assert cube is not None
    assert [(d.code, len(d), d.role) for d in cube.dimensions] == [
        ("Region", 2, Role.GEO), ("År", 2, Role.TIME), ("Kön", 2, None)
    ]  # fmt: skip
    cell = cube.select({"Region": ["0192"], "År": ["2022"]})
    assert cell.values.ravel().tolist()[0] == 5
    assert cell.statuses.ravel().tolist() == [Reason.NONE, Reason.NOT_AVAILABLE]


def test_a_row_of_units_below_the_headings_gives_each_measure_its_unit() -> None:
    cube = result_of("Kommun;År;Antal;Andel\n;;st;%\nLidingö;2023;10;1,5\nSalem;2023;12;2,5\n").cube
    assert cube is not None
    units = [category.unit.label for category in cube.dimension("mått").categories if category.unit]
    assert units == [{"sv": "st"}, {"sv": "%"}]


def test_a_heading_inside_the_table_is_passed_over_and_told() -> None:
    result = result_of("Kommun;År;Antal\nStockholms län;;\nLidingö;2023;10\nUppsala län;;\nHeby;2023;5\n")
    assert result.cube is not None
    assert result.cube.dimension("Kommun").codes == ("0186", "0331")
    assert [(row.line, row.problem.code) for row in result.left_out] == [
        (2, "csv_no_figures"),
        (4, "csv_no_figures"),
    ]


def test_totals_are_totals_also_in_a_column_of_places() -> None:
    text = "Kommun;Kön;Antal\nLidingö;Kvinnor;10\nLidingö;Totalt;22\nTotalt;Kvinnor;14\nTotalt;Totalt;30\n"
    result = result_of(text)
    assert result.cube is not None
    assert result.cube.dimension("Kommun").codes == ("0186", "Totalt")
    assert result.cube.dimension("Kommun").total == "Totalt"


@pytest.mark.parametrize(
    "text",
    [
        "Kommun;År;Antal;;\nLidingö;2023;10;;\nSalem;2023;12;;\n",
        "Kommun;År;Antal\nLidingö;2023;10;\nSalem;2023;12;\n",
        "Kommun;;År;;Antal\nLidingö;;2023;;10\nSalem;;2023;;12\n",
    ],
)
def test_empty_columns_and_separators_at_the_end_say_nothing(text: str) -> None:
    cube = result_of(text).cube
    assert cube is not None
    assert cube.values.ravel().tolist() == [12, 10]


def test_signs_keep_their_own_text_and_few_is_never_a_number() -> None:
    text = "Kommun;År;Antal\nLidingö;2020;..\nLidingö;2021;-\nLidingö;2022;<5\nLidingö;2023;12\nSalem;2020;x\n"
    cube = result_of(text + "Salem;2021;3\nSalem;2022;4\nSalem;2023;uppgift saknas\n").cube
    assert cube is not None
    assert {(s.symbol, s.reason) for s in cube.symbols} == {
        ("..", Reason.NOT_AVAILABLE), ("-", Reason.NOT_AVAILABLE), ("<5", Reason.CONFIDENTIAL),
        ("x", Reason.CONFIDENTIAL), ("uppgift saknas", Reason.NOT_AVAILABLE),
    }  # fmt: skip
    assert 5 not in cube.values


def test_a_code_that_was_given_up_is_its_present_place_in_the_years_when_it_was_in_use() -> None:
    rows = "1917;2005;13000\n0331;2008;13500\n0186;2005;1\n0186;2008;2\n0192;2005;3\n"
    result = read_any("a.csv", f"Kommunkod;År;Antal\n{rows}1917;2010;7\n".encode(), PLACES).result
    assert result.cube is not None
    assert result.cube.dimension("Kommunkod").codes == ("0186", "0192", "0331")
    assert result.cube.select({"Kommunkod": ["0331"], "År": ["2005"]}).values.item() == 13000
    assert [(row.line, row.problem.code) for row in result.left_out] == [(7, "csv_place_not_then")]
    assert "csv_place_former" in codes(result)


def test_figures_from_before_a_municipality_was_formed_are_remarked_on() -> None:
    result = read_any("a.csv", b"Kommunkod;Year;Antal\n0330;2001;1\n0330;2004;2\n0186;2001;1\n", PLACES).result
    assert result.cube is not None
    assert "csv_place_not_yet" in codes(result)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("186", "0186"), ("0186 Lidingö", "0186"), ("Lidingö stad", "0186"), ("Falu kommun", "2080"),
        ("LIDINGÖ", "0186"), ("Malung-Sälens kommun", "2023"), ("Riket", "00"), ("Stockholms län", "01"),
        ("Region Skåne", "12"), ("Göteborgs stad", "1480"), ("01 Stockholms län", "01"), ("Heby kommun", "0331"),
    ],
)  # fmt: skip
def test_places_are_known_however_they_are_written(written: str, code: str) -> None:
    result = read_any("a.csv", f"Region;Antal\n{written};1\nNacka;2\nSalem;3\n".encode(), PLACES).result
    assert result.cube is not None
    assert code in result.cube.dimension("Region").codes


def test_where_commas_part_columns_they_part_thousands_inside_figures() -> None:
    result = read_any("a.csv", b'region,year,value\nNacka,2023,"1,234"\nSalem,2023,"2,000"\n', PLACES).result
    assert result.cube is not None
    assert sorted(result.cube.values.ravel().tolist()) == [1234, 2000]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("<html><table><tr><td>1</td></tr></table></html>", "web_table", 1),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "is_xml_sheet", None),
        ("Kommun;Antal\nLid\0ingö;1\n", "binary", 2),
        ("Kommun;Antal\n\"Lidingö;1\n", "csv_quote", 2),
        ("kod;namn;lan\n0180;Stockholm;a\n0184;Solna;a\n0186;Lidingö;a\n", "csv_code_list", None),
    ],
)  # fmt: skip
def test_what_is_no_table_of_figures_is_refused_in_words(text: str, code: str, line: int | None) -> None:
    problem = read_any("a.xls", text.encode(), PLACES).result.fatal[0]
    assert (problem.code, problem.line) == (code, line)
