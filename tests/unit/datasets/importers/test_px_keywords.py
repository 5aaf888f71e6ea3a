"""What single keywords of a PC-Axis file add: points in time, decimals, secrecy, signs, and letters."""

import numpy as np
import pytest

from datasets.cubes import Reason, pick
from datasets.importers import read_px
from tests.unit.datasets.importers.px_files import cube_of, px

YEAR = 'VALUES("år")'
TIMEVAL = 'TIMEVAL("år")'


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ('TLIST(A1,"2023"-"2024")', ("2023", "2024")),
        ('TLIST(H1),"20232","20241"', ("2023H2", "2024H1")),
        ('TLIST(H1,"20232"-"20241")', ("2023H2", "2024H1")),
        ('TLIST(Q1),"20234","20241"', ("2023K4", "2024K1")),
        ('TLIST(Q1,"20234"-"20241")', ("2023K4", "2024K1")),
        ('TLIST(M1),"202312","202401"', ("2023M12", "2024M01")),
        ('TLIST(M1,"202312"-"202401")', ("2023M12", "2024M01")),
        ('TLIST(W1),"202352","202401"', ("2023V52", "2024V01")),
        ('TLIST(K),"2023K4","2024K1"', ("2023K4", "2024K1")),
    ],
)
def test_points_in_time_of_every_scale_are_counted_out_where_the_categories_are_not_listed(given, codes):
    cube = cube_of(px(**{TIMEVAL: given, YEAR: None}))
    assert cube.dimension("år").codes == codes
    assert cube.dimension("år").role == "time"


def test_names_that_say_no_time_get_the_codes_of_their_points_in_time():
    cube = cube_of(px(**{TIMEVAL: 'TLIST(M1),"202312","202401"', YEAR: '"december i fjol","januari i år"'}))
    time = cube.dimension("år")
    assert time.codes == ("2023M12", "2024M01")
    assert pick(time.category("2024M01").label, "sv") == "januari i år"


def test_names_that_say_their_time_themselves_stay_as_they_are():
    cube = cube_of(px(**{TIMEVAL: 'TLIST(M1),"202312","202401"', YEAR: '"2023M12","2024M01"'}))
    assert cube.dimension("år").codes == ("2023M12", "2024M01")


def test_single_categories_may_have_decimals_of_their_own():
    cube = cube_of(px(DECIMALS="1", SHOWDECIMALS="0", **{'PRECISION("kön","män")': "2"}))
    sex = cube.dimension("kön")
    assert (cube.unit.decimals, sex.category("1").unit.decimals, sex.category("2").unit) == (0, 2, None)


def test_code_and_name_in_two_columns_are_a_matter_of_layout():
    plain, double = cube_of(px()), cube_of(px(**{'DOUBLECOLUMN("område")': "YES"}))
    assert plain.equals(double)


@pytest.mark.parametrize(("word", "count"), [('"1"', 1), ("YES", 1), ('"0"', 0), ("NO", 0), ("0", 0)])
def test_a_table_that_its_source_calls_confidential_comes_with_a_remark(word, count):
    result = read_px(px(CONFIDENTIAL=word))
    assert [problem.code for problem in result.problems] == ["px_confidential"] * count
    assert result.about["confidential"] == word.strip('"')


def test_every_sign_has_the_words_and_the_reason_that_this_file_gives_it():
    words = {
        "DATASYMBOL1": '"Ej tillämplig"',
        "DATASYMBOL2": '"Uppgift saknas"',
        "DATASYMBOL3": '"Sekretess"',
        "DATASYMBOL4": '"Alltför osäker uppgift"',
        "DATASYMBOL5": '"Bortfall"',
        "DATASYMBOL6": '"Ännu inte publicerad"',
        "DATASYMBOLNIL": '"Exakt noll"',
    }
    cube = cube_of(px('"." ".."\n"..." "...."\n"....." "......"\n"-" 8', **words))
    cells = list(cube.cells())
    assert [cell.reason for cell in cells] == [
        Reason.NOT_APPLICABLE,
        Reason.NOT_AVAILABLE,
        Reason.CONFIDENTIAL,
        Reason.TOO_UNCERTAIN,
        Reason.DROPPED_OUT,
        Reason.NOT_YET_PUBLISHED,
        Reason.NIL,
        Reason.NONE,
    ]
    assert [pick(cell.symbol.text, "sv") for cell in cells[:-1]] == [word.strip('"') for word in words.values()]
    assert [cell.value for cell in cells[-2:]] == [0, 8]


def test_two_signs_of_one_reason_stay_apart():
    cube = cube_of(px('"." ".."\n3 4\n5 6\n7 8', DATASYMBOL1='"Saknas helt"', DATASYMBOL2='"Saknas i år"'))
    cells = list(cube.cells())
    assert [pick(cell.symbol.text, "sv") for cell in cells[:2]] == ["Saknas helt", "Saknas i år"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_same_table_however_its_letters_are_written(encoding):
    result = read_px(px().decode().encode(encoding))
    assert result.cube.dimension("område").category("S").label == {"sv": "Söder"}
    assert result.encoding == encoding.removesuffix("-sig")


def test_rows_with_keys_and_signs_in_any_order_give_the_whole_table():
    random = np.random.default_rng(20)
    places, ages = [f"p{n}" for n in range(80)], [str(n) for n in range(60)]
    rows = [(place, age) for place in places for age in ages]
    order = random.permutation(len(rows))[: len(rows) // 2]
    body = "\n".join(f'"{rows[n][0]}","{rows[n][1]}",{n} ".." -{n}.5' for n in order)
    listed = {
        name: ",".join(f'"{text}"' for text in texts) for name, texts in (("plats", places), ("ålder", ages))
    }
    changes = dict.fromkeys(('VALUES("område")', 'VALUES("kön")', 'CODES("område")', 'CODES("kön")'))
    data = px(
        body,
        STUB='"plats","ålder"',
        **changes,
        **{f'VALUES("{name}")': text for name, text in listed.items()},
        **{f'KEYS("{name}")': "VALUES" for name in listed},
        **{YEAR: '"2022","2023","2024"', TIMEVAL: None},
    )
    cube = cube_of(data)
    assert cube.shape == (80, 60, 3)
    values = cube.values.reshape(-1, 3)
    assert values[order].tolist() == pytest.approx(np.c_[order, order * np.nan, -order - 0.5], nan_ok=True)
    others = np.setdiff1d(np.arange(len(rows)), order)
    assert not values[others].any()
