"""Kolada v3: key figures of municipalities and regions, by RKA.

Places have their own codes there: ``0000`` is the country, ``00NN`` a region, four digits a municipality and
``G…`` a group, whose figure is the plain mean of its members. Here they get the codes of every other source:
``00``, two digits for a county, four for a municipality.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from .asking import Asker, parsed
from .definition import Axis, Definition
from .errors import SourceError
from .expressions import expand
from .keeping import Kept, Piece, Told, collect, key_of
from .koladacubes import GENDERS, Kpi, cube_of
from .pace import Pace
from .wanted import Fetched, Wanted

MOST_IN_LIST = 25
PER_PAGE = 5000
MOST_PAGES = 400
FIRST_YEAR = 1990
_KPI = re.compile(r"[NU]\d{5}", re.IGNORECASE)
_AREA = re.compile(r"\d{4}|G\d{1,8}", re.IGNORECASE)
_COUNTY_GROUP = re.compile(r"(.+ län)s kommuner\s*\(ovägt medel\)", re.IGNORECASE)
_CALLS, _WINDOW = 10, 1.0
"""Kolada publishes no limits; more than this nobody needs."""


@dataclass(frozen=True)
class Places:
    """Every place by its usual code, with its name."""

    names: Mapping[str, str]

    def named(self, name: str) -> str | None:
        """The code of a county by its name."""
        wanted = name.casefold()
        return next(
            (code for code, own in self.names.items() if len(code) == 2 and own.casefold() == wanted), None
        )


class Kolada:
    """Kolada's key figures. ``places`` are code and name of the country, its counties and municipalities."""

    def __init__(self, asker: Asker, places: Mapping[str, str], today: Callable[[], date] = date.today) -> None:
        self._ask, self._places, self._today = asker, Places(places), today
        if asker.pace is None:
            asker.pace = Pace(_CALLS, _WINDOW, clock=asker.clock, sleep=asker.sleep)

    def describe(self, wanted: Wanted) -> Definition:
        """What Kolada says that the key figures are."""
        kpis = self._kpis(wanted)
        genders = tuple(GENDERS.items()) if any(kpi.by_gender for kpi in kpis) else (("T", GENDERS["T"]),)
        return Definition(
            title="; ".join(kpi.title for kpi in kpis),
            text="\n\n".join(kpi.text for kpi in kpis),
            units=tuple((kpi.id, kpi.unit) for kpi in kpis),
            axes=(
                Axis("kpi", "nyckeltal", "metric", tuple((kpi.id, kpi.title) for kpi in kpis), must_choose=True),
                Axis("municipality", "område", "geo", tuple(self._places.names.items()), must_choose=True),
                Axis("gender", "kön", "", genders, total="T"),
                Axis("period", "år", "time", tuple((year, year) for year in self._years()), must_choose=True),
            ),
            source=kpis[0].source,
            licence="",
        )

    def fetch(self, wanted: Wanted, kept: Kept, told: Told) -> Fetched:
        """The key figures for some places and years, at most 25 of each at a time, every page of each answer."""
        kpis = self._kpis(wanted)
        years = expand(Axis("period", "år", "time", tuple((y, y) for y in self._years())), self._time(wanted))
        areas = self._areas(wanted, kpis)
        state = [(kpi.id, kpi.title, kpi.published) for kpi in kpis]
        pieces = [
            Piece(key_of("kolada", state, *batch), lambda batch=batch: self._rows(*batch))  # type: ignore[misc]
            for batch in product(_batches([kpi.id for kpi in kpis]), _batches(list(areas)), _batches(list(years)))
        ]
        rows = [row for raw in collect(pieces, kept, told) for row in parsed(raw)]
        cube = cube_of(rows, kpis, areas, wanted.choice.get("gender", ()))
        return Fetched(cube, kpis[0].source)

    def _time(self, wanted: Wanted) -> Sequence[str]:
        return wanted.choice.get("period", ("top(12)",))

    def _years(self) -> list[str]:
        return [str(year) for year in range(FIRST_YEAR, self._today().year + 1)]

    def _kpis(self, wanted: Wanted) -> list[Kpi]:
        ids = list(dict.fromkeys(kpi.upper() for kpi in wanted.ids))
        for wanted_id in ids:
            if not _KPI.fullmatch(wanted_id):
                raise SourceError("missing", id=wanted_id)
        if not ids:
            raise SourceError("must_choose", dimension="kpi")
        found: dict[str, Kpi] = {}
        for batch in _batches(ids):
            for row in self._pages(f"kpi/{','.join(batch)}", {}):
                kpi = Kpi.read(row)
                found[kpi.id] = kpi
        for wanted_id in ids:
            if wanted_id not in found:
                raise SourceError("missing", id=wanted_id)
        return [found[wanted_id] for wanted_id in ids]

    def _areas(self, wanted: Wanted, kpis: Sequence[Kpi]) -> dict[str, tuple[str, str]]:
        """Kolada's code of each wanted place, with the usual code and the name.

        A figure that only municipalities have stands for a county as the plain mean of its municipalities.
        """
        asked = wanted.choice.get("municipality", ("*",))
        own = [code for code in asked if code.upper().startswith("G")]
        usual = [_usual(code) for code in asked if code not in own]
        axis = Axis("municipality", "område", "geo", tuple(self._places.names.items()))
        codes = expand(axis, usual) if usual else ()
        groups = self._county_groups() if any(k.of_municipalities for k in kpis) and _has_county(codes) else {}
        found: dict[str, tuple[str, str]] = {}
        for code in codes:
            at = groups.get(code) if code in groups else _koladas(code)
            found[str(at)] = (code, self._places.names[code])
        for code in own:
            if not _AREA.fullmatch(code):
                raise SourceError("no_category", dimension="område", category=code)
            found[code.upper()] = (code.upper(), code.upper())
        return found

    def _county_groups(self) -> dict[str, str]:
        """County code to the group of its municipalities, where Kolada has such a group."""
        found: dict[str, str] = {}
        for row in self._pages("municipality_groups", {"title": "läns kommuner"}):
            title, group = str(row.get("title") or ""), str(row.get("id") or "")
            match = _COUNTY_GROUP.fullmatch(title.strip())
            county = self._places.named(match.group(1)) if match and _AREA.fullmatch(group) else None
            if county is not None:
                found[county] = group
        return found

    def _rows(self, kpis: Sequence[str], areas: Sequence[str], years: Sequence[str]) -> bytes:
        path = f"data/kpi/{','.join(kpis)}/municipality/{','.join(areas)}/year/{','.join(years)}"
        return json.dumps(list(self._pages(path, {"per_page": str(PER_PAGE)}))).encode()

    def _pages(self, path: str, params: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The rows of every page of an answer. A page that was there already would never end."""
        seen: set[str] = set()
        following: str | None = path
        while following:
            if following in seen or len(seen) >= MOST_PAGES:
                raise SourceError("circle")
            seen.add(following)
            document = self._ask.get(following, params if following == path else None).document
            rows = document.get("values") if isinstance(document, dict) else None
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise SourceError("shape", part="values")
            if not rows:
                return
            yield from rows
            # Version 2 named it so; some proxies still do.
            following = document.get("next_url") or document.get("next_page") or None
            if following is not None and not isinstance(following, str):
                raise SourceError("shape", part="next_url")


def _usual(code: str) -> str:
    """The usual code of a place that may be written as Kolada writes it."""
    if code in ("0000", "riket"):
        return "00"
    return code[2:] if len(code) == 4 and code.startswith("00") else code


def _koladas(code: str) -> str:
    return "0000" if code == "00" else f"00{code}" if len(code) == 2 else code


def _has_county(codes: Sequence[str]) -> bool:
    return any(len(code) == 2 and code != "00" for code in codes)


def _batches(ids: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(ids[begin : begin + MOST_IN_LIST]) for begin in range(0, len(ids), MOST_IN_LIST)]
