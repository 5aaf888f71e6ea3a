"""What can be wrong with a file of counts, in words for the one who made it."""

from __future__ import annotations

from collections.abc import Iterable

MOST_NAMED = 5


class BadFile(Exception):
    """A file or an argument that cannot be used as it is.

    ``text`` says what happened and what to do; ``code`` names the kind of problem and ``cells`` the places it
    concerns, by their codes. No figure is told.
    """

    def __init__(self, code: str, text: str, cells: Iterable[str] = ()) -> None:
        self.code = code
        self.cells = tuple(cells)
        self.text = text.format(cells=in_words(self.cells)) if self.cells else text
        super().__init__(self.text)


def in_words(names: Iterable[str]) -> str:
    """The first few of some names, and how many more there are."""
    listed = list(names)
    shown = ", ".join(listed[:MOST_NAMED])
    return f"{shown} and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else shown
