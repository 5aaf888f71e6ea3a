"""How wide a text is in Source Sans 3, so that it can be laid out without a browser."""

from __future__ import annotations

import re

_BOLD_FROM = 550
_TYPICAL = 0.5
_SPACE = re.compile(r"[ \t\r\n]+")
"""Not the space inside a number, where no line ends."""
_REGULAR = {
    20: " \u00a0", 25: "|',.:;ijIl’·", 29: "!f()[]{}", 31: "-", 34: "t/\\r", 42: '*?sz"”', 46: "xc",
    48: "vyJY–FL", 50: "#$+0123456789<=>^_aegk~åäéXV", 54: "ESÉATZ`houöÅÄü", 56: "bndpqCPR", 59: "KßB",
    62: "&DGU", 66: "HNOQÖ", 73: "wM", 80: "W—%", 84: "m@", 95: "…",
}  # fmt: skip
_BOLD = {
    20: " \u00a0", 28: "|',.:;ijIl’·", 33: "!f()[]{}-", 37: "t/\\", 39: "r", 45: '*?sz', 47: "xc–",
    51: 'vyJYFLeé"”_',
    52: "#$+0123456789<=>^a~åäg", 55: "ESÉXVTZ`oök", 56: "hubnüA", 57: "dpqÅÄC", 60: "KBPRß", 64: "DG&U",
    68: "HNOQÖ", 76: "wM", 81: "W—", 85: "%m@", 97: "…",
}  # fmt: skip


def _by_letter(widths: dict[int, str]) -> dict[str, float]:
    return {letter: width / 100 for width, letters in widths.items() for letter in letters}


_WIDTHS = {False: _by_letter(_REGULAR), True: _by_letter(_BOLD)}
"""Advance widths in ems, of plain and of bold letters; near enough to lay a line out by."""


def width_of(text: str, size: float, weight: int = 400) -> float:
    """The width of a text in the units of its size."""
    widths = _WIDTHS[weight >= _BOLD_FROM]
    return size * sum(widths.get(letter, _TYPICAL) for letter in text)


def wrapped(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """The text in lines no wider than the room; a word that is wider by itself is cut where the room ends."""
    lines: list[str] = []
    for word in _SPACE.split(text.strip()):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines += _cut(word, room, size, weight)
    return lines


def _cut(word: str, room: float, size: float, weight: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, weight) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
