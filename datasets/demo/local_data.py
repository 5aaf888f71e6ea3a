"""Local data sets of the demo's fictional county, as the CSV files that its departments would hand in.

The figures are drawn from a fixed seed around invented rates. Files look as they do in real life: semicolons,
Windows line ends, a byte order mark or an older encoding. Plain Python and numpy, no Django.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from accounts.reference.demo import DEMO_COUNTY, DEMO_MUNICIPALITIES, DemoMunicipality
from datasets.cubes import LocalText

DESCRIPTIONS = Path(__file__).resolve().parent / "descriptions.json"
SEED = 20_251_231
YEARS = range(2019, 2026)
TERMS = tuple(f"{part} {year}" for year in range(2022, 2026) for part in ("VT", "HT"))
CLOSED = {2020: 0.45, 2021: 0.65}  # what was left of visits while much was shut

Row = tuple[str | int, ...]


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading, what it holds (time, geo, dimension, label, measure), its name."""

    heading: str
    role: str
    name: LocalText
    summable: bool


@dataclass(frozen=True)
class LocalDataSet:
    """A data set with the words it is registered with, and its file. ``tenant_code`` says whose it is.

    ``department`` is the owning department's name, ``fit_for`` the uses 1 measure, 2 explore, 3 follow up.
    """

    key: str
    tenant_code: str
    department: str
    title: LocalText
    description: LocalText
    how_to_read: LocalText
    does_not_say: LocalText
    unit: LocalText
    measures: str
    fit_for: tuple[int, ...]
    sensitivity: str
    polarity: str
    definition: LocalText
    factors: tuple[str, ...]
    themes: tuple[str, ...]
    notes: tuple[LocalText, ...]
    source: LocalText
    filename: str
    encoding: str
    columns: tuple[Column, ...]
    csv: bytes
    is_synthetic: bool = True

    @property
    def separator(self) -> str:
        """What stands between the values of a row."""
        return ";"


def local_data_sets() -> tuple[LocalDataSet, ...]:
    """All local data sets of the demo: four for each municipality and two for the region. Always the same."""
    described = _described()
    found = [
        _data_set(data, demo.municipality.code, ROWS[data["key"]](demo, _rng(data["key"], demo.municipality.code)))
        for demo in DEMO_MUNICIPALITIES
        for data in described["municipal"]
    ]
    found += [_data_set(data, DEMO_COUNTY.code, REGIONAL_ROWS[data["key"]]()) for data in described["regional"]]
    return tuple(found)


@cache
def _described() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(DESCRIPTIONS.read_text(encoding="utf-8"))
    return data


def _data_set(data: Mapping[str, Any], tenant_code: str, rows: Iterable[Row]) -> LocalDataSet:
    columns = tuple(Column(**column) for column in data["columns"])
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.heading for column in columns)
    writer.writerows(rows)
    words: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return LocalDataSet(
        **{**words, "columns": columns}, tenant_code=tenant_code, csv=text.getvalue().encode(data["encoding"])
    )


def _rng(key: str, code: str) -> np.random.Generator:
    return np.random.default_rng([SEED, int(code), *key.encode()])


def _visits(rng: np.random.Generator, people: float, rate: float, year: int) -> int:
    """Visits of a year: so many a person, with chance, and fewer while much was shut."""
    return int(rng.poisson(people * rate * CLOSED.get(year, 1.0) * rng.normal(1, 0.03)))


def _people(demo: DemoMunicipality, ages: str) -> float:
    """How many there are of an age band, were all fifteen years equally large."""
    lowest, highest = (int(age) for age in ages.removesuffix(" år").split("–"))
    return demo.young * (highest - lowest + 1) / 15


def _youth_centre_visits(demo: DemoMunicipality, rng: np.random.Generator) -> Iterator[Row]:
    later_hours = {2025: 1.3} if demo.municipality.code == "9901" else {}
    for year in YEARS:
        for ages, rate in (("15–17 år", 9.0), ("18–19 år", 4.0), ("20–24 år", 1.1)):
            yield year, ages, _visits(rng, _people(demo, ages), rate * later_hours.get(year, 1.0), year)


def _library_loans(demo: DemoMunicipality, rng: np.random.Generator) -> Iterator[Row]:
    for year in YEARS:
        for ages, rate in (("15–19 år", 5.2), ("20–24 år", 3.4), ("25–29 år", 4.1)):
            yield year, ages, _visits(rng, _people(demo, ages), rate * (1 - 0.015 * (year - 2019)), year)


def _sports_sessions(demo: DemoMunicipality, rng: np.random.Generator) -> Iterator[Row]:
    rates = {"Flickor": (30.0, 13.0, 4.0), "Pojkar": (38.0, 21.0, 7.0)}
    for year in YEARS:
        for gender, of_gender in rates.items():
            for ages, rate in zip(("13–16 år", "17–20 år", "21–25 år"), of_gender, strict=True):
                yield year, gender, ages, _visits(rng, _people(demo, ages) / 2, rate, year)


def _school_absence(demo: DemoMunicipality, rng: np.random.Generator) -> Iterator[Row]:
    bands = ("Under 5 procent", "5–15 procent", "16–50 procent", "Över 50 procent")
    for term in TERMS:
        for gender, part in (("Flickor", 0.49), ("Pojkar", 0.51)):
            pupils = round(_people(demo, "16–18 år") * part * rng.normal(0.97, 0.01))
            shares = rng.dirichlet((420, 370, 170, 40))
            for band, count in zip(bands, rng.multinomial(pupils, shares), strict=True):
                yield term, gender, band, int(count)


def _young_population() -> Iterator[Row]:
    rows: dict[Row, int] = {}
    for demo in DEMO_MUNICIPALITIES:
        rng = _rng("young_population", demo.municipality.code)
        for year in YEARS:
            for gender, part in (("Kvinnor", 0.48), ("Män", 0.52)):
                for ages in ("15–17 år", "18–19 år", "20–24 år", "25–29 år"):
                    trend = 1 + 0.004 * (year - 2025)
                    count = round(_people(demo, ages) * part * trend * rng.normal(1, 0.02))
                    rows[demo.municipality.code, demo.municipality.name, year, gender, ages] = count
                    county = (DEMO_COUNTY.code, DEMO_COUNTY.name, year, gender, ages)
                    rows[county] = rows.get(county, 0) + count
    for key in sorted(rows, key=lambda key: (key[0] != DEMO_COUNTY.code, key[0])):
        yield *key, rows[key]


def _youth_clinic_visits() -> Iterator[Row]:
    for demo in DEMO_MUNICIPALITIES:
        rng = _rng("youth_clinic_visits", demo.municipality.code)
        for year in YEARS:
            for ages, rate in (("15–17 år", 0.28), ("18–19 år", 0.46), ("20–24 år", 0.33)):
                visits = _visits(rng, _people(demo, ages), rate, year)
                yield demo.municipality.code, demo.municipality.name, year, ages, visits


ROWS: Mapping[str, Callable[[DemoMunicipality, np.random.Generator], Iterable[Row]]] = {
    "youth_centre_visits": _youth_centre_visits,
    "school_absence": _school_absence,
    "library_loans": _library_loans,
    "sports_sessions": _sports_sessions,
}
REGIONAL_ROWS: Mapping[str, Callable[[], Iterable[Row]]] = {
    "young_population": _young_population,
    "youth_clinic_visits": _youth_clinic_visits,
}
