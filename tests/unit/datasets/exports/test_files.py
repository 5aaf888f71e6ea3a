"""What a reader finds in each file: typed figures, statuses of their own, and nothing run."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from datasets.charts import About, Kind, Selection, build_chart
from datasets.cubes import Cube
from datasets.disclosure import pass_through
from datasets.exports import Outgoing, csvw, licence_of, table_of_cube
from datasets.exports.texts import linked
from portal.files.csv import COMMAS, SEMICOLONS
from tests.unit.datasets.exports.conftest import LINK, PLACES, book, document, imprint_for, made, rows, unpacked
from tests.unit.datasets.exports.csvw_check import problems


def test_swedish_rows_have_semicolons_decimal_commas_and_a_column_of_statuses(outgoing):
    told = rows(made(outgoing, "csv"))
    assert len(told) == outgoing.count == 9
    assert told[0]["Område (kod)"] == "0101"
    hidden = next(row for row in told if row["Status (kod)"] == "suppressed")
    assert (hidden["Värde"], hidden["Status"]) == ("", "visas inte: för få svar")
    shown = next(row for row in told if row["Status (kod)"] == "ok")
    assert "," in shown["Värde"]
    for row in told:
        assert (row["Källa"], row["Uppdaterad"], row["Typ av data"]) == (
            "Påhittade byrån",
            "2024-02-12",
            "Exempeldata",
        )
        assert (row["Licens"], row["Länk"]) == ("CC BY 4.0", LINK)


def test_the_english_file_is_in_english(cube):
    spec = build_chart(cube, PLACES, lang="en")
    told = rows(made(Outgoing(spec, cube, imprint_for(spec)), "csv-komma"), ",")
    assert told[2]["Value"] == "70.0"
    assert {row["Kind of data"] for row in told} == {"real data"}


def test_rows_for_programs_have_commas_and_points(outgoing):
    shown = next(row for row in rows(made(outgoing, "csv-komma"), ",") if row["Status (kod)"] == "ok")
    assert "." in shown["Värde"]


def test_the_whole_table_has_a_row_a_figure_with_its_own_notes_and_the_sources_sign(whole, cube):
    told = rows(made(whole, "csv"))
    assert len(told) == whole.count == cube.values.size
    lilleby = [row for row in told if row["Område"] == "Lilleby"]
    assert lilleby and all("Bara Lilleby." in row["Noter"] for row in lilleby)
    assert not any("Bara Lilleby." in row["Noter"] for row in told if row["Område"] != "Lilleby")
    signed = [row for row in told if row["Status (kod)"] == "not_available"]
    assert signed and {row["Källans tecken"] for row in signed} == {".. uppgift saknas enligt källan"}
    assert {row["Värde"] for row in signed} == {""}


@pytest.mark.parametrize("dialect", [SEMICOLONS, COMMAS])
@pytest.mark.parametrize("which", ["outgoing", "whole", "sample"])
def test_the_description_of_the_rows_holds_to_the_recommendation(request, which, dialect):
    going = request.getfixturevalue(which)
    described = csvw(going.table, going.imprint, dialect, url="fil.csv")
    assert problems(described, made(going, "csv" if dialect is SEMICOLONS else "csv-komma")) == []


def test_the_check_of_descriptions_sees_what_is_wrong(outgoing):
    content = made(outgoing, "csv")
    good = csvw(outgoing.table, outgoing.imprint, SEMICOLONS, url="fil.csv")
    assert problems(good | {"@context": "x"}, content)
    assert problems(good | {"titel": "x"}, content)
    assert problems(csvw(outgoing.table, outgoing.imprint, COMMAS, url="fil.csv"), content)
    columns = good["tableSchema"]["columns"]
    assert problems(good | {"tableSchema": {"columns": columns[:-1]}}, content)
    assert problems(good | {"tableSchema": {"columns": [columns[0] | {"name": "_x"}, *columns[1:]]}}, content)
    assert problems(
        good | {"tableSchema": {"columns": [*columns[:4], columns[4] | {"datatype": "date"}, *columns[5:]]}},
        content,
    )


def test_rows_and_their_description_lie_beside_one_another(outgoing):
    files = unpacked(made(outgoing, "zip"))
    name, described = sorted(files)
    assert described == f"{name}-metadata.json"
    assert document(files[described])["url"] == name
    assert made(outgoing, "zip") == made(outgoing, "zip")


def test_a_workbook_shows_the_page_table_and_a_hidden_figure_is_words_never_zero(outgoing):
    figures, about = book(made(outgoing, "xlsx")).worksheets
    assert [cell.value for cell in figures[1]] == ["År", "Lilleby (%)", "Testlän (%)", "Riket (%)"]
    assert figures["C3"].value == "visas inte: för få svar"
    assert isinstance(figures["D3"].value, float | int)
    assert figures["D3"].number_format == "#,##0.0"
    notes = [row[1].value for row in about.iter_rows(min_row=2)]
    assert "Gäller alla." in notes
    assert about.column_dimensions["B"].width > 80
    (link,) = [row[1] for row in about.iter_rows(min_row=2) if row[1].value == LINK]
    assert link.hyperlink.target == LINK


def test_a_workbook_of_a_whole_table_can_be_sorted(whole):
    figures = book(made(whole, "xlsx")).worksheets[0]
    (table,) = figures.tables.values()
    assert table.ref.endswith(str(whole.count + 1))
    assert figures.freeze_panes == "A2"


def test_intervals_have_columns_of_their_own(sample):
    figures = book(made(sample, "xlsx")).worksheets[0]
    assert figures.max_column == 4
    (first, *_) = rows(made(sample, "csv"))
    assert float(first["Nedre gräns (95 %)"]) < float(first["Värde"]) < float(first["Övre gräns (95 %)"])


def test_links_that_sources_write_into_footnotes_can_be_followed(outgoing):
    note = 'Se <a href="https://www.scb.se/x?y=1">SCB:s sida</a>, och https://example.org/b.'
    going = replace(outgoing, imprint=replace(outgoing.imprint, notes=(note,)))
    about = book(made(going, "xlsx")).worksheets[1]
    assert {cell.hyperlink.target for row in about.iter_rows() for cell in row if cell.hyperlink} == {
        "https://www.scb.se/x?y=1",
        "https://example.org/b",
        LINK,
        "https://creativecommons.org/licenses/by/4.0/",
    }
    assert not any("<a" in str(cell.value) for row in about.iter_rows() for cell in row)
    assert linked("<a href='javascript:alert(1)'>x</a>") == ()


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "\t=1"])
def test_no_text_of_a_cube_becomes_a_formula(births, text):
    category = replace(births.dimensions[0].categories[2], label={"sv": text})
    region = replace(
        births.dimensions[0], categories=(*births.dimensions[0].categories[:2], category), label={"sv": text}
    )
    wild = pass_through(
        replace(births, dimensions=(region, *births.dimensions[1:]), title={"sv": text}, source=text)
    )
    spec = build_chart(wild, Selection(x="region", kind=Kind.BAR, fixed={"year": ("2021",)}), lang="sv")
    for is_whole in (False, True):
        going = Outgoing(spec, wild, imprint_for(spec, title=text), is_whole=is_whole)
        for delimiter, form in ((";", "csv"), (",", "csv-komma")):
            told = rows(made(going, form), delimiter)
            for cell in (*told[0], *(cell for row in told for cell in row.values())):
                assert not cell.lstrip().startswith(("=", "+", "@", "-1+")), cell
        for page in book(made(going, "xlsx")).worksheets:
            assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("which", ["outgoing", "whole", "sample"])
def test_pyjstat_reads_the_json_stat(request, which):
    from pyjstat import pyjstat

    going = request.getfixturevalue(which)
    content = made(going, "json")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pyjstat.Dataset.read(content.decode()).write("dataframe")
    told = document(content)
    assert len(frame) == len(told["value"]) == np.prod(told["size"])
    assert frame["value"].notna().sum() == sum(value is not None for value in told["value"])


def test_json_stat_comes_back_as_the_same_figures(whole, cube):
    again = Cube.from_jsonstat(document(made(whole, "json")))
    assert np.array_equal(again.values, cube.values, equal_nan=True)
    assert np.array_equal(again.statuses, cube.statuses)


def test_a_table_that_is_not_protected_has_no_way_out(births, spec):
    with pytest.raises(TypeError):
        table_of_cube(births, imprint_for(spec))
    with pytest.raises(TypeError):
        made(Outgoing(spec, births, imprint_for(spec), is_whole=True), "json")


def test_dots_leave_with_the_larger_areas_beside_them(births):
    protected = pass_through(births)
    selection = Selection(
        x="region", kind=Kind.DOTS, x_only=("0101", "01"), mark=("01",), fixed={"year": ("2021",)}
    )
    try:
        spec = build_chart(protected, selection, lang="sv", about=About())
    except Exception as error:
        pytest.skip(f"The cube of these tests has too few places for dots: {error}")
    going = Outgoing(spec, protected, imprint_for(spec))
    assert {row["Område"] for row in rows(made(going, "csv"))} >= {"Lilleby", "Testlän"}


@pytest.mark.parametrize(
    ("written", "name", "url"),
    [
        ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-BY 4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC 4.0", "CC BY-NC 4.0", ""),
        ("CC BY 3.0", "CC BY 3.0", ""),
        ("Egna villkor, se https://ex.se/v", "Egna villkor, se https://ex.se/v", "https://ex.se/v"),
    ],
)  # fmt: skip
def test_a_licence_is_known_by_what_people_write(written, name, url):
    licence = licence_of(written)
    assert (licence.name, licence.url) == (name, url)


def test_no_words_are_no_licence():
    assert licence_of("  ") is None
