"""What a view is set beside with one click, which kinds fit it, and years put together as a proposal."""

from dataclasses import replace

import numpy as np
import pytest

from datasets.charts import About, Beside, Kind, Selection, ShareOf, few_series, fits, fitting, offers, pool_offer
from datasets.charts.comparing import with_like
from datasets.charts.resolve import resolve
from datasets.cubes import Cube, Role, Unit
from datasets.disclosure import pass_through
from tests.unit.datasets.charts.conftest import COUNT, dimension, text

CODES = {"00": "Riket", "01": "Testlän", **{f"01{n:02}": f"Kommun {n}" for n in range(1, 13)}}
GEO = dimension("region", text("område"), CODES, role=Role.GEO)
SEX = dimension("sex", text("kön"), {"1": "män", "2": "kvinnor"}, summable=True)
YEARS = dimension("year", text("år"), {str(year): str(year) for year in range(2015, 2024)}, role=Role.TIME)


def people(values=100.0, unit=COUNT, dimensions=(GEO, SEX, YEARS)):
    shape = tuple(len(one) for one in dimensions)
    return pass_through(Cube.of_values(dimensions, np.broadcast_to(values, shape), unit=unit, title=text("Unga")))


OURS = "0103"
LINE = Selection(x="year", fixed={"region": (OURS,)})


def offered(selection, cube=None, like=("0104", "0105"), place=OURS):
    found = offers(cube or people(), selection, place=place, like=like, lang="sv")
    return {offer.beside: offer for offer in found}


def test_one_click_adds_the_county_and_a_second_the_country():
    with_county = offered(LINE)[Beside.COUNTY].selection
    assert (with_county.series, with_county.series_only) == ("region", (OURS, "01"))
    both = offered(with_county)[Beside.COUNTRY].selection
    assert both.series_only == (OURS, "01", "00")
    assert offered(both)[Beside.COUNTY].is_on
    assert offered(both)[Beside.COUNTY].selection.series_only == (OURS, "00")


def test_places_like_ours_stand_beside_ours_and_the_link_remembers_why():
    view = offered(LINE)[Beside.LIKE].selection
    assert view.series_only == (OURS, "0104", "0105")
    assert Selection.from_query(view.to_query()).is_like
    back = offered(view)[Beside.LIKE]
    assert back.is_on and back.selection.series_only == (OURS, "01", "00")


def test_a_dialogue_puts_its_own_list_in_the_stead_of_another():
    cube = people()
    view = offered(LINE)[Beside.LIKE].selection
    assert with_like(cube.cube, view, ("0107", "0108", "9999")).series_only == (OURS, "0107", "0108")
    plain = replace(view, is_like=False)
    assert with_like(cube.cube, plain, ("0107",)) is plain
    assert with_like(cube.cube, view, ("9999",)) is view


def test_all_municipalities_are_dots_at_the_newest_year_with_ours_marked():
    view = offered(LINE)[Beside.SPREAD].selection
    assert (view.kind, view.x, view.mark) == (Kind.DOTS, "region", (OURS, "01", "00"))
    assert view.fixed["year"] == ("2023",)


def test_our_own_past_is_one_line():
    dots = offered(LINE)[Beside.SPREAD].selection
    view = offered(dots)[Beside.TREND].selection
    assert (view.kind, view.x, view.series, view.fixed["region"]) == (Kind.LINE, "year", None, (OURS,))
    assert offered(LINE)[Beside.TREND].is_on


@pytest.mark.parametrize("selection", [LINE, Selection(x="region", kind=Kind.BAR, fixed={"year": ("2020",)}),
                                       Selection(x="sex", kind=Kind.BAR, series="year",
                                                 series_only=("2022", "2023"), fixed={"region": (OURS,)}),
                                       Selection(x="year", series="sex", fixed={"region": (OURS,)}),
                                       Selection(x="year", series="region", series_only=(OURS,),
                                                 share=ShareOf("sex", ("2",)))])  # fmt: skip
def test_whatever_is_offered_can_be_shown(selection):
    cube = people()
    seen = [selection]
    for _ in range(2):
        made = [offer for one in seen for offer in offers(cube, one, place=OURS, like=("0101",), lang="sv")]
        seen += [offer.selection for offer in made if offer.selection and offer.selection not in seen]
    assert len(seen) > 4
    for view in seen:
        resolve(view, cube.cube)
        assert Selection.from_query(view.to_query()) == view


def test_what_cannot_be_set_beside_says_why():
    alone = people(dimensions=(SEX, YEARS))
    assert {offer.problem for offer in offered(Selection(x="year"), alone).values()} == {
        "datamängden gäller bara en plats", ""
    }  # fmt: skip
    assert offered(LINE, like=())[Beside.LIKE].problem == "listan över liknande kommuner är inte gjord än"
    assert offered(LINE, place="9999")[Beside.LIKE].problem == "datamängden har inga siffror för er"
    assert offered(LINE, place="9999")[Beside.COUNTRY].selection.series_only[-1] == "00"


def kinds(selection, cube=None):
    found = fits(cube or people(), selection, "sv")
    return {fit.kind for fit in found if not fit.problem}, next(fit.kind for fit in found if fit.is_proposed)


def test_the_kind_that_fits_the_shape_is_proposed():
    assert kinds(LINE) == ({Kind.LINE, Kind.BAR}, Kind.LINE)
    year = {"year": ("2023",)}
    assert kinds(Selection(x="region", fixed=year)) == ({Kind.BAR, Kind.DOTS}, Kind.DOTS)
    parts = Selection(x="region", series="sex", share=ShareOf("sex"), fixed=year)
    assert kinds(parts) == ({Kind.BAR, Kind.STACKED}, Kind.STACKED)
    assert kinds(replace(parts, share=None))[1] is Kind.BAR
    assert Kind.STACKED not in kinds(replace(parts, share=None), people(unit=Unit(text("procent"))))[0]


def test_a_kind_that_does_not_fit_says_why_and_is_not_taken():
    year = {"year": ("2023",)}
    assert fitting(people(), Selection(x="region", kind=Kind.LINE, fixed=year), OURS).kind is Kind.DOTS
    (line,) = (fit for fit in fits(people(), Selection(x="sex", fixed=year), "sv") if fit.kind is Kind.LINE)
    assert line.problem == "En linje behöver flera år längs axeln."
    assert fitting(people(), replace(LINE, kind=Kind.DOTS), OURS).kind is Kind.LINE
    assert fitting(people(), replace(LINE, kind=Kind.BAR), OURS).kind is Kind.BAR


def test_of_too_many_series_six_are_shown_with_ours_first():
    assert few_series(GEO, (), OURS) == (OURS, "01", "00", "0101", "0102", "0104")
    assert few_series(GEO, ("0101", "0102"), OURS) == ("0101", "0102")
    assert few_series(SEX, (), OURS) == ()


def test_small_counts_bring_a_proposal_with_its_effect():
    found = pool_offer(people(values=np.arange(3, 12)), LINE, About())
    assert (found.size, found.before, found.steps) == (2, 2 * 3, 4)
    assert found.after == 2 * (4 + 5), "the oldest year is left out"
    assert found.selection.pool == 2
    assert pool_offer(people(values=500), LINE, About()) is None
    assert pool_offer(people(values=5, unit=Unit(text("procent"))), LINE, About()) is None
    assert pool_offer(people(values=5), replace(LINE, pool=3), About()) is None
