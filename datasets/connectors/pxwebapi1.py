"""PxWebApi 1, the older interface: for sources, or tables, that version 2 does not serve."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .asking import Asker, parsed
from .definition import Axis, Definition
from .errors import SourceError
from .joining import grouped
from .keeping import Kept, Told
from .pace import Pace
from .pxtables import Table, cube_of, fetch_table, identifier
from .wanted import Fetched, Wanted

_MOST_CELLS, _CALLS, _WINDOW = 100_000, 10, 10.0
_TIME = re.compile(r"(tid|år|year|time|month|månad|quarter|kvartal)", re.IGNORECASE)
_GEO = re.compile(r"(region|kommun|län|area)", re.IGNORECASE)


class PxWebApi1:
    """A source that speaks PxWebApi 1. A table is named by its path: ``BE/BE0101/BE0101A/BefolkningNy``."""

    def __init__(self, asker: Asker, source: str = "SCB", licence: str = "") -> None:
        self._ask, self._source, self._licence = asker, source, licence
        self._config: Mapping[str, Any] | None = None

    def describe(self, wanted: Wanted) -> Definition:
        """The table's title and variables."""
        return self._table(wanted).definition

    def fetch(self, wanted: Wanted, kept: Kept, told: Told) -> Fetched:
        """The chosen figures, asked for in pieces within the source's limit of values."""
        table = self._table(wanted)
        cube = fetch_table(table, wanted, self._most(), kept, told)
        return Fetched(grouped(cube, wanted.groups, wanted.lang), self._source, self._licence)

    def config(self) -> Mapping[str, Any]:
        """The source's limits; version 1 need not tell them, and then SCB's published ones hold."""
        if self._config is None:
            try:
                found = self._ask.get("", {"config": ""}).document
            except SourceError as trouble:
                if trouble.passes:
                    raise
                found = {}
            self._config = found if isinstance(found, dict) else {}
            self._ask.pace = Pace(
                _number(self._config.get("maxCalls"), _CALLS),
                _number(self._config.get("timeWindow"), int(_WINDOW)),
                clock=self._ask.clock,
                sleep=self._ask.sleep,
            )
        return self._config

    def _most(self) -> int:
        config = self.config()
        return min(_number(config.get(key), _MOST_CELLS) for key in ("maxValues", "maxCells"))

    def _table(self, wanted: Wanted) -> Table:
        self.config()
        name = identifier(wanted)
        definition = _definition(self._ask.get(name).document, self._source, self._licence)

        def ask(choice: Mapping[str, tuple[str, ...]]) -> bytes:
            filters = {code: _filter(wanted.codelists.get(code, "")) for code in choice}
            query = [
                {"code": code, "selection": {"filter": filters[code], "values": list(codes)}}
                for code, codes in choice.items()
            ]
            return self._ask.post(name, {"query": query, "response": {"format": "json-stat2"}}).raw

        return Table(name, definition, ask, lambda raw: cube_of(parsed(raw), wanted.lang))


def _filter(codelist: str) -> str:
    """How version 1 names what version 2 calls a codelist."""
    kind, _line, name = codelist.partition("_")
    return f"{kind}:{name}" if kind in ("agg", "vs") and name else "item"


def _definition(document: Any, source: str, licence: str) -> Definition:
    if isinstance(document, list):
        raise SourceError("shape", part="a folder of tables, not a table")
    try:
        axes = tuple(_axis(variable) for variable in document["variables"])
        return Definition(title=str(document["title"]), axes=axes, source=source, licence=licence)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SourceError("shape", part="variables") from None


def _axis(variable: Mapping[str, Any]) -> Axis:
    code, values = str(variable["code"]), [str(value) for value in variable["values"]]
    texts = [str(text) for text in variable.get("valueTexts") or values]
    is_time = variable.get("time") is True or bool(_TIME.fullmatch(code))
    role = "time" if is_time else "metric" if code == "ContentsCode" else "geo" if _GEO.fullmatch(code) else ""
    return Axis(
        code=code,
        label=str(variable.get("text") or code),
        role=role,
        categories=tuple(zip(values, texts, strict=True)),
        must_choose=variable.get("elimination") is not True,
    )


def _number(found: object, otherwise: int) -> int:
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else otherwise
