"""A hidden figure is nowhere: not in the picture, its axis, the sentence, the table or the file."""

import json

import numpy as np
import pytest

from datasets.charts import About, Kind, Selection, ShareOf, build_chart, chart_table
from datasets.cubes import Category, Cube, Dimension, Reason, Role, Unit
from datasets.disclosure import AggregationRule, Sensitivity, protect
from tests.unit.datasets.charts.drawing import draw
from tests.unit.datasets.exports.ways_out import files_of

SECRET = 7331.0


def everything(spec):
    return "\n".join(
        [json.dumps(spec.as_json(), ensure_ascii=False), spec.sentence, repr(spec), repr(chart_table(spec)),
         *files_of(spec).values()]
    )  # fmt: skip


def cube(secret):
    """Two groups over three years; the figure of the first group in 2022 is hidden, its true value ``secret``."""
    years = tuple(Category(year, {"sv": year}) for year in ("2021", "2022", "2023"))
    groups = tuple(Category(code, {"sv": code}) for code in ("a", "b"))
    truth = np.array([[11.0, secret, 13.0], [21.0, 22.0, 23.0]])
    hidden = np.array([[False, True, False], [False, False, False]])
    return Cube(
        (
            Dimension("g", {"sv": "grupp"}, groups, summable=True),
            Dimension("t", {"sv": "år"}, years, role=Role.TIME),
        ),
        np.where(hidden, np.nan, truth),
        np.where(hidden, np.uint8(Reason.SUPPRESSED), np.uint8(Reason.NONE)),
        unit=Unit({"sv": "antal"}, 0),
    )


VIEWS = [
    Selection(x="t", series="g"),
    Selection(x="t", kind=Kind.BAR, series="g"),
    Selection(x="g", kind=Kind.BAR, fixed={"t": ("2022",)}),
    Selection(x="t", share=ShareOf("g", ("b",))),
    Selection(x="t", series="g", share=ShareOf("g")),
    Selection(x="t"),
    Selection(x="t", kind=Kind.STACKED, series="g"),
    Selection(x="t", kind=Kind.STACKED, series="g", share=ShareOf("g")),
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.to_query())
@pytest.mark.parametrize("sample", [False, True])
def test_a_chart_is_the_same_whatever_the_hidden_figure_is(view, sample):
    shown = [
        everything(draw(cube(secret), view, lang="sv", about=About(is_sample=sample))) for secret in (1.0, SECRET)
    ]
    assert shown[0] == shown[1]
    assert "7331" not in shown[0]
    assert "7 331" not in shown[0].replace("\u00a0", " ")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.to_query())
def test_what_is_made_of_a_hidden_figure_is_hidden_too(view):
    spec = draw(cube(SECRET), view, lang="sv", about=About(is_sample=True))
    hidden = [point for series in spec.series for point in series.points if point.status == "suppressed"]
    assert hidden
    for point in hidden:
        assert (point.value, point.low, point.high, point.interval) == (None, None, None, "")
        assert point.text == "visas inte: för få svar"
    if view.share is not None:
        # The other group's share would give the hidden one away: 22 of (22 + hidden).
        assert all(series.points[1].value is None for series in spec.series)


def test_the_axis_is_made_of_shown_figures_only():
    spec = draw(cube(SECRET), Selection(x="t", series="g"), lang="sv")
    assert spec.y.maximum <= 30


def test_what_disclosure_control_hides_stays_hidden_in_every_view():
    """Three answers in group a: they, and enough beside them, are hidden by protect() itself."""
    answers = [*"123", "all"]
    groups = [*"abc", "all"]
    counts = np.array([[3, 41, 59], [27, 33, 48], [21, 39, 52]], dtype=float)
    counts = np.vstack([counts, counts.sum(axis=0)])
    counts = np.hstack([counts, counts.sum(axis=1, keepdims=True)])
    raw = Cube.of_values(
        (
            Dimension("g", {"sv": "grupp"}, tuple(Category(c, {}) for c in groups), summable=True, total="all"),
            Dimension("a", {"sv": "svar"}, tuple(Category(c, {}) for c in answers), summable=True, total="all"),
        ),
        counts,
        unit=Unit({"sv": "svar"}, 0),
    )
    safe = protect(raw, AggregationRule.default(Sensitivity.INTERNAL))
    hidden = safe.statuses == Reason.SUPPRESSED
    assert hidden.sum() >= 4
    views = {
        "counts": Selection(x="a", kind=Kind.BAR, series="g", x_only=tuple(answers), series_only=tuple(groups)),
        "shares": Selection(x="a", kind=Kind.BAR, series="g", series_only=tuple(groups), share=ShareOf("a")),
        "together": Selection(x="g", kind=Kind.BAR, x_only=tuple(groups), share=ShareOf("a", ("1", "2"))),
        "whole": Selection(x="g", kind=Kind.BAR, share=ShareOf("a", ("3",), ("1", "2", "3"))),
        "summed": Selection(x="g", kind=Kind.BAR, fixed={"a": ("1", "2", "3")}),
    }
    specs = {name: build_chart(safe, view, lang="sv", about=About(is_sample=True)) for name, view in views.items()}
    for row, column in np.argwhere(hidden):
        assert specs["counts"].series[row].points[column].value is None
        if column < 3:
            assert specs["shares"].series[row].points[column].value is None
        if column < 2:
            assert specs["together"].series[0].points[row].value is None
        if column < 3 and row < 3:
            assert specs["whole"].series[0].points[row].value is None
            assert specs["summed"].series[0].points[row].value is None
    assert all("visas inte: för få svar" in spec.sentence for spec in specs.values())


def test_a_cube_that_has_not_been_protected_makes_no_chart():
    with pytest.raises(TypeError, match="protected cubes"):
        build_chart(cube(SECRET), Selection(x="t", series="g"), lang="sv")
