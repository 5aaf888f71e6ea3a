"""Documents for Word: real headings, lists, tables with header rows, and pictures that say what they show."""

from __future__ import annotations

import io
from base64 import b64decode
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from .document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Item,
    Paragraph,
    Photograph,
    Picture,
    Table,
    leads_to_picture,
)
from .picture import svg_to_png
from .pptx import settled
from .pptx_charts import clean

_GREEN, _SOFT = RGBColor(0x12, 0x53, 0x35), RGBColor(0x4D, 0x55, 0x4E)
_SUN, _SAND = "FCB825", "F6F0E5"
_WIDE = Cm(16)
_SHARP = 96
"""Pixels for an inch of a drawing that is 1200 wide: some 250 an inch on the page."""
_LONGEST_PROPERTY = 255


def document_docx(document: Document) -> bytes:
    """The document as a Word file. The same document gives the same bytes."""
    made = docx.Document()
    _set_up(made, document)
    above = made.add_paragraph()
    _words(above, document.above, is_soft=True)
    if document.mark:
        _words(above, "   ")
        _words(above, f" {document.mark} ", is_strong=True)
        _shade(above.runs[-1]._r.get_or_add_rPr(), _SUN)
    made.add_heading(clean(document.title), level=1)
    for place, block in enumerate(document.blocks):
        _add(made, block, is_kept=leads_to_picture(document.blocks[place:]))
    _foot(made.sections[0].footer.paragraphs[0], clean(document.title))
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _set_up(made: Any, document: Document) -> None:
    """Page, letters, language and title; Word reads the language from its style of running text."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    properties = made.core_properties
    properties.title, properties.author = clean(document.title)[:_LONGEST_PROPERTY], "Växtkraft"
    properties.language, properties.comments = document.lang, ""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    marks = OxmlElement("w:lang")
    marks.set(qn("w:val"), {"sv": "sv-SE", "en": "en-GB"}.get(document.lang, document.lang))
    normal.element.get_or_add_rPr().append(marks)
    for level in (1, 2, 3):
        style = made.styles[f"Heading {level}"]
        style.font.color.rgb, style.font.name = _GREEN, "Calibri"


def _foot(line: Any, title: str) -> None:
    """The title and the number of the page, which Word counts."""
    _words(line, f"{title}   ", is_soft=True)
    for part in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = line.add_run()
        run.font.size, run.font.color.rgb = Pt(9), _SOFT
        name, command = part
        if name:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), name)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = command
        run._r.append(mark)


def _shade(properties: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)


def _add(made: Any, block: Block, *, is_kept: bool) -> None:
    match block:
        case Heading():
            made.add_heading(clean(block.text), level=block.level)
        case Paragraph():
            line = made.add_paragraph()
            line.paragraph_format.keep_with_next = is_kept or None
            _words(line, block.text, is_strong=block.look == "strong", is_soft=block.look == "soft")
        case Facts():
            for label, said in block.facts:
                line = made.add_paragraph()
                line.paragraph_format.space_after = Pt(2)
                _words(line, f"{label}: ", is_strong=True)
                _words(line, said)
        case Bullets():
            for item in block.items:
                _bullet(made, item)
        case Table():
            _table(made, block)
        case Picture():
            _picture(made, svg_to_png(block.svg, width=block.width, ppi=_SHARP), _WIDE, block.description)
        case Photograph():
            _picture(made, b64decode(block.content), Mm(block.size()[0]), block.description)


def _words(line: Any, text: str, *, is_strong: bool = False, is_soft: bool = False) -> None:
    run = line.add_run(clean(text))
    run.bold = is_strong or None
    if is_soft:
        run.font.size, run.font.color.rgb = Pt(9), _SOFT


def _bullet(made: Any, item: Item) -> None:
    line = made.add_paragraph()
    # By its key: by name the library reads every style anew, half of the time that a long record takes.
    line._p.style = "ListBullet"
    _words(line, item.text)
    if item.beside:
        _words(line, f" {item.beside}", is_soft=True)


def _table(made: Any, block: Table) -> None:
    """A table whose first row is named as its header, and repeated where it goes over a page."""
    table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    head = table.rows[0]
    for cell, name in zip(head.cells, block.columns, strict=True):
        _words(cell.paragraphs[0], name, is_strong=True)
        _shade(cell._tc.get_or_add_tcPr(), _SAND)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(block.title))
    table._tbl.tblPr.append(caption)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)
    share = sum(block.widths)
    for made_row in table.rows:
        made_row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(made_row.cells, block.widths, strict=True):
            cell.width = int(_WIDE * width / share)
            for line in cell.paragraphs:
                line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(3)
    made.add_paragraph()


def _picture(made: Any, content: bytes, wide: int, description: str) -> None:
    drawn = made.add_picture(io.BytesIO(content), width=wide)
    drawn._inline.docPr.set("descr", clean(description))
