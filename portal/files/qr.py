"""QR codes of links, for screens (SVG) and for print (PNG)."""

from __future__ import annotations

import io

import segno

_QUIET_ZONE = 4
"""Empty modules around the code; the standard asks for four, and phones fail on fewer."""
_LONGEST = 300
"""Bytes. More makes modules so small that a phone cannot read them from 8 cm of paper."""


def qr_svg(url: str, *, title: str, dark: str = "#000000") -> bytes:
    """The link as an SVG picture of any size, ``title`` being its name for those who cannot see it.

    Raises ValueError for a link that is empty or too long to be scanned from a wall.
    """
    out = io.BytesIO()
    _code(url).save(
        out, kind="svg", border=_QUIET_ZONE, dark=dark, light="#ffffff", title=title, omitsize=True, xmldecl=False
    )
    return out.getvalue()


def qr_png(url: str, *, side: int = 1000) -> bytes:
    """The link as a black and white PNG picture, at least ``side`` pixels wide and high.

    Raises ValueError for a link that is empty or too long to be scanned from a wall.
    """
    code = _code(url)
    modules = code.symbol_size(border=_QUIET_ZONE)[0]
    out = io.BytesIO()
    code.save(out, kind="png", border=_QUIET_ZONE, scale=-(-side // modules))
    return out.getvalue()


def _code(url: str) -> segno.QRCode:
    if not url.startswith(("https://", "http://")):
        raise ValueError("A QR code holds a whole link that starts with https://.")
    if len(url.encode()) > _LONGEST:
        raise ValueError("The link is too long for a QR code that a phone can read: shorten it.")
    return segno.make_qr(url, error="m")
