"""A slide with a chart of PowerPoint's own: its figures can be edited, and a hidden one is nowhere in it."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from datasets.exports import ChartOnSlide, deck_slides
from tests.unit.datasets.exports.conftest import LINK, imprint_for, made
from tests.unit.datasets.exports.test_picture import KINDS, charts, dots  # noqa: F401

TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "lying": XL_CHART_TYPE.BAR_CLUSTERED,
    "upright": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "sample": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "dots": XL_CHART_TYPE.XY_SCATTER,
}


def slide_of(spec, **more):
    content = deck_slides([ChartOnSlide(spec, imprint_for(spec), **more)], title="En dialog")
    (slide,) = Presentation(io.BytesIO(content)).slides
    return slide


def chart_on(slide):
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    return frame.chart


def words_on(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_native(charts, kind):  # noqa: F811
    chart = chart_on(slide_of(charts[kind]))
    assert chart.chart_type == TYPES[kind]
    shown = [p.value for series in charts[kind].series for p in series.points if p.value is not None]
    drawn = [value for series in chart.plots[0].series for value in series.values if value is not None]
    assert len(drawn) >= len(shown)


def test_the_finding_is_the_title_and_source_and_link_stand_under_it(charts):  # noqa: F811
    slide = slide_of(charts["line"], looking_at="Vad ser vi?")
    words = words_on(slide)
    assert slide.shapes.title.text_frame.text == charts["line"].sentence
    for wanted in (
        "Vad ser vi?",
        "Källa: Påhittade byrån, CC BY 4.0",
        "3 värden har ändrats sedan dess.",
        "Exempeldata",
    ):
        assert wanted in words
    links = [
        run.hyperlink.address
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert LINK in links


def test_the_speaker_is_told_how_to_read_it_and_what_it_does_not_say(charts):  # noqa: F811
    notes = slide_of(charts["line"]).notes_slide.notes_text_frame.text
    for wanted in (*charts["line"].reading.how, *charts["line"].reading.says_not, "Bara Lilleby.", LINK):
        assert wanted in notes


def test_a_gap_stays_a_gap_and_a_hidden_figure_is_words_on_the_slide(charts):  # noqa: F811
    slide = slide_of(charts["lying"])
    chart = chart_on(slide)
    lilleby = next(series for series in chart.plots[0].series if series.name == "Lilleby")
    assert lilleby.values[0] is None
    assert 'dispBlanksAs val="gap"' in chart.part.blob.decode()
    assert "15–17, Lilleby (visas inte: för få svar)" in words_on(slide)


def test_the_sheet_behind_the_chart_holds_what_is_shown_and_no_more(charts):  # noqa: F811
    for kind in ("line", "lying", "sample"):
        spec = charts[kind]
        book = openpyxl.load_workbook(io.BytesIO(chart_on(slide_of(spec)).part.chart_workbook.xlsx_part.blob))
        cells = [cell.value for row in book.worksheets[0].iter_rows(min_row=2, min_col=2) for cell in row]
        found = sorted(value for value in cells if value is not None)
        shown = [point.value for series in spec.series for point in series.points if point.value is not None]
        assert found == pytest.approx(sorted(round(value, spec.y.decimals) for value in shown), abs=0.51)
        assert all(round(value, spec.y.decimals) == value for value in found)


def test_intervals_are_error_bars_of_each_figures_own(charts):  # noqa: F811
    xml = chart_on(slide_of(charts["sample"])).part.blob.decode()
    assert xml.count("<c:errBars>") == 1
    assert "errBarType" not in chart_on(slide_of(charts["stacked"])).part.blob.decode()


def test_grey_paper_tells_the_series_of_a_slide_apart(charts):  # noqa: F811
    xml = chart_on(slide_of(charts["lying"])).part.blob.decode()
    assert len(set(re.findall(r'pattFill prst="(\w+)"', xml))) == len(charts["lying"].series) - 1
    lines = chart_on(slide_of(charts["line"])).part.blob.decode()
    assert len(set(re.findall(r'prstDash val="(\w+)"', lines))) == 3


def test_a_deck_has_a_slide_a_chart_and_the_same_deck_is_the_same_file(charts):  # noqa: F811
    on_slides = [ChartOnSlide(spec, imprint_for(spec)) for spec in charts.values()]
    content = deck_slides(on_slides, title="En dialog")
    assert len(Presentation(io.BytesIO(content)).slides) == len(charts)
    assert content == deck_slides(on_slides, title="En dialog")
    assert Presentation(io.BytesIO(deck_slides([], title="Tom"))).core_properties.title == "Tom"


def test_a_reader_who_cannot_see_the_chart_hears_what_it_shows(charts):  # noqa: F811
    (frame,) = (shape for shape in slide_of(charts["line"]).shapes if shape.has_chart)
    assert charts["line"].sentence in frame._element.nvGraphicFramePr.cNvPr.get("descr")


def test_words_and_charts_speak_swedish_and_the_scale_has_no_empty_decimals(charts):  # noqa: F811
    slide = slide_of(charts["line"])
    marks = slide._element.xpath(".//a:rPr") + slide.notes_slide._element.xpath(".//a:rPr")
    assert marks and {one.get("lang") for one in marks} == {"sv-SE"}
    chart = chart_on(slide)
    assert 'c:lang val="sv-SE"' in chart.part.blob.decode()
    assert chart.value_axis.tick_labels.number_format in ("#,##0", '#,##0\\ "%"')


def test_wild_words_do_not_break_the_package(outgoing):
    wild = 'A\x00\x0b"<&>\u202e' + "x" * 400
    from dataclasses import replace

    going = replace(outgoing, imprint=replace(outgoing.imprint, title=wild, notes=(wild,) * 40, source=wild))
    with zipfile.ZipFile(io.BytesIO(made(going, "pptx"))) as packed:
        assert packed.testzip() is None
    (slide,) = Presentation(io.BytesIO(made(going, "pptx"))).slides
    assert "Fler noter står i anteckningarna till bilden." in words_on(slide)
