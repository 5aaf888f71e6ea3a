"""A bad PC-Axis file leaves nothing behind but a report that names the place and the remedy."""

import pytest

from datasets.importers import intake, read_px
from tests.unit.datasets.importers.px_files import line_of, px


def refusal(data: bytes):
    result = read_px(data)
    assert result.cube is None
    assert result.fatal, result.problems
    first = result.fatal[0]
    assert first.message % first.params
    assert first.remedy
    return first


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"PK\x03\x04rest of a workbook", "is_office"),
        (b"\x89PNG\r\n\x1a\nrest of a picture", "is_picture"),
        (b"%PDF-1.7 rest of a document", "is_pdf"),
        (b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>", "web_page"),
        (b'<?xml version="1.0"?><html xmlns="x"></html>', "web_page"),
        (b"kommun;antal\nLiding\xf6;5\n", "px_not_px"),
        (b'CHARSET="ANSI";\nMATRIX="\x00";', "binary"),
    ],
)
def test_what_is_no_px_file_is_named_as_what_it_is(data, code):
    assert refusal(data).code == code


def test_a_file_of_200_megabytes_is_refused_with_words():
    problem = refusal(bytes(intake.LARGEST))
    assert "200 MB" in str(problem)


def test_a_file_without_data_says_so_and_where_it_ends():
    data = px(figures=None)
    assert refusal(data).code == "px_without_data"
    assert refusal(data).line == data.count(b"\n") + 1


@pytest.mark.parametrize(
    "keyword", ["MATRIX", "SUBJECT-CODE", "SUBJECT-AREA", "CONTENTS", "UNITS", "DECIMALS", "TITLE"]
)
def test_a_missing_keyword_is_named(keyword):
    problem = refusal(px(**{keyword: None}))
    assert (problem.code, problem.params["keyword"]) == ("px_missing", keyword)


def test_a_stray_quotation_mark_in_the_structure_is_pointed_at():
    data = px(STUB='"områ"de","kön"')
    problem = refusal(data)
    assert (problem.code, problem.line, problem.column) == ("px_malformed", line_of(data, "STUB"), 12)


def test_a_stray_quotation_mark_elsewhere_costs_only_that_statement():
    data = px(CONTACT='"Enheten "för" statistik"', NOTE='"Kvar"')
    result = read_px(data)
    assert result.cube.notes[0].text == {"sv": "Kvar"}
    (problem,) = result.problems
    assert (problem.code, problem.line) == ("px_malformed_left_out", line_of(data, "CONTACT"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"STUB": None, "HEADING": None}, "px_no_dimensions"),
        ({"STUB": '"kön","kön"'}, "px_dimension_twice"),
        ({'VALUES("kön")': None}, "px_values_missing"),
        ({'CODES("kön")': '"1","1"'}, "px_code_twice"),
        ({"CONTVARIABLE": '"innehåll"'}, "px_contvariable"),
        ({"CONTVARIABLE": '"kön"'}, "px_units"),
        ({"DECIMALS": "två"}, "px_number"),
    ],
)
def test_a_structure_that_does_not_hold_together_is_refused(changes, code):
    assert refusal(px(**changes)).code == code


def test_the_same_statement_twice_with_different_content_is_refused():
    data = px().replace(b"DECIMALS=0;", b"DECIMALS=0;\nDECIMALS=1;")
    assert refusal(data).code == "px_repeated"


@pytest.mark.parametrize(("figures", "found"), [("1 2 3 4 5 6 7", 7), ("1 2 3 4 5 6 7 8 9", 9), ("", 0)])
def test_too_few_or_too_many_figures_are_counted(figures, found):
    problem = refusal(px(figures))
    assert (problem.code, dict(problem.params)) == ("px_cell_count", {"expected": 8, "found": found})


@pytest.mark.parametrize("cell", ["nan", "inf", "1_000", "1,5", '"x"', "12st"])
def test_a_cell_that_is_no_figure_is_pointed_at_and_never_repeated(cell):
    data = px(f"1 2\n3 {cell}\n5 6\n7 8")
    problem = refusal(data)
    assert (problem.code, problem.line, problem.column) == ("px_cell", line_of(data, f"3 {cell}"), 3)
    assert cell not in str(problem)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('"N","okänd",1 2', "px_key_unknown"),
        ('"N","kvinnor",1 2\n"N","kvinnor",1 2', "px_key_twice"),
        ('"N","kvinnor",1 2 3', "px_cell_count"),
        ("1 2 3 4", "px_key_unknown"),
    ],
)
def test_rows_with_keys_are_checked_one_by_one(row, code):
    data = px(row, **{'KEYS("område")': "CODES", 'KEYS("kön")': "VALUES"})
    problem = refusal(data)
    assert problem.code == code
    assert problem.line >= line_of(data, "DATA=")


def test_keys_that_leave_out_the_first_dimension_are_refused():
    assert refusal(px('"kvinnor",1 2', **{'KEYS("kön")': "VALUES"})).code == "px_keys"


def test_a_header_that_claims_more_cells_than_memory_is_refused():
    many = ",".join(f'"{n}"' for n in range(6000))
    data = px(**{'VALUES("område")': many, 'VALUES("kön")': many, 'CODES("område")': None, 'CODES("kön")': None})
    assert refusal(data).code == "too_many_cells"


def test_a_flood_of_remarks_is_cut_short_and_counted():
    notes = {f'NOTE("saknas{n}")': '"x"' for n in range(30)}
    problems = read_px(px(**notes)).problems
    assert [p.code for p in problems].count("px_unknown_place") == 20
    assert problems[-1].params == {"count": 10}
