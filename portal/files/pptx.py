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
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from .pptx_charts import INK, Chart, Kind, Series, add_chart, clean

__all__ = ["Chart", "Kind", "Picture", "Series", "Slide", "Text", "presentation", "settled"]

_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_MARGIN = Inches(0.6)
_SOFT, _SUN = RGBColor(0x4D, 0x55, 0x4E), RGBColor(0xFC, 0xB8, 0x25)
_GREEN = RGBColor(0x12, 0x53, 0x35)
_TITLE_ONLY = 5
_HANG = 228_600
"""How far the words of a point stand from its bullet, in EMU: a quarter of an inch."""
_LONGEST_PROPERTY = 255
_MADE = (2000, 1, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


@dataclass(frozen=True)
class Text:
    """A line under the chart, or of a list; with ``url`` it is a link, as a heading the points below are of it."""

    text: str
    url: str = ""
    is_heading: bool = False


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
    listed: tuple[Text, ...] = ()

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
        texts = {name: tuple(Text(**line) for line in data[name]) for name in ("below", "body", "listed")}
        return cls(**{**data, **texts, "chart": chart, "picture": None})


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def presentation(slides: Sequence[Slide], *, title: str, lang: str = "sv") -> bytes:
    """The slides as one file, in the language ``lang``. The same slides give the same bytes."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDE, _HIGH
    deck.core_properties.title = clean(title)[:_LONGEST_PROPERTY]
    deck.core_properties.author = "Växtkraft"
    deck.core_properties.language = lang
    for slide in slides:
        _speak(_add(deck, slide), {"sv": "sv-SE", "en": "en-GB"}.get(lang, lang))
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue())


def _speak(page: Any, lang: str) -> None:
    """Say in which language the words are, for those who hear them; figures are then written as it does."""
    for tree in (page._element, page.notes_slide._element):
        for marks in tree.iter(qn("a:rPr"), qn("a:endParaRPr")):
            marks.set("lang", lang)
    for shape in page.shapes:
        if shape.has_chart:
            marks = parse_xml(f'<c:lang {nsdecls("c")} val="{lang}"/>')
            space = shape.chart._chartSpace
            space.insert(0 if space.find(qn("c:date1904")) is None else 1, marks)


def _add(deck: Any, slide: Slide) -> Any:
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    room = _WIDE - 2 * _MARGIN
    title = page.shapes.title
    _place(title, _MARGIN, Inches(0.78), room, Inches(1.0))
    _write(title.text_frame, [Text(slide.title)], size=_title_size(slide.title), bold=True, colour=_GREEN)
    title.text_frame.vertical_anchor, title.text_frame.paragraphs[0].alignment = MSO_ANCHOR.TOP, PP_ALIGN.LEFT
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
    lines = sum(1 + len(text.text) // 145 for text in slide.below)
    words = Inches(0.2 * lines + 0.1)
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
        _write(body.text_frame, slide.listed, size=_list_size(slide.listed), gap=6)
        _point(body.text_frame, slide.listed)
    below = page.shapes.add_textbox(_MARGIN, Emu(_HIGH - words - Inches(0.25)), room, words)
    _write(below.text_frame, slide.below, size=11, colour=_SOFT)
    page.notes_slide.notes_text_frame.text = clean(slide.notes)
    return page


def _add_picture(page: Any, picture: Picture, *, top: int, high: int) -> None:
    """As large as there is room for, in the middle."""
    shape = page.shapes.add_picture(io.BytesIO(picture.content), _MARGIN, top, height=high)
    room = _WIDE - 2 * _MARGIN
    if shape.width > room:
        shape.width, shape.height = Emu(room), Emu(int(shape.height * room / shape.width))
    shape.left = Emu((_WIDE - shape.width) // 2)
    shape._element.nvPicPr.cNvPr.set("descr", clean(picture.alternative))


def _title_size(title: str) -> int:
    return 28 if len(title) < 90 else 22 if len(title) < 170 else 17


def _list_size(lines: Sequence[Text]) -> int:
    """One size for all pages of a list; smaller only for a note that fills a page by itself."""
    return 18 if sum(1 + len(line.text) // 85 for line in lines) <= 12 else 14


def _point(frame: Any, lines: Sequence[Text]) -> None:
    """Bullets before the points, so that a screen reader counts them and long ones hang; headings in green."""
    for paragraph, line in zip(frame.paragraphs, lines, strict=True):
        if line.is_heading:
            paragraph.runs[0].font.bold, paragraph.runs[0].font.color.rgb = True, _GREEN
            continue
        marks = paragraph._p.get_or_add_pPr()
        marks.set("marL", str(_HANG))
        marks.set("indent", str(-_HANG))
        marks.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


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
