"""A PC-Axis file comes in whole, with all that its source says, in whatever shape it is written."""

from datetime import datetime

import numpy as np
import pytest

from datasets.cubes import Note, Reason, Role, Unit, pick
from datasets.importers import Severity, read_px
from tests.unit.datasets.importers.px_files import cube_of, px


def test_the_figures_stand_where_the_file_puts_them():
    cube = cube_of(px())
    assert [d.code for d in cube.dimensions] == ["område", "kön", "år"]
    assert cube.cell({"område": "S", "kön": "2", "år": "2024"}).value == 6
    assert cube.values.ravel().tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert pick(cube.dimension("område").category("S").label, "sv") == "Söder"
    assert cube.title == {"sv": "Exempeldata efter område, kön och år"}
    assert cube.unit == Unit({"sv": "antal"}, 0)


def test_roles_are_told_apart_and_only_counts_of_people_are_summable():
    cube = cube_of(px())
    assert cube.with_role(Role.TIME).code == "år"
    assert [d.summable for d in cube.dimensions] == [True, True, False]
    assert cube.sum_over("kön").values.tolist() == [[4, 6], [12, 14]]


@pytest.mark.parametrize(("stub", "heading"), [(None, '"område","kön","år"'), ('"område","kön","år"', None)])
def test_stub_or_heading_may_be_missing(stub, heading):
    assert cube_of(px(STUB=stub, HEADING=heading)).shape == (2, 2, 2)


def test_codes_may_be_missing_and_values_stand_in():
    cube = cube_of(px(**{'CODES("område")': None}))
    assert cube.dimension("område").codes == ("Norr", "Söder")


def test_points_in_time_may_be_given_as_a_range_alone():
    cube = cube_of(px(**{'VALUES("år")': None, 'TIMEVAL("år")': 'TLIST(A1,"2023"-"2024")'}))
    assert cube.dimension("år").codes == ("2023", "2024")


@pytest.mark.parametrize("times", ["2023M01,2023M02", "2023K1,2023K2", "2023H1,2023H2", "2023W01,2023W02"])
def test_months_quarters_halves_and_weeks_are_time(times):
    first, second = times.split(",")
    values = f'"{first}","{second}"'
    cube = cube_of(px(**{'VALUES("år")': values, 'TIMEVAL("år")': None}))
    assert cube.dimension("år").role is Role.TIME
    assert cube.dimension("år").codes == (first, second)


@pytest.mark.parametrize(
    ("encoding", "codepage", "read_as"),
    [
        ("utf-8", '"iso-8859-1"', "utf-8"),
        ("cp1252", '"utf-8"', "cp1252"),
        ("cp1252", None, "cp1252"),
        ("cp850", '"cp850"', "cp850"),
        ("utf-8-sig", None, "utf-8"),
        ("iso-8859-15", '"ISO-8859-15"', "iso8859-15"),
        ("cp1252", '"no such thing"', "cp1252"),
    ],
)
def test_letters_come_out_right_even_when_codepage_lies(encoding, codepage, read_as):
    result = read_px(px(encoding=encoding, CODEPAGE=codepage))
    assert result.encoding == read_as
    assert pick(result.cube.dimension("område").category("S").label, "sv") == "Söder"


def test_text_goes_on_in_the_next_quotation_marks_and_may_hold_anything():
    note = '"Räknat = inte mätt; se\n(a) ""x"\n" och (b)"'
    cube = cube_of(px(NOTE=note, TITLE='"Unga "\n"efter kön"'))
    assert cube.title == {"sv": "Unga efter kön"}
    assert "Räknat = inte mätt; se" in pick(cube.notes[0].text, "sv")


def test_signs_mean_what_this_very_file_says():
    figures = '1 "-"\n".." "..."\n"...." .\n7 8'
    cube = cube_of(
        px(
            figures,
            DATASYMBOL1='"Uppgift kan inte förekomma"',
            DATASYMBOL2='"Uppgift inte tillgänglig eller alltför osäker"',
            DATASYMBOL3='"Sekretess"',
            DATASYMBOLNIL='"Noll"',
        )
    )
    reasons = [Reason(status) for status in cube.statuses.ravel()]
    assert reasons[:6] == [
        Reason.NONE,
        Reason.NIL,
        Reason.NOT_AVAILABLE,
        Reason.CONFIDENTIAL,
        Reason.NOT_AVAILABLE,
        Reason.NOT_APPLICABLE,
    ]
    nil = cube.cell({"område": "N", "kön": "2", "år": "2024"})
    assert (nil.value, nil.symbol.symbol, pick(nil.symbol.text, "sv")) == (0.0, "-", "Noll")
    assert cube.cell({"område": "S", "kön": "2", "år": "2023"}).symbol.symbol == "...."
    assert np.isnan(cube.values.ravel()[2:6]).all()


def test_a_sum_with_a_secret_part_is_secret():
    cube = cube_of(px('1 2\n"..." 4\n5 6\n7 8', DATASYMBOL3='"Sekretess"'))
    assert cube.sum_over("kön").cell({"område": "N", "år": "2023"}).reason is Reason.CONFIDENTIAL


def test_rows_that_a_file_with_keys_leaves_out_are_zeros():
    figures = '"S","män",7 8\n"N","kvinnor",1 ".."'
    cube = cube_of(px(figures, **{'KEYS("område")': "CODES", 'KEYS("kön")': "VALUES"}))
    assert cube.values[0, 1].tolist() == [0, 0]
    assert cube.values[1, 1].tolist() == [7, 8]
    assert cube.cell({"område": "N", "kön": "2", "år": "2024"}).reason is Reason.NOT_AVAILABLE


def test_words_in_every_language_of_the_file():
    cube = cube_of(
        px(
            LANGUAGES='"sv","en"',
            **{
                "TITLE[en]": '"Example data"',
                "STUB[en]": '"area","sex"',
                "HEADING[en]": '"year"',
                'VALUES[en]("area")': '"North","South"',
                'VALUES[en]("sex")': '"women","men"',
                'VALUES[en]("year")': '"2023","2024"',
                'NOTE("område")': '"Områden"',
                'NOTE[en]("area")': '"Areas"',
            },
        )
    )
    area = cube.dimension("område")
    assert (pick(area.label, "en"), pick(area.category("S").label, "en")) == ("area", "South")
    assert cube.notes == (Note({"sv": "Områden", "en": "Areas"}, {"område": None}),)


def test_notes_stand_where_they_belong_and_mandatory_ones_say_so():
    cube = cube_of(
        px(
            NOTEX='"Gäller alla#och envar"',
            **{
                'VALUENOTE("område","Söder")': '"Ny gräns"',
                'CELLNOTEX("Norr","*","2024")': '"Rättat"',
                'DATANOTECELL("*","1","*")': '"A"',
            },
        )
    )
    assert cube.notes == (
        Note({"sv": "Gäller alla\noch envar"}, {}, mandatory=True),
        Note({"sv": "Ny gräns"}, {"område": "S"}),
        Note({"sv": "Rättat"}, {"område": "N", "år": "2024"}, mandatory=True),
    )


def test_a_sign_beside_single_figures_stands_with_them_and_a_cell_that_is_a_sign_keeps_its_own():
    cube = cube_of(px('1 2\n".." 4\n5 6\n7 8', **{'DATANOTECELL("*","1","*")': '"A"'}))
    shown = [cell.symbol.symbol if cell.symbol else cell.value for cell in cube.cells()]
    assert shown == [1, 2, "..", "A", 5, 6, "A", "A"]
    assert cube.cell({"område": "N", "kön": "1", "år": "2024"}).value == 4
    assert cube.notes == ()


def test_measures_carry_their_own_units_and_decimals():
    cube = cube_of(
        px(
            CONTVARIABLE='"kön"',
            SHOWDECIMALS="0",
            **{
                'UNITS("kvinnor")': '"personer"',
                'UNITS("män")': '"procent"',
                'PRECISION("kön","män")': "1",
            },
        )
    )
    measures = cube.dimension("kön")
    assert measures.role is Role.METRIC
    assert measures.category("1").unit == Unit({"sv": "procent"}, 1)
    assert not any(d.summable for d in cube.dimensions)


def test_what_the_source_says_of_itself_comes_along():
    result = read_px(
        px(
            SOURCE='"Påhittade byrån"',
            LAST_UPDATED='"20240229 08:00"',
            CONTACT='"Statistikenheten#statistik@example.org"',
        )
    )
    assert result.cube.source == "Påhittade byrån"
    assert result.cube.updated == datetime(2024, 2, 29, 8)
    assert result.about["contact"] == "Statistikenheten\nstatistik@example.org"
    assert result.about["matrix"] == "TEST1"


def test_half_a_million_cells_are_read_in_pieces():
    years = ",".join(f'"{year}"' for year in range(500))
    areas = ",".join(f'"{area}"' for area in range(1000))
    row = " ".join(str(n % 97) for n in range(500))
    data = px(
        "\n".join([row] * 1000),
        STUB='"område"',
        **{'VALUES("område")': areas, 'CODES("område")': None, 'VALUES("år")': years, 'TIMEVAL("år")': None},
    )
    cube = cube_of(data)
    assert cube.size == 500_000
    assert cube.values[999].tolist() == [n % 97 for n in range(500)]


def test_a_good_file_gives_no_remarks():
    assert read_px(px()).problems == ()


def test_a_file_cut_off_in_its_last_figure_gets_a_remark():
    (problem,) = read_px(px(end="")).problems
    assert (problem.code, problem.severity) == ("px_no_end", Severity.CONTINUE)
