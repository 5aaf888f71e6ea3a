"""The figures of a view: sums and shares that are lawful, and hidden parts that hide what is made of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.charts import About, Kind, Selection, SelectionError, ShareOf
from datasets.cubes import Category, Cube, Dimension, Reason, Role, Unit
from tests.unit.datasets.charts.drawing import draw

YOUNG = ("15-17", "18-19", "20-24", "25-29")


def view(**more):
    return Selection(**{"x": "year", "fixed": {"region": ("0101",)}, **more})


def values(spec, row=0):
    return [point.value for point in spec.series[row].points]


def test_a_line_of_counts_is_the_cubes_own_figures(births):
    spec = draw(births, view(fixed={"region": ("0101",), "age": ("20-24",), "sex": ("1",)}), lang="sv")
    assert values(spec) == list(births.values[2, 2, 0])


def test_several_fixed_categories_are_added(births):
    spec = draw(births, view(fixed={"region": ("0101",), "age": YOUNG, "sex": ("1", "2")}), lang="sv")
    assert values(spec) == list(births.values[2, :4].sum(axis=(0, 1)))


def test_what_is_left_out_is_held_at_everybody(births):
    assert values(draw(births, view(), lang="sv")) == list(births.values[2, 5].sum(axis=0))


def test_a_share_of_named_categories_out_of_the_total_against_county_and_country(births):
    selection = view(series="region", series_only=("0101", "01", "00"), share=ShareOf("age", YOUNG), fixed={})
    spec = draw(births, selection, lang="sv")
    for row, place in enumerate((2, 1, 0)):
        part, whole = births.values[place, :4].sum(axis=(0, 1)), births.values[place, 5].sum(axis=0)
        assert values(spec, row) == pytest.approx(list(100 * part / whole))
    assert [series.label for series in spec.series] == ["Lilleby", "Testlän", "Riket"]
    assert spec.subtitle == "Andel 15–29 (ålder)"


def test_a_share_of_a_chosen_whole(births):
    spec = draw(births, view(share=ShareOf("age", YOUNG[:2], YOUNG)), lang="sv")
    part, whole = births.values[2, :2].sum(axis=(0, 1)), births.values[2, :4].sum(axis=(0, 1))
    assert values(spec) == pytest.approx(list(100 * part / whole))
    assert spec.subtitle == "Andel 15–19 av 15–29 (ålder) · Lilleby"


def test_a_distribution_adds_up_to_a_hundred(survey):
    selection = Selection(
        x="answer", kind=Kind.BAR, series="group", share=ShareOf("answer"), fixed={"round": ("2023",)}
    )
    spec = draw(survey, selection, lang="sv", about=About(is_sample=True))
    assert values(spec, 0) == pytest.approx([5, 20, 75])
    assert sum(values(spec, 1)) == pytest.approx(100)


def test_shares_can_run_along_the_series_too(survey):
    selection = Selection(x="round", series="answer", share=ShareOf("answer"), fixed={"group": ("w",)})
    spec = draw(survey, selection, lang="en")
    assert [series.points[1].value for series in spec.series] == pytest.approx([5, 20, 75])
    assert spec.series[2].label == "True"


def test_shares_of_a_sample_carry_wilson_intervals(survey):
    about = About(is_sample=True)
    selection = Selection(x="round", share=ShareOf("answer", ("3",)), fixed={"group": ("w",)})
    point = draw(survey, selection, lang="sv", about=about).series[0].points[1]
    # 150 of 200 by Wilson: 68.6 to 80.5.
    assert (point.low, point.high) == pytest.approx((68.57, 80.49), abs=0.01)
    assert (point.text, point.interval) == ("75\u00a0%", "69–80")
    assert draw(survey, selection, lang="sv").series[0].points[1].low is None


def test_an_interval_that_the_cube_brings_along_is_used(means):
    spec = draw(means, Selection(x="group", kind=Kind.BAR, fixed={"measure": ("mean",)}), lang="sv")
    assert [(p.value, p.low, p.high) for p in spec.series[0].points] == [(6.0, 5.6, 6.4), (7.4, 7.0, 7.8)]
    assert spec.has_intervals
    assert draw(means, Selection(x="group", kind=Kind.BAR), lang="sv").series == spec.series


@pytest.mark.parametrize("part", [{"age": "18-19"}, {"age": "all"}])
def test_any_hidden_part_hides_the_share(births, hide, part):
    cube = hide(births, {**part, "region": "0101", "year": "2022", "sex": "2"})
    spec = draw(cube, view(share=ShareOf("age", YOUNG)), lang="sv")
    assert [point.status for point in spec.series[0].points] == ["ok", "suppressed", "ok"]
    assert spec.series[0].points[1].value is None
    assert spec.series[0].points[1].text == "visas inte: för få svar"


def test_a_base_under_the_data_sets_limit_hides_the_share(survey):
    selection = Selection(x="round", share=ShareOf("answer", ("3",)), fixed={"group": ("w",)})
    spec = draw(survey, selection, lang="sv", about=About(is_sample=True, smallest_base=250))
    assert [point.status for point in spec.series[0].points] == ["ok", "suppressed"]


def test_nobody_at_all_gives_no_share():
    both = Dimension("a", {}, (Category("p", {}), Category("q", {})), summable=True)
    x = Dimension("x", {}, (Category("1", {}), Category("2", {})))
    cube = Cube.of_values((both, x), [[0.0, 1.0], [0.0, 3.0]], unit=Unit({"sv": "antal"}))
    for sample in (False, True):
        about = About(is_sample=sample)
        points = draw(cube, Selection(x="x", share=ShareOf("a", ("p",))), lang="sv", about=about).series[0].points
        assert [point.status for point in points] == ["not_applicable", "ok"]


def test_missing_figures_keep_the_sources_own_words(births, hide, starred):
    where = {"region": "0101", "age": "all", "year": "2021"}
    cube = hide(births, where, reason=Reason.NOT_AVAILABLE, symbols=starred)
    point = draw(cube, view(), lang="sv").series[0].points[0]
    assert (point.value, point.status, point.text) == (None, "not_available", "för osäkert enligt källan")


def test_times_run_from_the_earliest_to_the_latest(births):
    spec = draw(births, view(x_only=("2023", "2021")), lang="sv")
    assert [place.code for place in spec.x.places] == ["2021", "2023"]


REFUSED = [
    ({"x": "month"}, "unknown_dimension"),
    ({"fixed": {"region": ("9999",)}}, "unknown_category"),
    ({"series": "year"}, "dimension_twice"),
    ({"series": "age", "share": ShareOf("age", YOUNG)}, "dimension_twice"),
    ({"fixed": {}}, "choose_one"),
    ({"fixed": {"region": ("00", "01")}}, "not_summable"),
    ({"fixed": {"region": ("00",), "age": ("all", "30+")}}, "counted_twice"),
    ({"fixed": {"region": ("00",), "sex": ()}}, "nothing_chosen"),
    ({"x_only": ("2021", "2021")}, "category_twice"),
    ({"share": ShareOf("age")}, "choose_one"),
    ({"share": ShareOf("age", ("30+",), YOUNG)}, "part_outside_whole"),
    ({"fixed": {}, "share": ShareOf("region", ("01",))}, "no_whole"),
]


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_a_view_that_cannot_be_shown_says_why(births, change, code):
    with pytest.raises(SelectionError) as wrong:
        draw(births, view(**change), lang="sv")
    assert wrong.value.code == code
    assert wrong.value.text("sv") != wrong.value.text("en")
    assert "{" not in wrong.value.text("sv") + wrong.value.text("en")


def test_more_than_six_series_are_refused():
    many = Dimension("a", {"sv": "bokstav"}, tuple(Category(str(n), {}) for n in range(7)))
    x = Dimension("x", {}, (Category("1", {}),))
    cube = Cube.of_values((many, x), np.ones(7))
    with pytest.raises(SelectionError) as wrong:
        draw(cube, Selection(x="x", series="a"), lang="sv")
    assert wrong.value.text("sv") == "Diagrammet visar högst 6 serier, och 7 är valda. Välj färre i bokstav."


@pytest.mark.parametrize("unit", ["procent", "%", "medelvärde", "Andel i procent", "per 1 000 invånare"])
def test_shares_and_means_are_never_added_up(births, unit):
    cube = Cube(births.dimensions, births.values, births.statuses, unit=Unit({"sv": unit}))
    with pytest.raises(SelectionError) as wrong:
        draw(cube, view(fixed={"region": ("00",), "age": YOUNG}), lang="sv")
    assert wrong.value.code == "not_counts"


def test_measures_of_different_units_do_not_share_an_axis():
    measure = Dimension(
        "m",
        {"sv": "mått"},
        (Category("a", {}, unit=Unit({"sv": "antal"})), Category("b", {}, unit=Unit({"sv": "kr"}))),
        role=Role.METRIC,
        summable=True,
    )
    x = Dimension("x", {}, (Category("1", {}), Category("2", {})))
    cube = Cube.of_values((measure, x), np.arange(4.0))
    for selection, code in [
        (Selection(x="x", series="m"), "mixed_units"),
        (Selection(x="x", fixed={"m": ("a", "b")}), "not_summable"),
        (Selection(x="x", share=ShareOf("m", ("a",))), "share_of_measures"),
        (Selection(x="x"), "choose_one"),
    ]:
        with pytest.raises(SelectionError) as wrong:
            draw(cube, selection, lang="sv")
        assert wrong.value.code == code


@settings(max_examples=60)
@given(st.data())
def test_a_share_never_passes_a_hundred_and_hides_with_its_parts(data):
    counts = np.array(data.draw(st.lists(st.integers(0, 50), min_size=12, max_size=12)), dtype=float)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=12, max_size=12)))
    part = Dimension("p", {}, tuple(Category(c, {}) for c in "abcd"), summable=True)
    x = Dimension("x", {}, tuple(Category(c, {}) for c in "123"))
    values = np.where(mask, np.nan, counts).reshape(4, 3)
    cube = Cube.of_values((part, x), values, missing=Reason.SUPPRESSED, unit=Unit({"sv": "antal"}))
    spec = draw(cube, Selection(x="x", share=ShareOf("p", ("a", "b"))), lang="sv", about=About(is_sample=True))
    for column, point in enumerate(spec.series[0].points):
        if np.isnan(values[:, column]).any():
            assert (point.value, point.status) == (None, "suppressed")
        elif values[:, column].sum() == 0:
            assert point.value is None
        else:
            assert 0 <= point.low <= point.value <= point.high <= 100
