"""Pictures drawn as SVG, made into PNG without a browser."""

from __future__ import annotations

import struct

from .pdf import png_pages

_SHARP = 144
"""Pixels an inch; a point is 1/72 inch, so that every unit of the drawing becomes two pixels."""


def svg_to_png(svg: str, *, width: float, ppi: float = _SHARP) -> bytes:
    """The drawing as a PNG, at twice its size if nothing else is said, set in our own letters.

    Raises DocumentError for what is no SVG, or refers to anything outside itself: nothing is fetched.
    """
    return png_pages("picture", {"svg": svg, "width": width}, ppi=ppi)[0]


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
