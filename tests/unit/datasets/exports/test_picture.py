"""A chart drawn by the server: everything stands in the picture, and it reads in grey."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from datasets.charts import About, Kind, Selection, ShareOf, build_chart
from datasets.charts.breaks import Cut
from datasets.cubes import Cube, Role, Unit
from datasets.disclosure import pass_through
from datasets.exports.picture import BROAD, NARROW, WIDE, bare_picture, chart_picture, looks
from portal.files.picture import png_size, svg_to_png
from tests.unit.datasets.charts.conftest import dimension, text
from tests.unit.datasets.exports.conftest import imprint_for

SVG = "{http://www.w3.org/2000/svg}"
PALETTE = Path(__file__).parents[4] / "frontend/static/js/chart/palette.js"


@pytest.fixture
def dots():
    codes = {"00": "Riket", "01": "Testlän", **{f"{100 + n:04d}": f"Kommun {n}" for n in range(60)}}
    places = dimension("region", text("område"), codes, role=Role.GEO)
    values = np.r_[24.1, 25.5, np.linspace(12, 37, 60).round(1)]
    cube = Cube.of_values((places,), values, title=text("Mår bra"), unit=Unit(text("procent"), 1), source="Byrån")
    return build_chart(
        pass_through(cube), Selection(x="region", kind=Kind.DOTS, mark=("0107", "00")), lang="sv", about=About()
    )


@pytest.fixture
def charts(spec, births, hide, survey, dots):
    hidden = pass_through(hide(births, {"region": "0101", "age": "15-17"}))
    asked = pass_through(survey)
    in_2023 = {"round": ("2023",)}
    true = ShareOf("answer", ("3",))
    sample = About(is_sample=True)
    return {
        "line": spec,
        "lying": build_chart(hidden, Selection("age", Kind.BAR, "region", fixed={"year": ("2023",)}), lang="sv"),
        "upright": build_chart(
            hidden, Selection("year", Kind.BAR, "region", fixed={"age": ("15-17",)}), lang="sv"
        ),
        "sample": build_chart(
            asked, Selection("group", Kind.BAR, share=true, fixed=in_2023), lang="sv", about=sample
        ),
        "stacked": build_chart(
            asked, Selection("group", Kind.STACKED, "answer", share=ShareOf("answer"), fixed=in_2023), lang="sv"
        ),
        "dots": dots,
    }


KINDS = ("line", "lying", "upright", "sample", "stacked", "dots")


def said(svg: str) -> str:
    """Every word of a drawing, lines put together again."""
    return re.sub(r"\s+", " ", " ".join(ET.fromstring(svg).itertext()))


def lines_of(spec) -> list[int]:
    """How many points each line goes through."""
    return [
        course.count("L") + 1 for course in re.findall(r'<path d="(M[^"]*)" fill="none"', bare_picture(spec).svg)
    ]


def boxes(svg: str, width: float, height: float):
    """Texts that begin or end outside the paper."""
    for found in ET.fromstring(svg).iter(f"{SVG}text"):
        if "transform" not in found.attrib and "x" in found.attrib:
            yield float(found.attrib["x"]), float(found.attrib["y"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_drawn_with_its_words(charts, kind):
    chart = charts[kind]
    drawn = chart_picture(chart, imprint_for(chart, source="Byrån"))
    words = said(drawn.svg)
    for wanted in (chart.title, chart.sentence, chart.y.label, "Källa", "12 februari 2024"):
        assert wanted.replace("\xa0", " ") in words.replace("\xa0", " ")
    for series in chart.series:
        assert series.label in words
    png = svg_to_png(drawn.svg, width=drawn.width)
    assert png_size(png) == (2400, pytest.approx(2 * drawn.height, abs=2))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", [WIDE, BROAD, NARROW])
def test_nothing_is_drawn_beside_the_paper(charts, kind, paper):
    drawn = bare_picture(charts[kind], paper)
    for x, y in boxes(drawn.svg, drawn.width, drawn.height):
        assert -1 <= x <= drawn.width + 1
        assert 0 <= y <= drawn.height + 1
    assert drawn.height < 3000


def test_a_hidden_figure_is_hatched_and_told_and_draws_nothing(charts):
    svg = chart_picture(charts["lying"], imprint_for(charts["lying"])).svg
    assert svg.count('id="c-hidden"') == 1
    assert "15–17, Lilleby: visas inte: för få svar" in said(svg)
    line = chart_picture(charts["line"], imprint_for(charts["line"])).svg
    assert "url(#c-hidden)" in line


def test_a_line_is_not_drawn_over_a_gap_or_a_break(charts):
    spec = charts["line"]
    gap = next(series for series in spec.series if series.label == "Testlän")
    assert [point.value is None for point in gap.points] == [False, True, False]
    whole = replace(spec, series=(spec.series[2],), breaks=())
    assert lines_of(whole) == [3]
    assert lines_of(replace(whole, series=(gap,))) == [], "two lone points are no line"
    assert lines_of(replace(whole, breaks=(Cut(1, "Från 2022 räknas det på ett annat sätt."),))) == [2]


def test_grey_paper_tells_series_apart(charts):
    svg = bare_picture(charts["lying"]).svg
    assert svg.count("<pattern") >= len(charts["lying"].series) - 1
    dashes = re.findall(
        r'<path d="M[^"]*" fill="none" [^>]*stroke-dasharray="([^"]+)"', bare_picture(charts["line"]).svg
    )
    assert dashes == [looks.DASHES[2]]
    marks = {looks.SERIES[series.slot] for series in charts["line"].series}
    assert len(marks) == 3


def test_example_data_is_marked_in_the_picture(charts):
    svg = chart_picture(charts["line"], imprint_for(charts["line"])).svg
    assert said(svg).count("Exempeldata") == 2
    assert "Exempeldata" in said(bare_picture(charts["line"]).svg)


def test_those_who_cannot_see_it_hear_its_name_finding_and_figures(charts):
    root = ET.fromstring(bare_picture(charts["lying"]).svg)
    assert root.attrib["role"] == "img"
    named = {found.attrib.get("id"): found.text for found in root if found.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.attrib["aria-labelledby"].split() == list(named)
    assert charts["lying"].sentence.rstrip(".") in named["b-text"]
    assert "Lilleby: 15–17 visas inte: för få svar" in named["b-text"]


def test_two_drawings_on_a_page_share_no_names(charts):
    ids = [
        set(re.findall(r' id="([^"]+)"', bare_picture(charts["lying"], paper).svg)) for paper in (BROAD, NARROW)
    ]
    assert ids[0] and not ids[0] & ids[1]


def test_what_somebody_wrote_cannot_leave_its_place_in_the_drawing(charts):
    wild = '"><script>alert(1)</script>&\x00\x1b\u202e' + "x" * 500
    spec = replace(charts["lying"], title=wild, notes=(wild,), source=wild)
    series = tuple(replace(one, label=wild) for one in spec.series)
    root = ET.fromstring(
        chart_picture(replace(spec, series=series), imprint_for(spec, title=wild, notes=(wild,))).svg
    )
    assert {found.tag.removeprefix(SVG) for found in root.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "rect", "g", "circle", "path", "text", "tspan",
    }  # fmt: skip


def test_the_browser_and_the_server_draw_in_the_same_colours_and_dashes():
    script = PALETTE.read_text(encoding="utf-8")
    light = script[script.index("const LIGHT") : script.index("const DARK")]
    assert tuple(re.findall(r'"(#[0-9a-f]{6})"', light)) == (
        *looks.SERIES, looks.BACKGROUND, looks.INK, looks.SOFT, looks.GRID,
    )  # fmt: skip
    dashes = script[script.index("DASHES = [") : script.index("POINTS")]
    assert [found.replace(",", "") for found in re.findall(r"\[([\d, ]*)\]", dashes)] == list(looks.DASHES)


@pytest.mark.parametrize("count", [1, 2, 120])
def test_any_number_of_steps_fits(births, count):
    codes = {f"{2000 + n}": f"{2000 + n}" for n in range(count)}
    year = dimension("year", text("år"), codes, role=Role.TIME)
    cube = Cube.of_values((year,), np.arange(count) + 1.0, title=text("Långt"), unit=Unit(text("antal"), 0))
    for kind in (Kind.LINE, Kind.BAR):
        spec = build_chart(pass_through(cube), Selection("year", kind), lang="sv")
        drawn = chart_picture(spec, imprint_for(spec))
        ET.fromstring(drawn.svg)
        assert f">{2000 + count - 1}</text>" in drawn.svg


def test_figures_below_zero_hang_under_the_line():
    group = dimension("group", text("grupp"), {"a": "A", "b": "B"})
    cube = Cube.of_values((group,), [-5.0, 10.0], title=text("Netto"), unit=Unit(text("kronor"), 0))
    spec = build_chart(pass_through(cube), Selection("group", Kind.BAR), lang="sv")
    rects = [r.attrib for r in ET.fromstring(bare_picture(spec).svg).iter(f"{SVG}rect") if "stroke" in r.attrib]
    (low, high) = sorted(rects, key=lambda r: float(r["x"]))
    assert float(low["x"]) + float(low["width"]) == pytest.approx(float(high["x"]), abs=0.2)
