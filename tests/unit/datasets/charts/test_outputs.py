"""One specification, many faces: JSON, table and file say the same."""

import json
from dataclasses import replace

import pytest

from datasets.charts import (
    About,
    Kind,
    Measures,
    Selection,
    ShareOf,
    chart_table,
    propose,
    share_colours,
)
from datasets.cubes import UnknownCode
from tests.unit.datasets.charts.drawing import draw

YOUNG = ("15-17", "18-19", "20-24", "25-29")
PLACES = Selection(x="year", series="region", series_only=("0101", "01", "00"), share=ShareOf("age", YOUNG))


@pytest.fixture
def spec(births, hide):
    cube = hide(births, {"region": "01", "year": "2022"})
    return draw(cube, PLACES, lang="sv", about=About(is_demo=True))


def test_json_is_plain_and_carries_what_the_picture_needs(spec):
    told = json.loads(json.dumps(spec.as_json(), allow_nan=False))
    assert (told["version"], told["kind"], told["title"]) == (1, "line", "Födda barn")
    assert told["demo_label"] == "Exempeldata"
    assert [place["code"] for place in told["x"]["categories"]] == ["2021", "2022", "2023"]
    assert [series["key"] for series in told["series"]] == ["region=0101", "region=01", "region=00"]
    assert told["series"][1]["values"][1] is None
    assert told["series"][1]["texts"][1] == "visas inte: för få svar"
    assert told["series"][1]["statuses"] == ["ok", "suppressed", "ok"]
    assert told["series"][0]["low"] is None
    assert told["missing"] == [{"status": "suppressed", "text": "visas inte: för få svar", "count": 1}]
    assert told["y"]["tick_texts"][0] == "0\u00a0%"
    assert len(told["y"]["tick_texts"]) == round((told["y"]["max"] - told["y"]["min"]) / told["y"]["step"]) + 1
    assert (told["updated"], told["updated_text"]) == ("2024-02-12", "12 februari 2024")


def test_the_link_of_a_chart_reopens_the_chart(spec, births, hide):
    cube = hide(births, {"region": "01", "year": "2022"})
    again = draw(cube, Selection.from_query(spec.query), lang="sv", about=About(is_demo=True))
    assert again == spec


def test_footnotes_are_those_of_what_is_shown(births, spec):
    assert spec.notes == ("Gäller alla.", "Bara Lilleby.", "Bara 2021.")
    county = draw(births, replace(PLACES, series_only=("01",), x_only=("2023",)), lang="en")
    assert county.notes == ("Concerns all.",)


def test_the_table_says_the_same_as_the_picture(spec):
    table = chart_table(spec)
    assert table.caption == "Födda barn · Andel 15–29 (ålder) · Exempeldata"
    assert (table.corner, table.columns) == ("År", ("Lilleby", "Testlän", "Riket"))
    assert [row.header for row in table.rows] == ["2021", "2022", "2023"]
    for column, series in enumerate(spec.series):
        assert [row.cells[column].text for row in table.rows] == [point.text for point in series.points]
    assert table.rows[1].cells[1].is_missing
    assert "Källa: Påhittade byrån" in table.notes
    assert "Senast uppdaterad: 12 februari 2024" in table.notes


def test_a_sample_says_how_its_intervals_are_read(survey):
    selection = Selection(x="group", kind=Kind.BAR, share=ShareOf("answer", ("3",)), fixed={"round": ("2023",)})
    spec = draw(survey, selection, lang="sv", about=About(is_sample=True))
    assert "95-procentigt" in spec.as_json()["interval_text"]
    assert chart_table(spec).rows[0].cells[0].interval == "69–80"
    assert spec.as_json()["series"][0]["low"][0] == pytest.approx(68.57)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("measures", list(Measures))
def test_every_chart_says_how_to_read_it_and_what_it_does_not_say(births, measures, lang):
    spec = draw(births, PLACES, lang=lang, about=About(measures=measures))
    assert len(spec.reading.how) == len(spec.reading.says_not) == 2
    assert bool(spec.reading.framing) == (measures is Measures.RISK)


def test_the_data_sets_own_words_come_first_in_its_own_language_only(births):
    about = About(how_to_read={"sv": "Läs så här.\n\nOch så här."}, does_not_say={"sv": "Inte det."})
    spec = draw(births, PLACES, lang="sv", about=about)
    assert spec.reading.how == ("Läs så här.", "Och så här.")
    assert spec.reading.says_not == ("Inte det.",)
    assert draw(births, PLACES, lang="en", about=about).reading.how[0].startswith("Each point")


def test_a_line_far_from_zero_says_that_its_scale_does_not_start_there(births):
    close = Selection(x="year", fixed={"region": ("00",)})
    spec = draw(births, close, lang="sv")
    assert not spec.y.zero_baseline
    assert any("börjar inte på noll" in words for words in spec.reading.how)
    assert draw(births, replace(close, kind=Kind.BAR), lang="sv").y.zero_baseline


def test_the_first_view_follows_time_at_the_readers_own_place(births):
    selection = propose(births, place="0101")
    assert (selection.x, selection.kind, selection.series) == ("year", Kind.LINE, "age")
    assert selection.fixed == {"region": ("0101",)}
    assert draw(births, selection, lang="sv").sentence
    assert propose(births, place="9999").fixed == {"region": ("00",)}


def test_the_first_view_of_a_table_without_time_is_bars(means):
    selection = propose(means)
    assert (selection.x, selection.kind) == ("group", Kind.BAR)
    assert draw(means, selection, lang="sv").has_intervals


def test_the_first_view_of_a_question_is_how_the_latest_answers_are_spread(survey):
    grouped = replace(survey.dimensions[1], summable=True)
    cube = replace(survey, dimensions=(survey.dimensions[0], grouped, survey.dimensions[2]))
    selection = propose(cube, answers="answer")
    assert selection.fixed == {"round": ("2023",)}
    spec = draw(cube, selection, lang="sv", about=About(is_sample=True))
    assert sum(point.value for point in spec.series[0].points) == pytest.approx(100)
    with pytest.raises(UnknownCode):
        propose(cube, answers="svar")


def test_the_same_thing_keeps_its_colour_through_a_deck(births):
    one = draw(births, PLACES, lang="sv")
    other = draw(births, replace(PLACES, series_only=("00", "0101")), lang="sv")
    lone = draw(births, Selection(x="year", fixed={"region": ("0101",)}), lang="sv")
    slots = [{series.key: series.slot for series in spec.series} for spec in share_colours([one, other, lone])]
    assert slots[0]["region=0101"] == slots[1]["region=0101"] == slots[2]["region=0101"]
    assert slots[0]["region=00"] == slots[1]["region=00"]
    for dealt in slots:
        assert len(set(dealt.values())) == len(dealt)
