"""Slides with charts that can be edited: a title, a native chart, words below it, notes for whoever speaks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Emu, Inches, Pt

from .pptx_charts import INK, Chart, Kind, Series, add_chart, clean

__all__ = ["Chart", "Kind", "Picture", "Series", "Slide", "Text", "presentation", "settled"]

_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.6)
_SOFT, _SUN = RGBColor(0x4D, 0x55, 0x4E), RGBColor(0xFC, 0xB8, 0x25)
_TITLE_ONLY = 5
_LONGEST_PROPERTY = 255
_MADE = (2000, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


@dataclass(frozen=True)
class Text:
    """A line under the chart; with ``url`` it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Picture:
    """A JPEG or PNG with the words for those who do not see it."""

    content: bytes
    alternative: str


@dataclass(frozen=True)
class Slide:
    """One slide: small words above, the finding as title, the chart, lines below and what the speaker reads.

    Without a chart there may be a picture, ``body`` are words in its place, and ``listed`` the points of a list.
    """

    above: str
    title: str
    mark: str
    chart: Chart | None
    below: tuple[Text, ...]
    notes: str
    body: tuple[Text, ...] = ()
    picture: Picture | None = None
    listed: tuple[str, ...] = ()

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Slide:
        """The slide that `dataclasses.asdict` took apart, also after a way through JSON; without its picture."""
        chart = data["chart"]
        if chart is not None:
            series = tuple(
                Series(**{name: _held(value) for name, value in one.items()}) for one in chart["series"]
            )
            steps = tuple(chart["steps"])
            chart = Chart(**{**chart, "kind": Kind(chart["kind"]), "series": series, "steps": steps})
        texts = {name: tuple(Text(**line) for line in data[name]) for name in ("below", "body")}
        listed = tuple(data["listed"])
        return cls(**{**data, **texts, "chart": chart, "listed": listed, "picture": None})


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def presentation(slides: Sequence[Slide], *, title: str) -> bytes:
    """The slides as one file. The same slides give the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDE, _HIGH
    deck.core_properties.title = clean(title)[:_LONGEST_PROPERTY]
    deck.core_properties.author = "Växtkraft"
    for slide in slides:
        _add(deck, slide)
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue())


def _add(deck: Any, slide: Slide) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    room = _WIDE - 2 * _MARGIN
    _place(page.shapes.title, _MARGIN, Inches(0.72), room, Inches(1.0))
    _write(page.shapes.title.text_frame, [Text(slide.title)], size=_title_size(slide.title), bold=True)
    above = page.shapes.add_textbox(_MARGIN, Inches(0.3), room - Inches(2.2), Inches(0.4))
    _write(above.text_frame, [Text(slide.above)], size=14, colour=_SOFT)
    if slide.mark:
        label = page.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, _WIDE - _MARGIN - Inches(2), Inches(0.3), Inches(2), Inches(0.4)
        )
        label.fill.solid()
        label.fill.fore_color.rgb = _SUN
        label.line.fill.background()
        _write(label.text_frame, [Text(slide.mark)], size=14, bold=True)
    lines = sum(1 + len(text.text) // 150 for text in slide.below)
    words = Inches(0.19 * lines + 0.1)
    top = Emu(Inches(1.8))
    if slide.chart is not None:
        high = Emu(_HIGH - top - words - Inches(0.3))
        add_chart(page, slide.chart, left=_MARGIN, top=top, wide=Emu(room), high=high)
    if slide.body:
        body = page.shapes.add_textbox(_MARGIN, top, room, Inches(1.2))
        _write(body.text_frame, slide.body, size=22)
        top = Emu(top + Inches(1.3))
    if slide.picture is not None:
        _add_picture(page, slide.picture, top=top, high=Emu(_HIGH - top - words - Inches(0.3)))
    if slide.listed:
        body = page.shapes.add_textbox(_MARGIN, top, room, Emu(_HIGH - top - words - Inches(0.3)))
        _write(
            body.text_frame, [Text(f"•  {line}") for line in slide.listed], size=_list_size(slide.listed), gap=8
        )
    below = page.shapes.add_textbox(_MARGIN, Emu(_HIGH - words - Inches(0.25)), room, words)
    _write(below.text_frame, slide.below, size=10, colour=_SOFT)
    page.notes_slide.notes_text_frame.text = clean(slide.notes)


def _add_picture(page: Any, picture: Picture, *, top: int, high: int) -> None:
    """As large as there is room for, in the middle."""
    shape = page.shapes.add_picture(io.BytesIO(picture.content), _MARGIN, top, height=high)
    room = _WIDE - 2 * _MARGIN
    if shape.width > room:
        shape.width, shape.height = Emu(room), Emu(int(shape.height * room / shape.width))
    shape.left = Emu((_WIDE - shape.width) // 2)
    shape._element.nvPicPr.cNvPr.set("descr", clean(picture.alternative))


def _title_size(title: str) -> int:
    return 28 if len(title) < 110 else 22 if len(title) < 200 else 17


def _list_size(lines: Sequence[str]) -> int:
    rows = sum(1 + len(line) // 85 for line in lines)
    return 22 if rows <= 8 else 18 if rows <= 11 else 14


def _place(shape: Any, left: int, top: int, wide: int, high: int) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(wide), Emu(high)


def _write(
    frame: Any, lines: Sequence[Text], *, size: int, bold: bool = False, colour: RGBColor = INK, gap: int = 0
) -> None:
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if gap:
            paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = clean(line.text)
        run.font.size, run.font.bold = Pt(size), bold
        if line.url.startswith(("https://", "http://")):
            run.hyperlink.address = line.url
        else:
            run.font.color.rgb = colour


def settled(content: bytes) -> bytes:
    """The package, and those inside it, without the moment at which they were made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = settled(part)
            elif name == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part)
            new.writestr(zipfile.ZipInfo(name, _MADE), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
