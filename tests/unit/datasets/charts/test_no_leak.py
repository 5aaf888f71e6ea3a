"""A hidden figure is nowhere: not in the picture, its axis, the sentence, the table or the file."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from datasets.charts import About, Kind, Selection, ShareOf, build_chart, chart_csv, chart_table
from datasets.cubes import Category, Cube, CubeError, Dimension, Reason, Role, Unit

SECRET = 7331.0


def everything(spec):
    return "\n".join(
        [json.dumps(spec.as_json(), ensure_ascii=False), spec.sentence, repr(spec), repr(chart_table(spec)),
         chart_csv(spec).decode("utf-8-sig")]
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
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.to_query())
@pytest.mark.parametrize("sample", [False, True])
def test_a_chart_is_the_same_whatever_the_hidden_figure_is(view, sample):
    shown = [
        everything(build_chart(cube(secret), view, lang="sv", about=About(is_sample=sample)))
        for secret in (1.0, SECRET)
    ]
    assert shown[0] == shown[1]
    assert "7331" not in shown[0]
    assert "7 331" not in shown[0].replace("\u00a0", " ")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.to_query())
def test_what_is_made_of_a_hidden_figure_is_hidden_too(view):
    spec = build_chart(cube(SECRET), view, lang="sv", about=About(is_sample=True))
    hidden = [point for series in spec.series for point in series.points if point.status == "suppressed"]
    assert hidden
    for point in hidden:
        assert (point.value, point.low, point.high, point.interval) == (None, None, None, "")
        assert point.text == "visas inte: för få svar"
    if view.share is not None:
        # The other group's share would give the hidden one away: 22 of (22 + hidden).
        assert all(series.points[1].value is None for series in spec.series)


def test_the_axis_is_made_of_shown_figures_only():
    spec = build_chart(cube(SECRET), Selection(x="t", series="g"), lang="sv")
    assert spec.y.maximum <= 30


@pytest.mark.parametrize("reason", [Reason.SUPPRESSED, Reason.CONFIDENTIAL, Reason.TOO_UNCERTAIN])
def test_a_cube_whose_hidden_cells_still_hold_values_makes_no_chart(reason):
    whole = cube(SECRET)
    values = np.where(np.isnan(whole.values), SECRET, whole.values)
    statuses = np.where(np.isnan(whole.values), np.uint8(reason), np.uint8(0))
    names = ("dimensions", "title", "unit", "notes", "source", "updated", "symbols")
    leaking = SimpleNamespace(values=values, statuses=statuses, **{name: getattr(whole, name) for name in names})
    with pytest.raises((CubeError, TypeError)) as refused:
        build_chart(leaking, Selection(x="t", series="g"), lang="sv")
    assert "7331" not in str(refused.value)
