"""What a CSV file is gets proposed from the whole of it, and what is in doubt is said."""

import json

import pytest

from datasets.cubes import Reason, Role
from datasets.importers import ColumnRole, CsvMapping, read_csv, sniff_csv

PLACES = {"00": "Riket", "01": "Stockholms län", "0114": "Upplands Väsby", "0186": "Lidingö", "0192": "Nynäshamn"}

LONG = """Kommun;Kön;År;Antal
Lidingö;kvinnor;2023;1 234
Lidingö;män;2023;998
Nynäshamn;kvinnor;2023;12
Nynäshamn;män;2023;9
"""


def guess(text: str, encoding: str = "utf-8", places=PLACES):
    return sniff_csv(text.encode(encoding), places)


def roles(found):
    return {column.heading: column.role.value for column in found.mapping.columns}


def codes(found):
    return [problem.code for problem in found.problems]


def test_columns_are_recognised_and_the_first_rows_shown():
    found = guess(LONG)
    assert roles(found) == {"Kommun": "geo", "Kön": "dimension", "År": "time", "Antal": "measure"}
    assert found.rows == 4
    assert found.preview[0].cells == ["Lidingö", "kvinnor", "2023", "1 234"]
    assert found.preview[0].line == 2
    assert [fact.different for fact in found.columns] == [2, 2, 1, 4]
    assert found.problems == ()


def test_the_preview_is_twelve_rows():
    text = "År;Antal\n" + "".join(f"{year};{year * 3}\n" for year in range(1990, 2020))
    assert len(guess(text).preview) == 12


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
        ("mac_roman", "mac_roman"),
        ("utf-16", "utf-16"),
    ],
)
def test_letters_are_read_whichever_program_wrote_them(encoding, found):
    result = guess(LONG, encoding)
    assert result.mapping.encoding == found
    assert result.mapping.columns[1].heading == "Kön"


def test_the_encoding_is_found_from_the_whole_file_not_from_its_beginning():
    text = "Ort;Antal\n" + "Solna;1\n" * 5000 + "Lidingö;2\n"
    assert guess(text, "cp1252").mapping.encoding == "cp1252"
    assert guess(text, "utf-8").mapping.encoding == "utf-8"


def test_a_file_that_mixes_encodings_is_refused_at_the_odd_line():
    head = LONG.encode("utf-8")
    found = sniff_csv(head + "Håbo;män;2023;7\n".encode("cp1252"), PLACES)
    assert found.mapping is None
    (problem,) = found.problems
    assert (problem.code, problem.line, problem.column) == ("mixed_encodings", 6, 2)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator):
    found = guess(LONG.replace(";", separator))
    assert found.mapping.separator == separator
    assert len(found.mapping.columns) == 4


def test_decimal_commas_do_not_pass_for_separators():
    found = guess("Kommun;Andel\nLidingö;12,5\nNynäshamn;3,75\nUpplands Väsby;4,0\n")
    assert (found.mapping.separator, found.mapping.decimal) == (";", ",")


@pytest.mark.parametrize(
    ("figures", "decimal", "thousands"),
    [
        (["1 234,5", "12,25"], ",", " "),
        (["1\u00a0234", "5"], ",", " "),
        (["1.5", "2.25"], ".", " "),
        (["1.234,5", "2"], ",", "."),
        (["1,234.5", "2"], ".", ","),
        (["−3", "4"], ",", " "),
    ],
)
def test_decimal_and_thousands_signs_are_found(figures, decimal, thousands):
    found = guess("Kön;Antal\n" + "".join(f'{n};"{figure}"\n' for n, figure in zip("ab", figures, strict=True)))
    assert (found.mapping.decimal, found.mapping.thousands) == (decimal, thousands)
    assert found.problems == ()


def test_a_comma_that_may_be_either_is_asked_about():
    found = guess('Kön;Antal\na;"1,234"\nb;"2,345"\n')
    assert codes(found) == ["csv_decimal"]


def test_lines_above_the_headings_become_the_title():
    found = guess("Besök på fritidsgårdar;;;\n;;;\n" + LONG)
    assert found.mapping.header_line == 3
    assert found.mapping.title == "Besök på fritidsgårdar"


def test_the_excel_line_that_names_the_separator_is_understood():
    found = guess("sep=,\nKön,Antal\na,1\nb,2\n")
    assert (found.mapping.separator, found.mapping.header_line, found.mapping.title) == (",", 2, "")


def test_a_table_without_headings_gets_numbers_and_a_remark():
    found = guess("Lidingö;kvinnor;45\nNynäshamn;män;50\nLidingö;män;51\n")
    assert [column.heading for column in found.mapping.columns] == ["(1)", "(2)", "(3)"]
    assert found.mapping.header_line is None
    assert codes(found) == ["csv_no_header"]
    assert found.rows == 3


@pytest.mark.parametrize("cells", [["114", "186"], ["0114", "0186"], ["0186 Lidingö", "Nynäshamns kommun"]])
def test_places_are_recognised_as_people_write_them(cells):
    found = guess("Kommunkod;Antal\n" + "".join(f"{cell};1\n" for cell in cells))
    assert roles(found)["Kommunkod"] == "geo"


def test_bare_numbers_are_no_places_by_accident():
    assert roles(guess("Grupp;Antal\na;114\nb;186\nc;192\n"))["Antal"] == "measure"


def test_a_county_beside_its_municipality_is_left_out_and_codes_get_their_names():
    found = guess("Län;Kommunkod;Kommun;Antal\nStockholms län;0186;Lidingö;1\nStockholms län;0192;Nynäshamn;2\n")
    assert roles(found) == {"Län": "left_out", "Kommunkod": "geo", "Kommun": "label", "Antal": "measure"}
    assert found.mapping.columns[2].labels == "Kommunkod"


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["2023", "2024"], "time"),
        (["2023M01", "2023M02"], "time"),
        (["2023-01-31", "2023-02-28"], "time"),
        (["VT 2023", "HT 2023"], "time"),
        (["2022/23", "2023/24"], "time"),
        (["2023K1", "2023K2"], "time"),
        (["3/4 2023", "5/4 2023"], "dimension"),
        (["våren 23", "hösten 23"], "dimension"),
        (["2023-02-30", "2023-02-28"], "dimension"),
        (["230401", "230402"], "dimension"),
    ],
)
def test_a_date_is_never_guessed_from_free_text(cells, role):
    found = guess("Tid;Kön;Antal\n" + "".join(f"{cell};x{n};5\n" for n, cell in enumerate(cells)))
    assert roles(found)["Tid"] == role


def test_columns_for_years_become_time_and_their_sum_is_left_out():
    found = guess("Kommun;2022;2023;Totalt\nLidingö;1;2;3\nNynäshamn;4;5;9\n")
    assert found.mapping.across.role is Role.TIME
    assert roles(found)["Totalt"] == "left_out"


def test_columns_for_sexes_and_ages_become_dimensions():
    assert guess("Kommun;Kvinnor;Män\nLidingö;1;2\nNynäshamn;4;5\n").mapping.across.code == "kön"
    assert guess("Kommun;15-17;18-19\nLidingö;1;2\nNynäshamn;4;5\n").mapping.across.code == "ålder"
    assert guess("Kommun;Besök;Lån\nLidingö;1;2\nNynäshamn;4;5\n").mapping.across.role is Role.METRIC


def test_signs_in_place_of_figures_get_a_meaning_and_doubtful_ones_a_question():
    found = guess("Kön;Antal\na;1\nb;..\nc;<5\nd;-\ne;\n")
    assert roles(found)["Antal"] == "measure"
    assert dict(found.mapping.signs) == {
        "": Reason.NOT_AVAILABLE,
        "..": Reason.NOT_AVAILABLE,
        "<5": Reason.CONFIDENTIAL,
        "-": Reason.NOT_AVAILABLE,
    }
    assert [problem.params["sign"] for problem in found.problems] == ["-"]


def test_shares_are_never_proposed_for_adding():
    assert guess(LONG).mapping.columns[1].summable
    assert not guess(LONG.replace("Antal", "Andel (%)")).mapping.columns[1].summable
    percent = guess("Kön;Nöjda\na;12 %\nb;13 %\n")
    assert percent.mapping.columns[1].unit == "%"
    assert not percent.mapping.columns[0].summable


def test_personal_identity_numbers_stop_the_file_and_are_never_repeated():
    found = guess("Person;Antal\n20020101-2382;1\n19990228-2384;2\n20051112-2384;3\n")
    assert found.mapping is None
    assert found.preview == ()
    (problem,) = found.problems
    assert (problem.code, problem.column) == ("csv_person", 1)
    assert "2382" not in str(problem)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \r\n\r\n", "empty"),
        (b"PK\x03\x04a workbook", "is_office"),
        (b"\x89PNG\r\n\x1a\n", "is_picture"),
        (b"<html><body>Inloggning</body></html>", "web_page"),
        (b"bara en rad text utan tabell\n", "csv_no_table"),
        (b"Kommun;Antal\n", "csv_header_only"),
        (b'Kommun;Antal\nSolna;1\n"Sundbyberg;2\nSolna;3\n', "csv_quote"),
    ],
)
def test_what_is_no_table_is_named_as_what_it_is(data, code):
    found = sniff_csv(data, PLACES)
    assert found.mapping is None
    assert codes(found) == [code]
    assert str(found.problems[0])


def test_the_row_whose_quotation_mark_never_closes_is_named():
    found = sniff_csv(b'Kommun;Antal\nSolna;1\n"Sundbyberg;2\nSolna;3\n')
    assert found.problems[0].line == 3


def test_a_table_without_figures_says_what_is_missing():
    found = guess("Namn;Ort\nAnna;Solna\nBo;Kista\nAnna;Kista\n")
    assert "csv_no_measure" in codes(found)


def test_repeated_headings_are_told_apart():
    found = guess("Kön;Antal;Antal\na;1;2\nb;3;4\n")
    assert [column.heading for column in found.mapping.columns] == ["Kön", "Antal", "Antal (3)"]
    assert codes(found) == ["csv_header_twice"]


def test_the_mapping_is_saved_as_plain_json_and_comes_back():
    mapping = guess("Kommun;2022;2023\nLidingö;1;-\nNynäshamn;4;5\n").mapping
    stored = json.loads(json.dumps(mapping.to_json()))
    assert CsvMapping.from_json(stored) == mapping
    assert stored["columns"][0]["role"] == ColumnRole.GEO


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_read_with_their_mark_or_without(encoding):
    found = sniff_csv(LONG.encode(encoding), PLACES)
    assert found.mapping is not None
    assert found.mapping.encoding == "utf-16"
    cube = read_csv(LONG.encode(encoding), found.mapping, PLACES).cube
    assert cube is not None
    assert cube.equals(read_csv(LONG.encode("utf-16"), found.mapping, PLACES).cube)


def test_zeros_that_are_no_letters_are_refused():
    for data in (b"\x01\x00" * 50 + b"\x00\x00" * 50, LONG.encode("utf-16-le")[:-1], b"\x00" * 99 + b"a"):
        assert sniff_csv(data, PLACES).mapping is None
