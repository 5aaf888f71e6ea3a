"""What a PC-Axis file counts is added only where nobody is counted twice and the source allows it."""

import pytest

from datasets.cubes import NotSummable, Role
from datasets.importers import read_px
from tests.unit.datasets.importers.px_files import cube_of, px


@pytest.mark.parametrize(
    "change",
    [
        {"AGGREGALLOWED": "NO"},
        {"STOCKFA": '"A"'},
        {"UNITS": '"procent"'},
        {"CONTENTS": '"Medelålder"'},
        {"UNITS": '"antal per 1 000 invånare"'},
    ],
)
def test_what_may_not_be_added_never_is(change):
    cube = cube_of(px(**change))
    for dimension in cube.dimensions:
        with pytest.raises(NotSummable):
            cube.sum_over(dimension.code)


def test_levels_are_kept_as_parents():
    cube = cube_of(
        px(
            "9 10\n1 2\n3 4\n5 6",
            STUB='"bransch"',
            **{
                'VALUES("bransch")': '"Alla","A","A1","B"',
                'CODES("bransch")': '"T","A","A1","B"',
                'HIERARCHIES("bransch")': '"T","T":"A","A":"mellan","mellan":"A1","T":"B"',
                'ELIMINATION("bransch")': '"Alla"',
            },
        )
    )
    branch = cube.dimension("bransch")
    assert {c.code: c.parent for c in branch.categories} == {"T": None, "A": "T", "A1": "A", "B": "T"}
    assert branch.total == "T"


def test_country_county_and_municipality_are_never_added_together():
    cube = cube_of(
        px(
            "100 100\n60 60\n10 10\n20 20",
            STUB='"region"',
            **{
                'VALUES("region")': '"00 Riket","01 Stockholms län","0114 Upplands Väsby","0115 Vallentuna"',
                'CODES("region")': '"00","01","0114","0115"',
            },
        )
    )
    region = cube.dimension("region")
    assert (region.role, region.summable) == (Role.GEO, False)
    assert {c.code: c.parent for c in region.categories} == {
        "00": None,
        "01": "00",
        "0114": "01",
        "0115": "01",
    }
    with pytest.raises(NotSummable):
        cube.sum_over("region", ["0114", "0115"])


def test_municipalities_alone_may_be_added():
    cube = cube_of(
        px(
            "1 2\n3 4",
            STUB='"region"',
            **{'VALUES("region")': '"Upplands Väsby","Vallentuna"', 'CODES("region")': '"0114","0115"'},
        )
    )
    assert cube.sum_over("region").values.tolist() == [4, 6]


def test_a_total_that_the_file_does_not_declare_is_not_added_to_its_parts():
    cube = cube_of(
        px(
            "1 2\n3 4\n4 6",
            STUB='"kön"',
            **{'VALUES("kön")': '"kvinnor","män","totalt"', 'CODES("kön")': '"2","1","1+2"'},
        )
    )
    assert cube.dimension("kön").total == "1+2"
    assert cube.sum_over("kön").values.tolist() == [4, 6]


def test_overlapping_categories_are_never_added():
    result = read_px(
        px(
            "30 30\n20 20\n20 20",
            STUB='"ålder"',
            **{'VALUES("ålder")': '"totalt","15-24","20-29"', 'CODES("ålder")': None},
        )
    )
    assert not result.cube.dimension("ålder").summable
    assert "overlap" in [problem.code for problem in result.problems]
