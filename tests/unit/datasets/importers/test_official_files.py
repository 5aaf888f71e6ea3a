"""Real files of statistical offices: what they hold, or refused as their makers meant."""

import numpy as np
import pytest

from datasets.cubes import NotSummable, Role
from datasets.importers import Severity, read_px
from tests.shared_data import shared_data, shared_files

PX = "statistics/px"
FILES = shared_files(PX, ".px")
FATAL = [name for name in FILES if "/error/fatal/" in name]
CONTINUE = [name for name in FILES if "/error/" in name and name not in FATAL]
WELL_FORMED = {"template av BE0101F1error.px", "BE0101F1ensvdescdefaulterror.px"}


def read(name: str):
    return read_px(shared_data(f"{PX}/{name}").read_bytes())


@pytest.mark.parametrize("name", FATAL)
def test_what_its_makers_call_fatal_is_refused_with_a_reason(name):
    result = read(name)
    assert result.cube is None
    assert all(problem.message % problem.params and problem.remedy for problem in result.fatal)
    assert result.fatal


@pytest.mark.parametrize("name", CONTINUE)
def test_what_its_makers_would_go_on_with_is_imported_with_a_remark(name):
    result = read(name)
    assert result.cube is not None
    assert {problem.severity for problem in result.problems} <= {Severity.CONTINUE}
    assert bool(result.problems) == (name.rsplit("/", 1)[1] not in WELL_FORMED)


def test_the_file_with_keys_equals_the_same_table_without():
    with_keys = read("pxweb_example/keys/BE101ACEkeys.px").cube
    without = read("pxweb_example/Population/BE101ACE.px").cube
    assert with_keys.shape == without.shape
    assert np.array_equal(with_keys.values, without.values)
    assert with_keys.values.sum() == 538792262


def test_live_births_by_area_have_levels_and_are_never_added_over_areas():
    cube = read("pxweb_example/aggregations/BE0101D1.px").cube
    region = cube.dimension("region")
    assert region.role is Role.GEO
    assert (len(region), region.total) == (312, "00")
    assert region.category("01").parent == "00"
    assert region.category("0186").parent == "01"
    assert sum(category.parent == "00" for category in region.categories) == 21
    for codes in (None, ["0114", "0115"], ["01", "03"]):
        with pytest.raises(NotSummable):
            cube.sum_over("region", codes)


def test_births_to_mothers_of_15_to_29_are_a_share_of_all_births():
    cube = read("pxweb_example/aggregations/BE0101D1.px").cube
    age = cube.dimension("maternal age")
    young = [code for code in age.codes if code.isdigit() and 15 <= int(code) <= 29]
    births = cube.select({"region": ["00"]}).sum_over("gender")
    some, all_ages = births.sum_over("maternal age", young), births.sum_over("maternal age")
    assert age.total == "tot"
    assert (some.values < all_ages.values).all()
    assert (some.values > 0).all()
    assert all_ages.values.sum() == cube.select({"region": ["00"], "maternal age": ["tot"]}).values.sum()


def test_people_of_15_to_29_can_be_added_over_single_years_in_each_county():
    cube = read("pxweb_example/Population/BE0101A1.px").cube
    young = [str(age) for age in range(15, 30)]
    people = cube.sum_over("age", young).sum_over("marital status").sum_over("sex")
    assert people.shape == (21, 2)
    assert people.values.sum() == cube.select({"age": young}).values.sum()
