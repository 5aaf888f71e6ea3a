"""The two charts that the loop is walked with: official statistics as they come from Statistics Sweden."""

import pytest

from datasets.charts import Selection, SelectionError, ShareOf
from datasets.importers import read_px
from tests.shared_data import shared_data
from tests.unit.datasets.charts.drawing import draw

YOUNG = tuple(str(age) for age in range(15, 30))


def read(name):
    return read_px(shared_data(f"statistics/px/pxweb_example/{name}").read_bytes()).cube


def test_births_to_mothers_of_15_to_29_as_a_share_in_a_municipality_its_county_and_the_country():
    births = read("aggregations/BE0101D1.px")
    selection = Selection(
        x="year", series="region", series_only=("0192", "01", "00"), share=ShareOf("maternal age", YOUNG)
    )
    spec = draw(births, selection, lang="en")
    assert spec.sentence == (
        "In 2003 the share was 45.5% in Nynäshamn, 2.6 percentage points lower than in 2002. "
        "That is higher than in Stockholms county (32.0%) and in Whole Sweden (40.7%)."
    )
    assert spec.subtitle == "Share of 15–29 (maternal age)"
    ages = births.select({"region": ["0192"], "year": ["2003"], "maternal age": [*YOUNG, "tot"]}).values[0, :, 0]
    assert spec.series[0].points[1].value == pytest.approx(100 * ages[:-1].sum() / ages[-1].sum())
    assert draw(births, Selection.from_query(spec.query), lang="en") == spec


def test_areas_that_contain_one_another_are_never_added():
    selection = Selection(x="year", fixed={"region": ("0192", "01"), "maternal age": ("tot",)})
    with pytest.raises(SelectionError) as wrong:
        draw(read("aggregations/BE0101D1.px"), selection, lang="sv")
    assert wrong.value.code == "not_summable"


def test_people_of_15_to_29_over_time():
    people = read("Population/BE0101A1.px")
    selection = Selection(x="period", fixed={"region": ("01",), "age": YOUNG})
    spec = draw(people, selection, lang="sv")
    assert [point.value for point in spec.series[0].points] == [
        people.select({"region": ["01"], "age": YOUNG, "period": [year]}).values.sum() for year in ("2004", "2005")
    ]
    assert (
        spec.sentence.replace("\u00a0", " ")
        == "År 2005 var antalet 348 766 i Stockholm county, 5 186 fler än 2004."
    )
