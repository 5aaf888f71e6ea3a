"""Why a file of people cannot be used: by a code and by columns' headings, never by a cell."""

from __future__ import annotations


class MicrodataError(Exception):
    """A file of people cannot be read or aggregated. ``code`` says why; ``about`` names headings and numbers."""

    def __init__(self, code: str, **about: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.about = about
