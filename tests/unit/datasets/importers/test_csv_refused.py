"""A CSV file that cannot be read with certainty leaves nothing but a report with line, column and remedy."""

from dataclasses import replace

import pytest

from datasets.cubes import Reason
from datasets.importers import ColumnRole, CsvColumn, CsvMapping, MappingError, intake, read_csv, sniff_csv
from tests.unit.datasets.importers.csv_files import LONG, PLACES, column, left_out, read, refusal


def test_a_code_that_is_no_municipality_is_pointed_at():
    problem = refusal("Kommunkod;Antal\n0186;1\n0192;2\n9999;3\n")
    assert (problem.code, problem.line, problem.column) == ("csv_place", 4, 1)
    assert "9999" not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "Kommun;Antal\n0186 Nynäshamn;1\n0192 Nynäshamn;2\n",
        "Kod;Namn;Antal\n0186;Nynäshamn;1\n0192;Lidingö;2\n",
    ],
)
def test_a_code_beside_another_places_name_is_refused(text):
    def confirm(mapping):
        if len(mapping.columns) == 2:
            return mapping
        kod, namn, antal = mapping.columns
        return replace(
            mapping,
            columns=(
                replace(kod, role=ColumnRole.GEO),
                replace(namn, role=ColumnRole.LABEL, labels="Kod"),
                antal,
            ),
        )

    problem = refusal(text, confirm)
    assert (problem.code, problem.line) == ("csv_place_contradiction", 2)


def test_a_time_that_cannot_be_read_with_certainty_is_refused():
    problem = refusal("Dag;Kön;Antal\n3/4 2023;a;1\n2023-04-05;b;2\n", column("Dag", role=ColumnRole.TIME))
    assert (problem.code, problem.line, problem.column) == ("csv_time", 2, 1)


@pytest.mark.parametrize(
    ("row", "found", "column_number"), [("Lidingö;kvinnor;2024", 3, 4), ("a;b;2024;5;6", 5, 5)]
)
def test_a_ragged_row_is_never_shifted_or_dropped(row, found, column_number):
    problem = left_out(LONG + row + "\nLidingö;män;2024;7\n")
    assert (problem.code, problem.line, problem.column) == ("csv_ragged", 6, column_number)
    assert dict(problem.params) == {"found": found, "expected": 4}


def test_a_line_number_counts_lines_inside_quotation_marks():
    mapping = sniff_csv(b'K;Antal\n"two\nlines";1\nb;2\n').mapping
    problem = read_csv(b'K;Antal\n"two\nlines";1\nb;x2\n', mapping).fatal[0]
    assert (problem.code, problem.line, problem.column) == ("csv_cell", 4, 2)


@pytest.mark.parametrize("cell", ["12st", "1_000", "nan", "inf", "1e3", "0x1F", "1 23", "1,2,3", "=1+1"])
def test_a_cell_that_is_no_figure_is_pointed_at_and_never_repeated(cell):
    mapping = sniff_csv(LONG.encode(), PLACES).mapping
    result = read_csv(f"{LONG}Lidingö;män;2024;{cell}\n".encode(), mapping, PLACES)
    assert result.cube is not None
    row = result.left_out[0]
    assert row.problem.code in ("csv_cell", "csv_cell_unit", "csv_cell_power")
    assert (row.line, row.problem.column) == (6, 4)
    assert cell not in str(row.problem)
    assert row.cells == ("Lidingö", "män", "2024", cell)


def test_an_empty_category_is_pointed_at():
    problem = left_out(LONG + "Lidingö;;2024;5\n")
    assert (problem.code, problem.line, problem.column) == ("csv_blank_category", 6, 2)


def test_of_two_rows_about_the_same_with_different_figures_neither_is_believed():
    more = "".join(f"Lidingö;män;{year};{year}\n" for year in range(2010, 2020))
    result = read(LONG + more + "0186;män;2023;997\n")
    assert [(row.line, row.problem.code, dict(row.problem.params)) for row in result.left_out] == [
        (3, "csv_duplicate", {"first": 16}),
        (16, "csv_duplicate", {"first": 3}),
    ]
    assert result.cube is not None
    cell = result.cube.select({"Kommun": ["0186"], "Kön": ["män"], "År": ["2023"]})
    assert cell.statuses.ravel().tolist() == [Reason.NOT_AVAILABLE]


def test_a_file_of_which_too_much_does_not_fit_is_refused_row_by_row():
    result = read(LONG + "0186;män;2023;997\n")
    assert result.cube is None
    assert [(problem.code, problem.line) for problem in result.fatal] == [
        ("csv_duplicate", 3), ("csv_duplicate", 6), ("csv_too_many_left_out", None)
    ]  # fmt: skip


def test_a_row_that_repeats_another_is_kept_apart_and_counts_as_no_loss():
    result = read(LONG + "0186;män;2023;998\n")
    assert [(row.line, row.problem.code) for row in result.left_out] == [(6, "csv_duplicate_same")]
    assert "csv_left_out" not in {problem.code for problem in result.problems}


def test_a_category_of_rows_that_were_left_out_is_in_no_table():
    result = read(LONG + "Stockholm;män;2023;många\n", column("Antal", role=ColumnRole.MEASURE))
    assert result.cube is not None
    assert result.cube.dimension("Kommun").codes == ("0186", "0192")


def test_an_identity_number_in_a_row_that_is_left_out_is_masked():
    result = read(LONG + "Lidingö;män;19811218-9876\n")
    assert result.left_out[0].cells == ("Lidingö", "män", "•••")


@pytest.mark.parametrize(
    ("heading", "code"),
    [("Kommun;Sex;År;Antal", "csv_header_changed"), ("Kommun;Kön;År;Antal;Ny", "csv_column_new")],
)
def test_columns_that_changed_are_not_guessed_at(heading, code):
    mapping = sniff_csv(LONG.encode(), PLACES).mapping
    body = LONG.split("\n", 1)[1]
    result = read_csv(f"{heading}\n{body}".encode(), mapping, PLACES)
    assert result.cube is None
    assert (result.fatal[0].code, result.fatal[0].line) == (code, 1)


def test_personal_identity_numbers_are_refused_also_in_a_column_left_out():
    mapping = sniff_csv(("Ref;" + LONG.replace("\n", "\nx;").removesuffix("x;")).encode(), PLACES).mapping
    mapping = column("Ref", role=ColumnRole.LEFT_OUT)(mapping)
    text = "Ref;Kommun;Kön;År;Antal\n20020101-2382;Lidingö;kvinnor;2023;1\n19990228-2384;Lidingö;män;2023;1\n"
    result = read_csv(text.encode(), mapping, PLACES)
    assert result.cube is None
    assert [(p.code, p.column) for p in result.fatal] == [("csv_person", 1)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "is_office"),
        (b"\xff\xfe\x00\x00K", "csv_encoding"),
        ("Kommun;Kön;År;Antal\nLidingö;män;2023;1\n".encode("cp1252"), "csv_encoding"),
        (b"Kommun;K\xc3\xb6n;\xc3\x85r;Antal\n", "csv_header_only"),
        (bytes(intake.LARGEST), "too_large"),
    ],
)
def test_a_wrong_file_is_refused_with_the_mapping_in_hand(data, code):
    mapping = sniff_csv(LONG.encode(), PLACES).mapping
    result = read_csv(data, mapping, PLACES)
    assert result.cube is None
    assert result.fatal[0].code == code


def test_a_table_that_would_not_fit_in_memory_is_refused():
    rows = "".join(f"a{n};b{n};{n}\n" for n in range(5000))
    problem = refusal("X;Y;Antal\n" + rows)
    assert problem.code == "too_many_cells"


@pytest.mark.parametrize(
    "change",
    [
        {"columns": ()},
        {"columns": (CsvColumn("a", ColumnRole.LABEL, labels="b"),)},
        {"separator": "x"},
        {"decimal": " "},
        {"thousands": ","},
        {"encoding": "zip"},
        {"signs": {"-": Reason.SUPPRESSED}},
        {"absent": Reason.NONE},
    ],
)
def test_a_mapping_that_makes_no_sense_cannot_be_made(change):
    mapping = sniff_csv(LONG.encode(), PLACES).mapping
    with pytest.raises(MappingError):
        replace(mapping, **change)


@pytest.mark.parametrize("stored", [{}, {"columns": 5}, {"columns": [{"role": "king"}]}, {"signs": {"-": "what"}}])
def test_a_stored_mapping_that_was_tampered_with_is_refused(stored):
    with pytest.raises(MappingError):
        CsvMapping.from_json(stored)
