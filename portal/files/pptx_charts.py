"""PowerPoint's own charts: their figures lie in a sheet behind them and can be edited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

INK = RGBColor(0x1A, 0x24, 0x1F)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_PATTERNS = (
    None, MSO_PATTERN.WIDE_UPWARD_DIAGONAL, MSO_PATTERN.PERCENT_20, MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    MSO_PATTERN.NARROW_HORIZONTAL, MSO_PATTERN.NARROW_VERTICAL, MSO_PATTERN.LARGE_GRID,
    MSO_PATTERN.OUTLINED_DIAMOND,
)  # fmt: skip
_DASHES = (
    MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT, MSO_LINE.SQUARE_DOT, MSO_LINE.LONG_DASH,
    MSO_LINE.LONG_DASH_DOT, MSO_LINE.DASH_DOT_DOT,
)  # fmt: skip
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.X, XL_MARKER_STYLE.DASH, XL_MARKER_STYLE.PLUS,
)  # fmt: skip


class Kind(StrEnum):
    """How a native chart is drawn."""

    LINE = "line"
    COLUMNS = "columns"
    BARS = "bars"
    STACKED_COLUMNS = "stacked_columns"
    STACKED_BARS = "stacked_bars"
    DOTS = "dots"


@dataclass(frozen=True)
class Series:
    """A series of figures; None leaves a gap. ``slot`` chooses pattern, dash and marker.

    ``lows`` and ``highs`` are the ends of intervals. In a chart of dots ``values`` lie along the axis and
    ``heights`` over it; with ``is_line`` they are joined.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    slot: int = 0
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    heights: tuple[float, ...] = ()
    is_line: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of PowerPoint's own: its figures can be edited there. ``ticks`` is how its scale is numbered."""

    kind: Kind
    steps: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str
    number_format: str
    minimum: float
    maximum: float
    unit: float
    description: str
    ticks: str = ""


def add_chart(page: Any, chart: Chart, *, left: int, top: int, wide: int, high: int) -> None:
    """Put a chart on a page."""
    frame = page.shapes.add_chart(_TYPES[chart.kind], left, top, wide, high, _data(chart))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(chart.description))
    made = frame.chart
    made.font.size, made.font.color.rgb = Pt(14), INK
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    if chart.kind is Kind.DOTS:
        _scale(made.category_axis, chart)
        made.value_axis.visible = False
        made.value_axis.minimum_scale, made.value_axis.maximum_scale = 0, 1
        made.value_axis.has_major_gridlines = False
    else:
        _scale(made.value_axis, chart)
        made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        # The first step stands at the top, as in the table.
        if chart.kind in (Kind.BARS, Kind.STACKED_BARS):
            made.category_axis.reverse_order = True
            made.category_axis.crosses = XL_AXIS_CROSSES.MAXIMUM
    for drawn, series in zip(made.plots[0].series, chart.series, strict=True):
        _look(drawn, series, chart.kind)
    if chart.kind in (Kind.COLUMNS, Kind.BARS, Kind.STACKED_BARS, Kind.STACKED_COLUMNS):
        _label(made.plots[0], chart)


def _data(chart: Chart) -> Any:
    if chart.kind is Kind.DOTS:
        dots = XyChartData(number_format=chart.number_format)
        for series in chart.series:
            points = dots.add_series(clean(series.name))
            for value, height in zip(series.values, series.heights, strict=True):
                if value is not None:
                    points.add_data_point(value, height)
        return dots
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = [clean(step) for step in chart.steps]
    for series in chart.series:
        data.add_series(clean(series.name), series.values)
    return data


def _scale(axis: Any, chart: Chart) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = chart.minimum, chart.maximum, chart.unit
    axis.has_title = True
    axis.axis_title.text_frame.text = clean(chart.axis)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    axis.tick_labels.number_format = chart.ticks or chart.number_format
    axis.tick_labels.number_format_is_linked = False
    axis.major_gridlines.format.line.color.rgb = RGBColor(0xE3, 0xDA, 0xC9)
    axis.format.line.fill.background()


def _look(drawn: Any, series: Series, kind: Kind) -> None:
    colour = RGBColor.from_string(series.colour.lstrip("#").upper())
    if kind in (Kind.LINE, Kind.DOTS):
        line = drawn.format.line
        if kind is Kind.DOTS and not series.is_line:
            line.fill.background()
        else:
            line.color.rgb, line.width, line.dash_style = colour, Pt(2.5), _DASHES[series.slot]
        drawn.marker.style = XL_MARKER_STYLE.NONE if series.is_line else _MARKERS[series.slot]
        drawn.marker.size = 8
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour
        if kind is Kind.LINE:
            drawn.smooth = False
    elif (pattern := _PATTERNS[series.slot]) is None:
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = colour
    else:
        drawn.format.fill.patterned()
        drawn.format.fill.pattern = pattern
        drawn.format.fill.fore_color.rgb, drawn.format.fill.back_color.rgb = _WHITE, colour
        drawn.format.line.color.rgb = colour
    if any(end is not None for end in series.lows):
        _add_intervals(drawn, series)


def _label(plot: Any, chart: Chart) -> None:
    """Figures at the bars; an empty place stays empty."""
    plot.gap_width = 60
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = chart.number_format, False
    labels.show_value = True
    labels.font.size = Pt(12)
    if chart.kind in (Kind.STACKED_BARS, Kind.STACKED_COLUMNS):
        # On a light ground, since they stand on every colour.
        fill = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        ground = parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{fill}</c:spPr>")
        labels._element.find(qn("c:numFmt")).addnext(ground)


def _add_intervals(drawn: Any, series: Series) -> None:
    """Error bars of each figure's own, which the library has no words for: ECMA-376 part 1, 21.2.2.55."""
    ends = "".join(
        f'<c:{name}><c:numLit><c:ptCount val="{len(far)}"/>{_reaches(series.values, far)}</c:numLit></c:{name}>'
        for name, far in (("plus", series.highs), ("minus", series.lows))
    )
    kind = '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
    bars = parse_xml(f"<c:errBars {nsdecls('c')}>{kind}{ends}</c:errBars>")
    drawn._element.find(qn("c:cat")).addprevious(bars)


def _reaches(values: Sequence[float | None], ends: Sequence[float | None]) -> str:
    """How far the interval of each figure reaches from it."""
    return "".join(
        f'<c:pt idx="{place}"><c:v>{abs(end - value):g}</c:v></c:pt>'
        for place, (value, end) in enumerate(zip(values, ends, strict=True))
        if value is not None and end is not None
    )


_TYPES = {
    Kind.LINE: XL_CHART_TYPE.LINE_MARKERS,
    Kind.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Kind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.STACKED_COLUMNS: XL_CHART_TYPE.COLUMN_STACKED,
    Kind.STACKED_BARS: XL_CHART_TYPE.BAR_STACKED,
    Kind.DOTS: XL_CHART_TYPE.XY_SCATTER,
}


def clean(text: str) -> str:
    """A text as XML can hold it."""
    return _CONTROL.sub("", text)
