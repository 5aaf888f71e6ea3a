"""A written document of a few kinds of block, set as tagged PDF and as a Word file that can be edited."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .pdf import pdf
from .photo import photo_size


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


@dataclass(frozen=True)
class Photograph:
    """A JPEG or PNG in base 64, and what it shows for those who cannot see it."""

    content: str
    description: str
    kind: str = field(default="photograph", init=False)

    @property
    def address(self) -> str:
        """The photograph as an address that holds it, for a page."""
        return f"data:{self.content_type};base64,{self.content}"

    @property
    def content_type(self) -> str:
        """What the bytes are."""
        return "image/png" if self.content.startswith(_PNG) else "image/jpeg"

    def size(self) -> tuple[float, float]:
        """How wide and high it stands on a page, in millimetres: never coarse, never over a page's half."""
        wide, high = photo_size(b64decode(self.content))
        shrunk = min(_A_PIXEL, _WIDEST / wide, _HIGHEST / high)
        return wide * shrunk, high * shrunk


_PNG = "iVBORw0KGgo"
_A_PIXEL = 25.4 / 110
_WIDEST, _HIGHEST = 160.0, 110.0

Block = Heading | Paragraph | Facts | Bullets | Table | Picture | Photograph


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
    blocks = [
        {**_plain(block), "is_kept": leads_to_picture(document.blocks[place:])}
        for place, block in enumerate(document.blocks)
    ]
    return pdf("document", {**asdict(document), "blocks": blocks})


def leads_to_picture(blocks: Sequence[Block]) -> bool:
    """Whether the first block is a line over a picture, which stays on the picture's page."""
    following = next((one for one in blocks[1:] if not isinstance(one, Paragraph)), None)
    return isinstance(blocks[0], Paragraph) and isinstance(following, Picture | Photograph)


def _plain(block: Block) -> dict[str, Any]:
    """A block as the template reads it: a photograph inside a drawing, since JSON holds no bytes."""
    if not isinstance(block, Photograph):
        return asdict(block)
    wide, high = block.size()
    inside = f'<image width="{wide:.2f}" height="{high:.2f}" href="{block.address}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.2f} {high:.2f}">{inside}</svg>'
    return {"kind": block.kind, "svg": svg, "width": wide, "description": block.description}
