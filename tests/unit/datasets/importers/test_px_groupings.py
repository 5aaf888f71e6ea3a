"""Sets of values and groupings beside a PC-Axis table: levels with sums, only where sums mean something."""

import numpy as np
import pytest

from datasets.cubes import NotSummable, Reason
from datasets.importers import groupings, read_px, with_groups
from tests.shared_data import shared_data
from tests.unit.datasets.importers.px_files import px

VALUESET = (
    b"[Descr]\nName=Omr\xe5den\nType=V\n[Aggreg]\n1=Delar.agg\n[Domain]\n1=Omr\xe5den\n[Valuecode]\n1=N\n2=S\n"
)
AGGREGATION = (
    b"[Aggreg]\nName=Delar\nValueset=Omr\xe5den\n1=A\n2=B\n3=C\n[Aggtext]\n1=Alla delar\n2=Norra\n3=Med annat\n"
    b"[A]\n1=N\n2=S\n[B]\n1=N\n[C]\n1=N\n2=Annat\n"
)
FILES = {"Omr\xe5den.vs": VALUESET, "Delar.agg": AGGREGATION}


def test_a_table_names_its_set_of_values_and_that_its_groupings():
    result = read_px(px(**{'DOMAIN("område")': '"Områden"'}))
    assert result.domains == {"område": "Områden"}
    (grouping,) = groupings(FILES)["Områden"]
    assert grouping.name == "Delar"
    first = grouping.groups[0]
    assert (first.code, first.label, first.members) == ("A", "Alla delar", ("N", "S"))


def test_a_grouping_without_its_set_belongs_to_the_one_that_it_names():
    assert [grouping.name for grouping in groupings({"Delar.agg": AGGREGATION})["Områden"]] == ["Delar"]


def test_groups_become_levels_with_sums_and_nobody_is_counted_twice():
    cube = with_groups(read_px(px()).cube, "område", groupings(FILES)["Områden"][0])
    area = cube.dimension("område")
    assert area.codes == ("N", "S", "A")
    assert [area.category(code).parent for code in ("N", "S")] == ["A", "A"]
    assert area.category("A").label == {"sv": "Alla delar"}
    assert cube.select({"område": ["A"]}).values.ravel().tolist() == [6, 8, 10, 12]
    assert cube.sum_over("område").values.tolist() == [[6, 8], [10, 12]]


def test_a_group_with_a_figure_that_is_missing_is_missing_too():
    cube = with_groups(read_px(px('".." 2\n3 4\n5 6\n7 8')).cube, "område", groupings(FILES)["Områden"][0])
    cell = cube.cell({"område": "A", "kön": "2", "år": "2023"})
    assert (cell.value, cell.reason, cell.symbol.symbol) == (None, Reason.NOT_AVAILABLE, "..")


def test_what_may_not_be_added_is_not_grouped():
    cube = read_px(px(AGGREGALLOWED="NO")).cube
    with pytest.raises(NotSummable):
        with_groups(cube, "område", groupings(FILES)["Områden"][0])


def test_mothers_ages_in_five_year_groups():
    folder = shared_data("statistics/px/pxweb_example/aggregations")
    known = groupings(
        {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix in (".vs", ".agg")}
    )
    result = read_px((folder / "BE0101D1.px").read_bytes())
    domain = result.domains["maternal age"]
    five = next(grouping for grouping in known[domain] if grouping.name == "5-year intervals")
    cube = with_groups(result.cube, "maternal age", five)
    young = [str(age) for age in range(15, 20)]
    by_hand = result.cube.select({"maternal age": young}).values.sum(axis=result.cube.axis("maternal age"))
    grouped = cube.select({"maternal age": ["15-19"]}).values.squeeze(axis=cube.axis("maternal age"))
    assert np.array_equal(by_hand, grouped)
    assert {group.code for group in known["Region1999/2003"][0].groups} >= {"01001LA", "04001LA"}


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[", b"[Aggreg]\n1=A\n=\n==", b"[Descr]\n[Descr]\nName"])
def test_a_damaged_file_gives_no_groups(data):
    assert not any(
        g.groups and g.groups[0].members for found in groupings({"x.agg": data}).values() for g in found
    )
