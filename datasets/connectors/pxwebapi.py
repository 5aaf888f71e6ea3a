"""PxWebApi of whichever version a source has a table in: 2, and where it is not there, 1."""

from __future__ import annotations

from dataclasses import replace

from .definition import Definition
from .errors import SourceError
from .keeping import Kept, Told
from .wanted import Connector, Fetched, Kind, Wanted


class PxWebApi:
    """Asks version 2 of the interface first, and version 1 where 2 has no such table or is no longer there.

    For that the table's path in version 1 must be known (``Wanted.older``), or be what was asked for. What a table
    was described by is what it is fetched by, and the definition tells which it was.
    """

    def __init__(self, newer: Connector, older: Connector) -> None:
        self._newer, self._older = newer, older
        self._by_older: set[str] = set()

    def describe(self, wanted: Wanted) -> Definition:
        """The table's words and variables."""
        path = _path_of(wanted)
        try:
            return self._newer.describe(wanted)
        except SourceError as trouble:
            if trouble.code != "missing" or not path:
                raise
            missing = trouble
        try:
            found = self._older.describe(_in_older(wanted, path))
        except SourceError as trouble:
            # Where neither has the table, what is told is that the one that was asked for lacks it.
            raise (missing if trouble.code in ("missing", "off", "shape") else trouble) from None
        self._by_older.add(path)
        return replace(found, interface=Kind.PXWEBAPI1)

    def fetch(self, wanted: Wanted, kept: Kept, told: Told) -> Fetched:
        """The chosen figures."""
        path = _path_of(wanted)
        if path not in self._by_older:
            try:
                return self._newer.fetch(wanted, kept, told)
            except SourceError as trouble:
                if trouble.code != "missing" or not path:
                    raise
            self.describe(wanted)
        return self._older.fetch(_in_older(wanted, path), kept, told)


def _path_of(wanted: Wanted) -> str:
    """The table's path in version 1; nothing where none is known."""
    name = wanted.ids[0] if len(wanted.ids) == 1 else ""
    return wanted.older or (name if "/" in name else "")


def _in_older(wanted: Wanted, path: str) -> Wanted:
    return replace(wanted, kind=Kind.PXWEBAPI1, ids=(path,))
