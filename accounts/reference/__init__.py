"""Sweden's 290 municipalities and 21 counties, with Statistics Sweden's codes. Plain data, no Django.

Codes are text: ``"0186"`` is Lidingö, 186 is nothing. ``valid_from`` is the first day on which the present
code, name and county have applied together; None where that is before 1997, when the counties began to be
redrawn into today's. Gotland is both: the municipality 0980 and the region of county 09 are one organisation.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class County:
    """A county (län); its ``official_name`` is that of the region which governs health care there."""

    code: str
    name: str
    official_name: str
    valid_from: date | None


@dataclass(frozen=True)
class Municipality:
    """A municipality (kommun); its ``official_name`` has the right genitive: Falu kommun, Kalmar kommun."""

    code: str
    name: str
    county_code: str
    official_name: str
    valid_from: date | None

    @property
    def county(self) -> County:
        """The county it lies in."""
        return _counties()[self.county_code]


def municipalities(county_code: str | None = None) -> tuple[Municipality, ...]:
    """All municipalities by code, or those of one county."""
    return tuple(m for m in _municipalities().values() if county_code in (None, m.county_code))


def counties() -> tuple[County, ...]:
    """All counties by code."""
    return tuple(_counties().values())


def places_by_code() -> dict[str, str]:
    """Code to name of the country, its counties and its municipalities."""
    known = {"00": "Riket"}
    known.update((county.code, county.name) for county in counties())
    known.update((municipality.code, municipality.name) for municipality in municipalities())
    return known


def find_municipality(code: str) -> Municipality | None:
    """The municipality with this four-digit code, or None."""
    return _municipalities().get(code)


def find_county(code: str) -> County | None:
    """The county with this two-digit code, or None."""
    return _counties().get(code)


def find(code: str) -> Municipality | County | None:
    """The municipality or county with this code, or None; two digits are a county, four a municipality."""
    return find_municipality(code) or find_county(code)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _municipalities() -> Mapping[str, Municipality]:
    return {
        row["code"]: Municipality(
            code=row["code"],
            name=row["name"],
            county_code=row["county_code"],
            official_name=row["official_name"],
            valid_from=_day(row["valid_from"]),
        )
        for row in _rows("municipalities.csv")
    }


@cache
def _counties() -> Mapping[str, County]:
    return {
        row["code"]: County(
            code=row["code"],
            name=row["name"],
            official_name=row["official_name"],
            valid_from=_day(row["valid_from"]),
        )
        for row in _rows("counties.csv")
    }
