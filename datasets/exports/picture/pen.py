"""Writing SVG: shapes and texts with their attributes escaped, patterns only where they are used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from . import looks
from .letters import width_of

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text as XML can hold it."""
    return escape(_FORBIDDEN.sub("", text))


class Pen:
    """What has been drawn so far. ``key`` keeps the names of this drawing apart from others on a page."""

    def __init__(self, key: str = "") -> None:
        self.key = key
        self.parts: list[str] = []
        self.patterns: dict[str, str] = {}

    def fill(self, slot: int) -> str:
        """The fill of an area in the colour and pattern of a slot."""
        if slot == 0:
            return looks.SERIES[0]
        return self._pattern(f"p{slot}", looks.SERIES[slot], looks.BACKGROUND, slot)

    def hatching(self) -> str:
        """The fill that stands for a figure that is not shown."""
        return self._pattern("hidden", looks.BACKGROUND, looks.SOFT, 1)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: str, width: float = 1, dash: str = ""
    ) -> None:
        """A straight line."""
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{colour}" stroke-width="{_n(width)}"{more}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], *, colour: str, width: float, dash: str = "") -> None:
        """A line through points."""
        course = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        more = f' stroke-dasharray="{dash}"' if dash else ""
        look = f'fill="none" stroke="{colour}" stroke-width="{_n(width)}" stroke-linejoin="round"'
        self.parts.append(f'<path d="M{course}" {look}{more}/>')

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: str,
        edge: str = "",
        says: str = "",
        opacity: float = 1,
        radius: float = 0,
    ) -> None:
        """A rectangle; ``says`` is its name for those who cannot see it, and for whoever points at it."""
        more = f' stroke="{edge}"' if edge else ""
        more += f' fill-opacity="{opacity}"' if opacity < 1 else ""
        more += f' rx="{_n(radius)}"' if radius else ""
        size = f'width="{_n(max(wide, 0))}" height="{_n(max(high, 0))}"'
        shape = f'<rect x="{_n(x)}" y="{_n(y)}" {size} fill="{fill}"{more}'
        self.parts.append(f"{shape}><title>{clean(says)}</title></rect>" if says else f"{shape}/>")

    def mark(self, x: float, y: float, slot: int, size: float = 5, says: str = "") -> None:
        """A point in the shape and colour of a slot."""
        colour = looks.SERIES[slot]
        shape = _SHAPES[slot]
        look = f'stroke="{colour}" stroke-width="2" fill="{"none" if shape in _OPEN else colour}"'
        scaled = f'<path transform="translate({_n(x)} {_n(y)}) scale({_n(size / 5)})" d="{shape}" {look}'
        self.parts.append(f"{scaled}><title>{clean(says)}</title></path>" if says else f"{scaled}/>")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        weight: int = 400,
        colour: str = looks.INK,
        anchor: str = "start",
        halo: bool = False,
    ) -> None:
        """One line of text whose baseline is at ``y``."""
        more = "" if anchor == "start" else f' text-anchor="{anchor}"'
        more += f' stroke="{looks.BACKGROUND}" stroke-width="4" paint-order="stroke"' if halo else ""
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" {weighed(weight)} fill="{colour}"{more}>'
            f"{clean(text)}</text>"
        )

    def lines(
        self, x: float, y: float, lines: Sequence[str], *, size: float, weight: int = 400, colour: str = looks.INK
    ) -> float:
        """Lines of text under one another as one text; gives where the next thing can stand."""
        leading = size * 1.35
        spans = "".join(
            f'<tspan x="{_n(x)}" y="{_n(y + size + n * leading)}">{clean(line)} </tspan>'
            for n, line in enumerate(lines)
        )
        if lines:
            self.parts.append(f'<text font-size="{_n(size)}" {weighed(weight)} fill="{colour}">{spans}</text>')
        return y + len(lines) * leading

    def label(self, x: float, y: float, text: str, *, size: float) -> None:
        """A word on a sunny ground, ending at ``x``: the mark of example data."""
        wide = width_of(text, size, 700) + size
        self.box(x - wide, y, wide, size * 1.6, fill=looks.SUN)
        self.text(x - size / 2, y + size * 1.15, text, size=size, weight=700, anchor="end")

    def across(self, x: float, y: float, text: str, *, size: float) -> None:
        """A large faint word across the drawing."""
        self.parts.append(
            f'<text transform="translate({_n(x)} {_n(y)}) rotate(-22)" font-size="{_n(size)}" {weighed(700)} '
            f'fill="{looks.INK}" fill-opacity="0.07" text-anchor="middle">{clean(text)}</text>'
        )

    def drawing(self, wide: float, high: float, *, title: str, text: str) -> str:
        """The whole drawing, with its name and description for those who cannot see it."""
        sized = f'width="{_n(wide)}" height="{_n(high)}"'
        named = f'role="img" aria-labelledby="{self.key}title {self.key}text"'
        defined = f"<defs>{''.join(self.patterns.values())}</defs>" if self.patterns else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {sized} viewBox="0 0 {_n(wide)} {_n(high)}" {named} '
            f"font-family={quoteattr(looks.FONT)}>"
            f'<title id="{self.key}title">{clean(title)}</title><desc id="{self.key}text">{clean(text)}</desc>'
            f'{defined}<rect {sized} fill="{looks.BACKGROUND}"/>{"".join(self.parts)}</svg>'
        )

    def _pattern(self, name: str, ground: str, ink: str, slot: int) -> str:
        name = f"{self.key}{name}"
        if slot == looks.DOTTED:
            drawn = f'<g fill="{ink}"><circle cx="2.5" cy="2.5" r="1.4"/><circle cx="7.5" cy="7.5" r="1.4"/></g>'
        else:
            drawn = f'<path d="{looks.PATTERNS[slot]}" stroke="{ink}" stroke-width="1.5" fill="none"/>'
        self.patterns[name] = (
            f'<pattern id="{name}" width="{looks.TILE}" height="{looks.TILE}" patternUnits="userSpaceOnUse">'
            f'<rect width="{looks.TILE}" height="{looks.TILE}" fill="{ground}"/>{drawn}</pattern>'
        )
        return f"url(#{name})"


_OPEN = {"M-5 0H5M0 -5V5M-4 -4L4 4M4 -4L-4 4", "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5", "M-5 0H5M0 -5V5"}
_SHAPES = (
    "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",
    "M-4.4 -4.4H4.4V4.4H-4.4Z",
    "M0 -5.4L5 4H-5Z",
    "M0 -6L6 0L0 6L-6 0Z",
    "M-5 0H5M0 -5V5M-4 -4L4 4M4 -4L-4 4",
    "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5",
    "M-2 -4.6H2A2.6 2.6 0 0 1 4.6 -2V2A2.6 2.6 0 0 1 2 4.6H-2A2.6 2.6 0 0 1 -4.6 2V-2A2.6 2.6 0 0 1 -2 -4.6Z",
    "M-5 0H5M0 -5V5",
)
"""Circle, square, triangle, diamond, star, cross, rounded square, plus: one for each slot."""


def weighed(weight: int) -> str:
    """The weight of letters, told in both of the ways that programs understand of a variable font."""
    return f'font-weight="{weight}" font-variation-settings="\'wght\' {weight}"'


def _n(number: float) -> str:
    """A number as short as it can be written: a tenth of a pixel is more than anybody sees."""
    return f"{round(number, 1) + 0:.1f}".removesuffix(".0")
