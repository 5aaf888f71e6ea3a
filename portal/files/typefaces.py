"""The letters that documents are set in, and what becomes of signs that they have no shape for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import typst

try:
    from fontpkg_source_sans_3 import ROOT as _SANS
except ModuleNotFoundError:  # The document is then set in the serif that Typst brings along.
    _SANS = None

NO_SHAPE = "□"
"""Stands for one or several signs in a row that no letter of ours shows; a Word file of the same text has them."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\uffff]")
_PLAIN = re.compile(r"[^\t\n -\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac\u2212]")
_PROBE = b"""#set document(title: "x")
#set text(font: ("Source Sans 3", "Libertinus Serif"))
#sys.inputs.sign"""


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Our own letters and those that Typst brings along; never the machine's, which differ."""
    paths = [] if _SANS is None else [_SANS / "files"]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def legible(data: Any) -> Any:
    """The data of a document with each of its texts as it can be set: composed, without signs that have no shape.

    A tagged PDF may hold no letter without a shape, and one smiling face in a note would cost the whole record.
    """
    if isinstance(data, str):
        return _legible(data)
    if isinstance(data, Mapping):
        return {key: legible(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [legible(value) for value in data]
    return data


def _legible(text: str) -> str:
    text = _UNSEEN.sub("", text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    shapeless = {sign for sign in set(_PLAIN.findall(text)) if not _has_shape(sign)}
    if not shapeless:
        return text
    # What joins or colours another sign has no place of its own.
    signs = "".join(map(re.escape, sorted(shapeless)))
    return re.sub(rf"[{signs}][{signs}\u200b-\u200f\s]*(?=[{signs}])[{signs}]|[{signs}]", NO_SHAPE, text)


@lru_cache(maxsize=4096)
def _has_shape(sign: str) -> bool:
    """Whether our letters show a sign: asked by setting it, some two milliseconds the first time."""
    compiler = typst.Compiler(input=_PROBE, font_paths=fonts(), sys_inputs={"sign": sign})
    try:
        compiler.compile(format="pdf", timestamp=0, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
