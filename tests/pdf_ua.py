"""Whether a PDF can be read aloud: what PDF/UA-1 (ISO 14289-1) asks of a file and a machine can look for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

_DRAWS = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
_CELLS = {"/TH", "/TD"}


@dataclass(frozen=True)
class Tag:
    """An element of the tree of tags: what it is, its text alternative and the elements inside it."""

    name: str
    alternative: str
    element: Any
    inside: tuple[Tag, ...]


def opened(content: bytes) -> pikepdf.Pdf:
    """A PDF to look into."""
    return pikepdf.open(io.BytesIO(content))


def tree_of(pdf: pikepdf.Pdf) -> tuple[Tag, ...]:
    """The tags at the top, each with those inside it."""
    return tuple(_tags(pdf.Root.StructTreeRoot.K))


def tags_of(pdf: pikepdf.Pdf) -> Iterator[Tag]:
    """Every tag in order of reading."""
    yield from _all(tree_of(pdf))


def check_reads_aloud(content: bytes, *, title: str, lang: str = "sv") -> pikepdf.Pdf:
    """Fail where the file keeps something from those who hear it; gives it back opened."""
    pdf = opened(content)
    _check_names_itself(pdf, title, lang)
    tags = list(tags_of(pdf))
    for tag in tags:
        _check_tag(tag)
    _check_headings([tag.name for tag in tags])
    for number, page in enumerate(pdf.pages, start=1):
        _check_page(page, number)
    return pdf


def _check_names_itself(pdf: pikepdf.Pdf, title: str, lang: str) -> None:
    root = pdf.Root
    assert bool(root.MarkInfo.Marked), "The file does not say that it is tagged."
    assert str(root.Lang) == lang, "The file is in another language than its words."
    assert bool(root.ViewerPreferences.DisplayDocTitle), "A window shows the file's name and not its title."
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1", "The file does not call itself PDF/UA-1."
        assert metadata["dc:title"] == title


def _check_tag(tag: Tag) -> None:
    names = {one.name for one in tag.inside}
    if tag.name == "/Figure":
        assert tag.alternative.strip(), "A picture has no words for those who do not see it."
    elif tag.name == "/TH":
        attributes = tag.element.get("/A")
        known = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
        assert any(one is not None and "/Scope" in one for one in known), "A heading cell does not say of what."
    elif tag.name == "/L":
        assert names <= {"/LI", "/L", "/Caption"}, "A list holds something else than its points."
    elif tag.name == "/LI":
        assert "/LBody" in names, "A point of a list says nothing."
    elif tag.name == "/TR":
        assert names <= _CELLS, "A row holds something else than cells."
    elif tag.name == "/Table":
        rows = [one for one in _all(tag.inside) if one.name == "/TR"]
        assert len({len(row.inside) for row in rows}) == 1, "The rows of a table are not of one length."
        assert all(cell.name == "/TH" for cell in rows[0].inside), "A table has no heading row."


def _check_headings(names: list[str]) -> None:
    levels = [int(name[2:]) for name in names if name[:2] == "/H" and name[2:].isdigit()]
    assert levels and levels[0] == 1, "The first heading is not of the first level."
    for above, below in pairwise(levels):
        assert below <= above + 1, f"A heading of level {below} stands under one of level {above}."


def _check_page(page: pikepdf.Page, number: int) -> None:
    """Everything drawn is tagged or named as decoration; all letters are in the file, and can be read out."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            named = str(operands[0])
            depth += 1
            is_tagged = named == "/Artifact" or depth > 1 or "/MCID" in operands[-1]
            assert is_tagged, f"Page {number}: {named} is in no tag."
        elif name == "EMC":
            depth -= 1
        elif name in _DRAWS:
            assert depth > 0, f"Page {number}: something is drawn ({name}) and in no tag."
    assert depth == 0
    for font in page.Resources.get("/Font", {}).values():
        assert "/ToUnicode" in font, f"Page {number}: letters that cannot be read out."
        for inner in font.get("/DescendantFonts", [font]):
            files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())
            assert files, f"Page {number}: letters that are not in the file."


def _tags(kids: Any) -> Iterator[Tag]:
    if isinstance(kids, pikepdf.Array):
        for one in kids:
            yield from _tags(one)
    elif isinstance(kids, pikepdf.Dictionary):
        inside = tuple(_tags(kids.K)) if "/K" in kids else ()
        if "/S" in kids:
            yield Tag(str(kids.S), str(kids.get("/Alt", "")), kids, inside)
        else:
            yield from inside


def _all(tags: tuple[Tag, ...]) -> Iterator[Tag]:
    for tag in tags:
        yield tag
        yield from _all(tag.inside)
