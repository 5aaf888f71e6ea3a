"""A written document of a few kinds of block, set as tagged PDF and as a Word file that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from .pdf import pdf


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, or the third."""

    text: str
    level: int = 2
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """Words; soft ones say where something comes from, strong ones say the finding."""

    text: str
    look: str = "plain"
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Facts:
    """Short facts, each with its label."""

    facts: tuple[tuple[str, str], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Item:
    """A line of a list, with what is said beside it in softer letters."""

    text: str
    beside: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Item, ...]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True)
class Table:
    """Rows under column headings; the first cell of a row is its heading. ``widths`` are shares of the page."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, ``width`` units wide, and what it shows for those who cannot see it."""

    svg: str
    width: float
    description: str
    kind: str = field(default="picture", init=False)


Block = Heading | Paragraph | Facts | Bullets | Table | Picture


@dataclass(frozen=True)
class Document:
    """A titled document in the language ``lang``; ``mark`` says that it is a draft or an example, or nothing."""

    lang: str
    title: str
    above: str
    mark: str
    blocks: Sequence[Block]


def document_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1, A4. The same document gives the same bytes."""
    return pdf("document", asdict(document))
