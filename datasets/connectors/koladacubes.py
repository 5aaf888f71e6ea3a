"""Kolada's rows as a cube: key figure, place, gender and year, with the reason why a figure is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from datasets.cubes import SIGNS, Category, Cube, Dimension, Note, Reason, Role, Source, SourceSymbol, Unit
from datasets.importers.places import with_levels

from .errors import SourceError

GENDERS = {"T": "totalt", "K": "kvinnor", "M": "män"}
_GENDERS_EN = {"T": "total", "K": "women", "M": "men"}
_AS_WE_SAY = {"F": "K", "A": "T"}
_PRODUCER = re.compile(r"Källa:\s*([^.\n]+)")
_TOO_MUCH = 1e18
_STANDS = {"", "ok", "preliminary", "prel"}
_MISSING = {"missing": Reason.NOT_AVAILABLE, "bortfall": Reason.DROPPED_OUT, "private": Reason.CONFIDENTIAL}
_WORDS = {
    "-": {"sv": "bortfall", "en": "no answer"},
    ".": {"sv": "ej tillämplig", "en": "not applicable"},
    "..": {"sv": "sekretess", "en": "confidential"},
}
MEAN = {
    "sv": "Länets värde är ett ovägt medelvärde av kommunerna: varje kommun räknas lika, hur stor den än är.",
    "en": "The county's value is an unweighted mean of its municipalities: each counts the same, large or small.",
}


@dataclass(frozen=True)
class Kpi:
    """A key figure as Kolada describes it."""

    id: str
    title: str
    text: str = ""
    by_gender: bool = False
    type: str = "K"
    published: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Kpi:
        """From a row of the list of key figures; raises SourceError for a row that is none."""
        kpi, title = row.get("id"), row.get("title")
        if not isinstance(kpi, str) or not isinstance(title, str):
            raise SourceError("shape", part="kpi")
        return cls(
            id=kpi,
            title=title,
            text=str(row.get("description") or ""),
            by_gender=row.get("is_divided_by_gender") in (True, 1),
            type=str(row.get("municipality_type") or "K"),
            published=str(row.get("publication_date") or ""),
        )

    @property
    def of_municipalities(self) -> bool:
        """Whether only municipalities have it, so that a county is the mean of its own."""
        return self.type == "K"

    @property
    def unit(self) -> str:
        """The unit, which Kolada writes last in the title: ``…, andel (%)``."""
        last = self.title.rpartition(",")[2].strip()
        inside = re.search(r"\(([^()]+)\)$", last)
        return inside.group(1) if inside and inside.group(1) in ("%", "kr", "tkr", "mnkr") else last

    @property
    def decimals(self) -> int:
        """How many decimals are worth showing: Kolada itself sends six since 2010."""
        unit = self.unit.casefold()
        return 0 if unit in ("antal", "kr", "antal personer") or unit.startswith("kr") else 1

    @property
    def source(self) -> str:
        """Who made the figures, and who gives them."""
        producer = _PRODUCER.search(self.text)
        return f"{producer.group(1).strip()} via Kolada" if producer else "Kolada"


@dataclass(frozen=True)
class _Figure:
    value: float
    reason: Reason
    sign: str


def cube_of(
    rows: Iterable[Mapping[str, Any]],
    kpis: Sequence[Kpi],
    areas: Mapping[str, tuple[str, str]],
    genders: Sequence[str],
) -> Cube:
    """The rows as one cube. ``areas``: Kolada's code to the usual code and name.

    Years at either end that hold no figure at all are left out. Raises SourceError where there is no figure,
    or two different ones for the same thing.
    """
    known = {kpi.id for kpi in kpis}
    found: dict[tuple[str, str, str, str], _Figure] = {}
    for row in rows:
        for where, figure in _figures(row, known, areas):
            if found.setdefault(where, figure) != figure and not _same(found[where], figure):
                raise SourceError("contradiction", where=", ".join(where))
    years = sorted({year for (_, _, _, year), figure in found.items() if not math.isnan(figure.value)})
    if not years:
        raise SourceError("empty")
    span = [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    shown = [
        g for g in GENDERS if any(at[2] == g for at in found) and (not genders or g in genders or "*" in genders)
    ]
    if not shown:
        raise SourceError("no_category", dimension="kön", category=", ".join(genders))
    return _cube(found, kpis, areas, shown, span)


def _figures(
    row: Mapping[str, Any], known: set[str], areas: Mapping[str, tuple[str, str]]
) -> Iterable[tuple[tuple[str, str, str, str], _Figure]]:
    kpi, area, year = row.get("kpi"), row.get("municipality"), str(row.get("period"))
    inner = row.get("values")
    if not isinstance(inner, list) or not re.fullmatch(r"(19|20)\d\d", year):
        raise SourceError("shape", part=f"period {year}")
    if not isinstance(kpi, str) or not isinstance(area, str):
        raise SourceError("shape", part="kpi, municipality")
    if kpi not in known or area not in areas:
        return  # more than was asked for
    for one in inner:
        if not isinstance(one, dict):
            raise SourceError("shape", part="values")
        if one.get("isdeleted") in (True, 1) or one.get("is_deleted") in (True, 1):
            continue
        gender = str(one.get("gender") or "T")
        gender = _AS_WE_SAY.get(gender, gender)
        if gender not in GENDERS:
            raise SourceError("shape", part=f"gender {gender}")
        yield (kpi, areas[area][0], gender, year), _figure(one)


def _figure(one: Mapping[str, Any]) -> _Figure:
    value, status = one.get("value"), str(one.get("status") or "").strip()
    sign = value.strip() if isinstance(value, str) else ""
    for said in (sign, status):
        if said in SIGNS[Source.KOLADA]:
            return _Figure(math.nan, SIGNS[Source.KOLADA][said], said)
    if value is None:
        return _Figure(math.nan, _MISSING.get(status.casefold(), Reason.NOT_AVAILABLE), "")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < _TOO_MUCH:
        raise SourceError("shape", part="value")
    if status.casefold() in _MISSING:
        return _Figure(math.nan, _MISSING[status.casefold()], "")
    return _Figure(float(value), Reason.NONE, "" if status.casefold() in _STANDS else status)


def _same(one: _Figure, other: _Figure) -> bool:
    return math.isnan(one.value) and math.isnan(other.value) and one.reason is other.reason


def _cube(
    found: Mapping[tuple[str, str, str, str], _Figure],
    kpis: Sequence[Kpi],
    areas: Mapping[str, tuple[str, str]],
    genders: Sequence[str],
    years: Sequence[str],
) -> Cube:
    metric = tuple(Category(kpi.id, {"sv": kpi.title}, unit=Unit({"sv": kpi.unit}, kpi.decimals)) for kpi in kpis)
    places = tuple(Category(code, {"sv": name}) for code, name in areas.values())
    dimensions = (
        Dimension("kpi", {"sv": "nyckeltal", "en": "key figure"}, metric, Role.METRIC),
        with_levels(Dimension("municipality", {"sv": "område", "en": "area"}, places, Role.GEO)),
        Dimension(
            "gender",
            {"sv": "kön", "en": "gender"},
            tuple(Category(g, {"sv": GENDERS[g], "en": _GENDERS_EN[g]}) for g in genders),
            total="T" if "T" in genders else None,
        ),
        Dimension("period", {"sv": "år", "en": "year"}, tuple(Category(y, {"sv": y}) for y in years), Role.TIME),
    )
    signs = list(dict.fromkeys(figure.sign for figure in found.values() if figure.sign))
    symbols = tuple(
        SourceSymbol(sign, _WORDS.get(sign, {}), SIGNS[Source.KOLADA].get(sign, Reason.NONE)) for sign in signs
    )
    shape = tuple(len(dimension) for dimension in dimensions)
    values = np.full(shape, np.nan)
    statuses = np.full(shape, np.uint8(Reason.NOT_AVAILABLE))
    marks = np.zeros(shape, dtype=np.uint8)
    for where, figure in found.items():
        if where[2] not in genders or where[3] not in dimensions[3].positions:
            continue
        at = tuple(dimension.position(code) for dimension, code in zip(dimensions, where, strict=True))
        values[at], statuses[at] = figure.value, figure.reason
        marks[at] = signs.index(figure.sign) + 1 if figure.sign else 0
    notes = [Note({"sv": kpi.text}, {"kpi": kpi.id}) for kpi in kpis if kpi.text]
    groups = [code for at, (code, _name) in areas.items() if at.startswith("G")]
    notes += [Note(MEAN, {"municipality": code}, mandatory=True) for code in groups]
    return Cube(
        dimensions,
        values,
        statuses,
        title={"sv": "; ".join(kpi.title for kpi in kpis)},
        unit=metric[0].unit if len(kpis) == 1 else None,
        notes=tuple(notes),
        source=kpis[0].source,
        symbols=symbols,
        marks=marks if symbols else None,
    )
