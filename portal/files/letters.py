"""Letters that invite by a personal code: one page each, for an envelope with a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from .pdf import pdf
from .qr import qr_svg

MOST_LETTERS = 500
"""Pages of one file: some ten seconds of work. A printer that is given more takes a table of addresses."""


@dataclass(frozen=True)
class LetterWords:
    """What every letter says, in the language ``lang``; the caller has it translated.

    ``body`` are the paragraphs before the code and ``after`` those behind it. ``support`` is whom to turn to, a
    line each. ``demo_mark`` is empty unless the round is an example.
    """

    lang: str
    title: str
    sender: str
    body: tuple[str, ...]
    scan: str
    short_link: str
    code_label: str
    after: tuple[str, ...]
    qr_description: str
    support_title: str
    support: tuple[str, ...]
    demo_mark: str = ""


@dataclass(frozen=True)
class Addressed:
    """Whom one letter goes to, line by line as on the envelope, and the code and the link that are theirs."""

    lines: tuple[str, ...]
    code: str
    link: str


def code_letters(words: LetterWords, letters: Sequence[Addressed]) -> bytes:
    """The letters as tagged PDF, A4, a page each and in the order given. Nothing of them is kept anywhere."""
    made = [
        {
            "lines": one.lines,
            "code": one.code,
            "qr": qr_svg(one.link, title=words.qr_description).decode(),
        }
        for one in letters
    ]
    return pdf("letters", {**asdict(words), "letters": made})
