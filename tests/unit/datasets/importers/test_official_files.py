"""Real files of statistical offices: read as other parsers read them, or refused as their makers meant.

Differences from the other parsers, each on purpose: a nil (``-``) is a figure for us, the zero it stands for;
a file with KEYS leaves out rows of zeros, which one parser cannot read; CODEPAGE is believed before cp1252.
"""

import json
from functools import cache

import numpy as np
import pytest

from datasets.cubes import NotSummable, Reason, Role, pick
from datasets.importers import Severity, read_jsonstat, read_px
from tests.shared_data import shared_data, shared_files

PX = "statistics/px"
JSONSTAT = "statistics/jsonstat"
FILES = shared_files(PX, ".px")
FATAL = [name for name in FILES if "/error/fatal/" in name]
CONTINUE = [name for name in FILES if "/error/" in name and name not in FATAL]
WELL_FORMED = {"template av BE0101F1error.px", "BE0101F1ensvdescdefaulterror.px"}


@cache
def oracle(name: str) -> dict:
    return json.loads(shared_data(f"statistics/oracle/{name}").read_text())


def read(name: str):
    return read_px(shared_data(f"{PX}/{name}").read_bytes())


def shown(cell, cube) -> list[str]:
    """A cell as the other parser writes it: labels, then the figure or the sign."""
    labels = [pick(d.category(code).label, "en") for d, code in zip(cube.dimensions, cell.codes, strict=True)]
    sign = cell.symbol is not None and cell.reason is not Reason.NONE
    return [*labels, cell.symbol.symbol if sign else str(cell.value)]


@pytest.mark.parametrize("name", [name for name in FILES if name not in FATAL])
def test_px_is_read_as_another_parser_reads_it(name):
    expected = oracle("pyaxis_0.4.3.json")[name]
    result = read(name)
    cube = result.cube
    assert cube is not None, [str(problem) for problem in result.problems]
    if "error" in expected:
        pytest.skip("The other parser cannot read this valid file (it has KEYS).")
    assert list(cube.shape) == expected["sizes"]
    assert np.nansum(cube.values) == pytest.approx(expected["sum"])
    signs = [cell.symbol.symbol for cell in cube.cells() if cell.symbol is not None]
    assert {sign: signs.count(sign) for sign in signs} == expected["symbols"]
    assert cube.size - len(signs) == expected["numeric"]
    cells = list(cube.cells())
    for cell, told in ((cells[0], expected["first"]), (cells[-1], expected["last"])):
        *labels, figure = shown(cell, cube)
        assert labels == told[:-1]
        assert figure == told[-1].strip('"') or float(figure) == float(told[-1])


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


@pytest.mark.parametrize("name", sorted(n for n in shared_files(JSONSTAT, ".json")))
def test_jsonstat_is_read_as_another_parser_reads_it_or_refused_with_words(name):
    result = read_jsonstat(shared_data(f"{JSONSTAT}/{name}").read_bytes(), "en")
    expected = oracle("jsonstat_toolkit_2.2.2.json").get(name, {})
    if result.cube is None:
        assert [str(problem) for problem in result.fatal]
        # Older forms, descriptions without values and files that are no JSON at all.
        is_table = expected.get("class") == "dataset" and expected["datasets"][0]["nulls"] == 0
        assert not is_table or name == "json-stat.org/order.json"
        return
    cube, (told,) = result.cube, expected["datasets"]
    assert [d.code for d in cube.dimensions] == told["id"]
    assert list(cube.shape) == told["size"]
    assert int(np.isnan(cube.values).sum()) == told["nulls"]
    assert np.nansum(cube.values) == pytest.approx(told["sum"])
    assert int((cube.sign_places() > 0).sum()) == told["withStatus"]
    for dimension in cube.dimensions:
        assert list(dimension.codes[:3]) == told["dims"][dimension.code]["first"]
        assert pick(dimension.categories[0].label, "en") == told["dims"][dimension.code]["firstLabel"]
    values = [cell.value for cell in cube.cells()]
    assert values[:3] == [item["value"] for item in told["first"]][: len(values)]
    assert values[-3:] == [item["value"] for item in told["last"]][-len(values) :]
