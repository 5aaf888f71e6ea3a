"""Stacked parts, dots over municipalities, breaks, trends and years put together."""

import numpy as np
import pytest

from datasets.charts import About, Kind, Selection, SelectionError, ShareOf, chart_table
from datasets.charts.about import Break, Polarity
from datasets.cubes import Category, Cube, Dimension, Note, Role, Unit
from tests.unit.datasets.charts.conftest import COUNT, dimension, text
from tests.unit.datasets.charts.drawing import draw
from tests.unit.datasets.exports.ways_out import files_of

YEARS = dimension("year", text("år"), {str(year): str(year) for year in range(2012, 2024)}, role=Role.TIME)
MANY = dimension(
    "region",
    text("område"),
    {"00": "Riket", "01": "Testlän", **{f"01{n:02}": f"Kommun {n}" for n in range(1, 13)}},
    role=Role.GEO,
)


def over_time(values, unit=COUNT, **about):
    return Cube.of_values((YEARS,), values, unit=unit, title=text("Fall"), **about)


def places(values=None):
    values = [500.0, 60.0, *range(10, 130, 10)] if values is None else values
    return Cube.of_values((MANY,), values, unit=Unit(text("procent"), 0), title=text("Andel"))


DOTS = Selection(x="region", kind=Kind.DOTS, mark=("0112", "01", "00"))
RISING = [10, 12, 11, 14, 16, 15, 18, 21, 22, 24, 23, 27]


def test_dots_are_the_municipalities_and_larger_areas_are_lines():
    spec = draw(places(), DOTS, lang="sv")
    assert len(spec.x.places) == len(spec.series[0].points) == 12
    assert [line.label for line in spec.lines] == ["Testlän", "Riket"]
    assert spec.marked == ("0112",)
    assert spec.sentence == (
        "Andelen ligger mellan 38\u00a0% och 93\u00a0% i hälften av de 12 kommunerna. Mitten är 65\u00a0%. "
        "Kommun 12 har 120\u00a0% och hör till fjärdedelen med högst värden. "
        "Testlän 60\u00a0% och Riket 500\u00a0%."
    )
    assert spec.y.maximum >= 500


def test_dots_have_a_table_and_a_file_with_the_larger_areas_first():
    spec = draw(places(), DOTS, lang="sv")
    assert [row.header for row in chart_table(spec).rows[:3]] == ["Testlän", "Riket", "Kommun 1"]
    assert files_of(spec)["csv"].count("Kommun") >= 12


def test_a_rank_is_never_told_of_data_that_is_not_made_for_it():
    spec = draw(places(), DOTS, lang="sv", about=About(fit_for=frozenset({2})))
    assert "Kommun 12 har 120" in spec.sentence
    assert "fjärdedel" not in spec.sentence
    assert spec.reading.caution


def test_quartiles_are_made_of_shown_dots_only(hide):
    hidden = hide(places(), {"region": "0112"})
    other = hide(places([500.0, 60.0, *range(10, 120, 10), 9999.0]), {"region": "0112"})
    assert draw(hidden, DOTS, lang="sv") == draw(other, DOTS, lang="sv")
    assert "visas inte" in draw(hidden, DOTS, lang="sv").sentence


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        (Selection(x="year", kind=Kind.DOTS), "dots_need_places"),
        (Selection(x="region", kind=Kind.DOTS, series="sex"), "dots_are_one_series"),
        (Selection(x="year", kind=Kind.STACKED, fixed={"region": ("00",)}), "stack_needs_parts"),
        (Selection(x="year", kind=Kind.STACKED, series="region"), "stack_needs_parts"),
        (Selection(x="region", pool=3, fixed={"year": ("2021",)}), "pool_needs_times"),
        (Selection(x="year", pool=2, fixed={"region": ("00",)}), "pool_is_too_long"),
    ],
)
def test_a_kind_that_does_not_fit_says_why(births, selection, code):
    with pytest.raises(SelectionError) as refused:
        draw(births, selection, lang="sv")
    assert refused.value.code == code
    assert refused.value.text("sv") != refused.value.text("en")


def test_parts_of_a_whole_stand_on_one_another(births):
    selection = Selection(
        x="region", kind=Kind.STACKED, series="age", share=ShareOf("age"), fixed={"year": ("2021",)}
    )
    spec = draw(births, selection, lang="sv")
    assert (spec.y.minimum, spec.y.maximum) == (0, 100)
    heights = [sum(series.points[n].value for series in spec.series) for n in range(3)]
    assert heights == pytest.approx([100, 100, 100])


def test_a_stack_never_counts_anybody_twice(births):
    year = {"year": ("2021",)}
    doubled = Selection(x="region", kind=Kind.STACKED, series="age", series_only=("all", "15-17"), fixed=year)
    with pytest.raises(SelectionError, match="whole"):
        draw(births, doubled, lang="sv")


def test_a_trend_is_told_in_words_and_judged_only_where_somebody_has_said_what_is_good():
    view = Selection(x="year")
    for polarity, tone in (
        (Polarity.NONE, ""),
        (Polarity.MORE_IS_BETTER, "good"),
        (Polarity.LESS_IS_BETTER, "bad"),
    ):
        (told,) = draw(over_time(RISING), view, lang="sv", about=About(polarity=polarity)).trends
        assert (told.state, told.tone) == ("rises_clearly", tone)
        assert told.words.startswith("2012–2023: stiger tydligt")
    (short,) = draw(over_time(RISING).select({"year": ["2022", "2023"]}), view, lang="sv").trends
    assert (short.state, short.tone) == ("too_short", "")


def test_a_break_cuts_the_line_and_what_lies_before_it_is_not_compared():
    values = [90, 91, 92, 93, 94, 95, 20, 21, 20, 22, 21, 20]
    about = About(breaks=(Break("2018", text("Ny fråga")),), polarity=Polarity.LESS_IS_BETTER)
    spec = draw(over_time(values, Unit(text("index"))), Selection(x="year"), lang="sv", about=about)
    (cut,) = spec.breaks
    assert (cut.place, cut.text) == (6, "Ny fråga")
    assert spec.trends[0].state == "uncertain"
    assert "2012" not in spec.sentence
    assert "2018" in spec.sentence
    assert spec.as_json()["breaks"] == [{"place": 6, "text": "Ny fråga"}]
    assert "Ny fråga" in chart_table(spec).notes


def test_a_footnote_on_a_year_can_tell_of_a_break():
    notes = (
        Note(text("Brott i serien: ny definition."), at={"year": "2020"}),
        Note(text("Bra år."), at={"year": "2015"}),
    )
    spec = draw(over_time(RISING, notes=notes), Selection(x="year"), lang="sv")
    assert [cut.place for cut in spec.breaks] == [8]


def test_years_put_together_are_told_as_a_year_and_never_cross_a_break():
    about = About(breaks=(Break("2017"),))
    spec = draw(over_time(RISING), Selection(x="year", pool=3), lang="sv", about=about)
    assert [place.label for place in spec.x.places] == ["2014–2016", "2018–2020", "2021–2023"]
    assert spec.breaks[0].place == 1
    assert spec.series[0].points[0].value == pytest.approx((11 + 14 + 16) / 3)
    assert "genomsnitt" in spec.pooled
    assert "pool=3" in spec.query


def test_years_with_a_hidden_one_among_them_are_hidden(hide):
    view = Selection(x="year", pool=3)
    cubes = [over_time([*RISING[:5], secret, *RISING[6:]]) for secret in (1, 4711)]
    shown = [draw(hide(cube, {"year": "2017"}), view, lang="sv") for cube in cubes]
    assert shown[0] == shown[1]
    assert [point.status for point in shown[0].series[0].points] == ["ok", "suppressed", "ok", "ok"]


def test_pooled_shares_are_shares_of_everybody_in_the_years(births):
    view = Selection(x="year", share=ShareOf("age", ("15-17",)), fixed={"region": ("01",)}, pool=3)
    with pytest.raises(SelectionError):
        draw(births, view, lang="sv")
    cube = Cube.of_values(
        (
            Dimension("g", text("grupp"), (Category("a", text("a")), Category("b", text("b"))), summable=True),
            YEARS,
        ),
        np.array([[1] * 6 + [3] * 6, [9] * 6 + [7] * 6]),
        unit=COUNT,
    )
    spec = draw(cube, Selection(x="year", share=ShareOf("g", ("a",)), pool=4), lang="sv")
    assert [point.value for point in spec.series[0].points] == pytest.approx([10, 20, 30])


def test_means_and_percentages_are_never_put_together():
    with pytest.raises(SelectionError):
        draw(over_time(RISING, Unit(text("procent"))), Selection(x="year", pool=3), lang="sv")
    with pytest.raises(SelectionError):
        draw(over_time(RISING, Unit(text("poäng"))), Selection(x="year", pool=3), lang="sv")


@pytest.mark.parametrize(
    "selection",
    [
        DOTS,
        Selection(x="year", pool=3, is_like=True),
        Selection(x="region", kind=Kind.STACKED, series="age", share=ShareOf("age")),
    ],
)
def test_the_link_reopens_the_view(selection):
    assert Selection.from_query(selection.to_query()) == selection


@pytest.mark.parametrize("query", ["pool=-1", "pool=99", "pool=x", "like=2", "pool=3&pool=2", "mark=a:b:c"])
def test_a_link_that_was_tampered_with_is_refused(query):
    with pytest.raises(SelectionError):
        Selection.from_query(f"kind=line&x=year&{query}")
