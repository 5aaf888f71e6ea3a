"""A CSV file comes in as its steward confirmed it: whole, every cell where it belongs."""

from dataclasses import replace

import pytest

from datasets.cubes import NotSummable, Reason, Role, Unit, pick
from datasets.importers import CsvMapping, Severity, read_csv, sniff_csv
from tests.unit.datasets.importers.csv_files import LONG, PLACES, column, cube_of, read


def test_every_figure_stands_where_its_row_says():
    cube = cube_of(LONG)
    assert [d.code for d in cube.dimensions] == ["Kommun", "Kön", "År"]
    assert cube.cell({"Kommun": "0186", "Kön": "kvinnor", "År": "2023"}).value == 1234
    assert pick(cube.dimension("Kommun").category("0192").label, "sv") == "Nynäshamn"
    assert [d.role for d in cube.dimensions] == [Role.GEO, None, Role.TIME]
    assert cube.sum_over("Kön").values.tolist() == [[2232], [21]]


@pytest.mark.parametrize("order", [[3, 2, 1, 0], [1, 0, 3, 2]])
def test_the_order_of_rows_and_columns_changes_no_figure(order):
    rows = [line.split(";") for line in LONG.strip().split("\n")]
    turned = "\n".join(";".join(row[n] for n in order) for row in [rows[0], *reversed(rows[1:])])
    cube, other = cube_of(LONG), cube_of(turned)
    for cell in cube.cells():
        at = dict(zip((d.code for d in cube.dimensions), cell.codes, strict=True))
        assert other.cell(at).value == cell.value


def test_the_same_place_written_in_several_ways_is_one_place():
    text = "Kommun;År;Antal\n186;2021;1\n0186;2022;2\n0186 Lidingö;2023;3\nLidingö;2024;4\nLidingö kommun;2025;5\n"
    cube = cube_of(text)
    assert cube.dimension("Kommun").codes == ("0186",)
    assert cube.values.tolist() == [[1, 2, 3, 4, 5]]


def test_official_names_and_the_country_are_known():
    text = "Region;Antal\nFalu kommun;1\nÖsteråkers kommun;2\nHela landet;3\nStockholms län;4\nRegion Gotland;5\n"
    assert cube_of(text).dimension("Region").codes == ("00", "01", "0117", "0980", "2080")


def test_mixed_levels_are_never_added():
    cube = cube_of("Region;Antal\n01 Stockholms län;5\nLidingö;2\nNynäshamn;3\n")
    assert cube.dimension("Region").category("0186").parent == "01"
    with pytest.raises(NotSummable):
        cube.sum_over("Region")


def test_places_outside_the_list_are_kept_when_the_steward_says_so():
    result = read("Kommun;Antal\nLidingö;1\nNynäshamn;2\nOkänd;3\n", column("Kommun", keep_unknown=True))
    assert result.cube.dimension("Kommun").codes == ("0186", "0192", "Okänd")
    assert [(p.code, p.line) for p in result.problems] == [("csv_place_kept", 4)]


def test_points_in_time_are_put_in_their_order():
    cube = cube_of("Termin;Antal\nHT 2023;2\nVT 2023;1\nVT 2024;3\n")
    assert cube.dimension("Termin").codes == ("2023VT", "2023HT", "2024VT")
    assert cube.values.tolist() == [1, 2, 3]


def test_signs_become_reasons_and_keep_their_looks():
    cube = cube_of("Kön;Antal\na;1\nb;..\nc;<5\nd;\n")
    reasons = [cell.reason for cell in cube.cells()]
    assert reasons == [Reason.NONE, Reason.NOT_AVAILABLE, Reason.CONFIDENTIAL, Reason.NOT_AVAILABLE]
    assert [cell.symbol.symbol if cell.symbol else None for cell in cube.cells()] == [None, "..", "<5", None]


def test_a_dash_is_a_zero_only_when_the_steward_says_so():
    text = "Kön;Antal\na;1\nb;-\n"
    assert cube_of(text).cell({"Kön": "b"}).value is None
    nil = cube_of(text, lambda mapping: replace(mapping, signs={"-": Reason.NIL}))
    assert (nil.cell({"Kön": "b"}).value, nil.cell({"Kön": "b"}).reason) == (0.0, Reason.NIL)


def test_a_last_row_with_an_empty_figure_is_a_row_and_no_remark_below_the_table():
    assert cube_of("Kommun;2022;2023\nLidingö;1;2\nNynäshamn;;\n").shape == (2, 2)


def test_combinations_without_a_row_are_not_available_unless_said_to_be_nil():
    text = "Kommun;Kön;Antal\nLidingö;a;1\nNynäshamn;b;2\n"
    result = read(text)
    assert result.cube.cell({"Kommun": "0186", "Kön": "b"}).reason is Reason.NOT_AVAILABLE
    assert [(p.code, dict(p.params)) for p in result.problems] == [("csv_unmeasured", {"count": 2, "cells": 4})]
    nil = read(text, lambda mapping: replace(mapping, absent=Reason.NIL))
    assert nil.cube.cell({"Kommun": "0186", "Kön": "b"}).value == 0
    assert nil.problems == ()


def test_columns_for_years_come_out_as_time():
    cube = cube_of("Kommun;2023;2022\nLidingö;2;1\nNynäshamn;5;4\n")
    assert cube.with_role(Role.TIME).codes == ("2022", "2023")
    assert cube.values.tolist() == [[1, 2], [4, 5]]


def test_several_measures_carry_their_own_units():
    text = "Kommun;Besök;Andel\nLidingö;2;12,5\nNynäshamn;5;3,25\n"
    cube = cube_of(text, column("Andel", unit="procent"))
    measures = cube.with_role(Role.METRIC)
    assert measures.category("Besök").unit == Unit({}, 0)
    assert measures.category("Andel").unit == Unit({"sv": "procent"}, 2)
    with pytest.raises(NotSummable):
        cube.sum_over("Kommun")


def test_a_total_among_the_rows_is_not_added_to_its_parts():
    cube = cube_of("Kön;Antal\nKvinnor;1\nMän;2\nTotalt;3\n")
    assert cube.dimension("Kön").total == "Totalt"
    assert cube.sum_over("Kön").cell({}).value == 3


def test_text_below_the_table_becomes_a_note():
    result = read(LONG + ";;;\nKälla: påhittad;;;\n")
    assert pick(result.cube.notes[0].text, "sv") == "Källa: påhittad"
    assert [(p.code, p.severity) for p in result.problems] == [("csv_text_after", Severity.CONTINUE)]


def test_an_empty_column_too_many_at_the_end_of_a_row_does_no_harm():
    assert cube_of(LONG.replace(";998\n", ";998;\n")).size == 4


def test_a_row_that_only_repeats_another_is_counted_once():
    result = read(LONG + "0186;män;2023;998\n")
    assert result.cube.sum_over("Kön").values.tolist() == [[2232], [21]]
    assert [(p.code, p.line) for p in result.problems] == [("csv_duplicate_same", 6)]


def test_next_years_file_comes_in_by_the_saved_mapping_though_its_columns_moved():
    mapping = CsvMapping.from_json(sniff_csv(LONG.encode(), PLACES).mapping.to_json())
    again = "Statistik\n\nÅr;Antal;Kommun;Kön\n2024;7;Lidingö;män\n2024;8;Lidingö;kvinnor\n"
    result = read_csv(again.encode(), mapping, PLACES)
    assert result.cube.cell({"Kommun": "0186", "Kön": "män", "År": "2024"}).value == 7


def test_shares_are_never_added_even_when_the_steward_says_so():
    cube = cube_of("Kön;Andel\na;12,5\nb;13,5\n", column("Kön", summable=True))
    with pytest.raises(NotSummable):
        cube.sum_over("Kön")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1 234 kr", "csv_cell_unit"),
        ("12,5 procent", "csv_cell_unit"),
        ("1E+05", "csv_cell_power"),
        ("1,2e5", "csv_cell_power"),
        ("ett par", "csv_cell"),
    ],
)
def test_what_is_almost_a_figure_is_said_to_be_so_with_its_place(cell, code):
    mapping = sniff_csv(LONG.encode(), PLACES).mapping
    result = read_csv(f"{LONG}Lidingö;män;2024;{cell}\n".encode(), mapping, PLACES)
    assert [(row.problem.code, row.line, row.problem.column) for row in result.left_out] == [(code, 6, 4)]
    assert [row.cells[3] for row in result.left_out] == [cell]
