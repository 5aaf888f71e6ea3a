"""The demo's source: synthetic figures for every indicator of the base package, the same every time.

It is asked as the real ones are. Places differ by a few hidden traits (how well off, how much of a town), so that
municipalities that are alike in one thing tend to be alike in others. The demo alone uses it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import numpy as np

from accounts.models import Tenant
from accounts.reference.demo import (
    DEMO_COUNTY,
    DEMO_MUNICIPALITIES,
    DEMO_NEIGHBOUR_COUNTIES,
    DEMO_NEIGHBOURS,
    DemoMunicipality,
)
from datasets.connectors import Axis, Definition, Fetched, Kept, Kind, SourceError, Wanted
from datasets.connectors.joining import grouped
from datasets.connectors.keeping import Told
from datasets.content.base_package import Indicator, indicators
from datasets.cubes import Category, Cube, Dimension, LocalText, Role, Unit
from datasets.importers.places import with_levels

SEED = 20_261_122
LAST_YEAR = 2025
SOURCE = "Påhittade siffror"
MUNICIPALITIES = (*DEMO_MUNICIPALITIES, *DEMO_NEIGHBOURS)
GENDERS: Mapping[str, LocalText] = {
    "T": {"sv": "totalt", "en": "total"},
    "K": {"sv": "kvinnor", "en": "women"},
    "M": {"sv": "män", "en": "men"},
}


class SyntheticSource:
    """Answers as a source would, with made-up figures; it knows the base package's tables and nothing else."""

    def __init__(self, region: Tenant) -> None:
        if not region.is_demo:
            raise ValueError("Only the demo has synthetic figures.")

    def describe(self, wanted: Wanted) -> Definition:
        """The table's words as its declaration expects them."""
        indicator = _indicator(wanted)
        axes = tuple(
            Axis(
                one.code,
                one.label["sv"],
                str(one.role or ""),
                tuple((category.code, category.label["sv"]) for category in one.categories),
                must_choose=one.role is not None,
            )
            for one in _dimensions(indicator, wanted)
        )
        unit = ((axes[_metric(axes)].codes[0], indicator.unit["sv"]),)
        return Definition(indicator.source_title, indicator.definition["sv"], unit, axes, SOURCE)

    def fetch(self, wanted: Wanted, kept: Kept, told: Told) -> Fetched:
        """The figures, drawn anew and always the same."""
        indicator = _indicator(wanted)
        dimensions = _dimensions(indicator, wanted)
        values = _values(indicator, dimensions)
        cube = Cube.of_values(dimensions, values, title=indicator.title, source=SOURCE)
        told(1, 1)
        return Fetched(grouped(cube, wanted.groups, wanted.lang), SOURCE, "CC0 1.0")


def _indicator(wanted: Wanted) -> Indicator:
    name = wanted.ids[0] if wanted.ids else ""
    for indicator in indicators():
        if (indicator.kind, indicator.id) == (wanted.kind, name):
            return indicator
    raise SourceError("missing", id=name)


def _metric(axes: Sequence[Axis]) -> int:
    return next(place for place, axis in enumerate(axes) if axis.role == "metric")


def _dimensions(indicator: Indicator, wanted: Wanted) -> tuple[Dimension, ...]:
    """The dimensions in which the real source would answer, over the demo's places."""
    if wanted.kind is Kind.KOLADA:
        codes = {"kpi": (indicator.id,), "municipality": (), "gender": tuple(GENDERS), "period": ()}
        if not indicator.synthetic.gap:
            codes["gender"] = ("T",)
    else:
        codes = dict((wanted.choice or indicator.choice).items())
    return tuple(_dimension(indicator, code, chosen) for code, chosen in codes.items())


def _dimension(indicator: Indicator, code: str, chosen: Sequence[str]) -> Dimension:
    if code in ("municipality", "Region"):
        area = {"sv": "område", "en": "area"} if code == "municipality" else {"sv": "region", "en": "region"}
        return with_levels(Dimension(code, area, places(), Role.GEO))
    if code in ("period", "Tid"):
        years = [str(year) for year in _years(indicator)]
        return Dimension(code, {"sv": "år", "en": "year"}, _plain(years), Role.TIME)
    if code in ("kpi", "ContentsCode"):
        unit = Unit(indicator.unit, 0 if indicator.synthetic.kind == "count" else 1)
        named = Category(indicator.id if code == "kpi" else chosen[0], indicator.title, unit=unit)
        return Dimension(code, {"sv": "mått", "en": "measure"}, (named,), Role.METRIC)
    known = {**indicator.labels.get(code, {}), **(GENDERS if code == "gender" else {})}
    label: LocalText = known.get("", {"sv": "kön", "en": "gender"} if code == "gender" else {"sv": code})
    categories = tuple(Category(one, dict(known.get(one, {"sv": one}))) for one in chosen)
    total = "T" if code == "gender" and "T" in chosen else None
    return Dimension(code, label, categories, summable=indicator.synthetic.kind == "count", total=total)


def _plain(codes: Sequence[str]) -> tuple[Category, ...]:
    return tuple(Category(code, {"sv": code}) for code in codes)


def _years(indicator: Indicator) -> range:
    """The latest dozen of years, or the rounds within them: elections were held in 2022."""
    last, every = min(LAST_YEAR, date.today().year - 1), indicator.synthetic.every
    last -= (last - 2022) % every
    return range(last - every * (indicator.years // every), last + 1, every)


@cache
def places() -> tuple[Category, ...]:
    """The demo's country, counties and municipalities."""
    counties = (DEMO_COUNTY, *DEMO_NEIGHBOUR_COUNTIES)
    named = [("00", "Riket"), *((county.code, county.name) for county in counties)]
    named += [(one.municipality.code, one.municipality.name) for one in MUNICIPALITIES]
    return tuple(Category(code, {"sv": name}) for code, name in sorted(named, key=lambda pair: pair[0]))


@cache
def _traits(place: DemoMunicipality) -> tuple[float, float]:
    """How well off a place is, and how much of a town: in spreads from the middle."""
    rng = np.random.default_rng([SEED, int(place.municipality.code)])
    town = (np.log(place.inhabitants) - np.log(17_000)) / 1.1
    return float(rng.normal(0.25 * town, 0.85)), float(town)


def _values(indicator: Indicator, dimensions: Sequence[Dimension]) -> np.ndarray:
    """Figures of every municipality, then of counties and the country as the means or sums of their own."""
    shape = tuple(len(dimension) for dimension in dimensions)
    axis = next(at for at, one in enumerate(dimensions) if one.role is Role.GEO)
    values = np.zeros(shape)
    drawn = {one.municipality.code: _drawn(indicator, one, dimensions) for one in MUNICIPALITIES}
    young = {one.municipality.code: float(one.young) for one in MUNICIPALITIES}
    for place, code in enumerate(dimensions[axis].codes):
        own = [one for one in drawn if code in ("00", one, one[:2])]
        stacked = np.stack([drawn[one] for one in own])
        if indicator.synthetic.kind == "count":
            whole = stacked.sum(axis=0)
        else:
            whole = np.average(stacked, axis=0, weights=[young[one] for one in own])
        values[(slice(None),) * axis + (place,)] = whole
    return values if indicator.synthetic.kind == "count" else np.round(values, 1)


def _drawn(indicator: Indicator, place: DemoMunicipality, dimensions: Sequence[Dimension]) -> np.ndarray:
    """One municipality's figures over all dimensions but places."""
    rng = np.random.default_rng([SEED, int(place.municipality.code), *indicator.key.encode()])
    rest = [dimension for dimension in dimensions if dimension.role is not Role.GEO]
    shape = tuple(len(dimension) for dimension in rest)
    if indicator.synthetic.kind == "count":
        return _counts(indicator, place, rest, rng)
    syn = indicator.synthetic
    well, town = _traits(place)
    good = {"more_is_better": 1.0, "less_is_better": -1.0}.get(indicator.polarity, 0.0)
    traits = 0.8 * good * well + 0.4 * town * np.sin(len(indicator.key))
    at = syn.level + syn.spread * (traits + rng.normal(0, 0.7))
    slope = syn.trend * rng.normal(1, 0.5)
    noise = syn.spread * min(0.6, 0.15 + 9 / np.sqrt(place.young))
    values = np.zeros(shape)
    for where in np.ndindex(shape):
        value = at
        for step, dimension in zip(where, rest, strict=True):
            code = dimension.codes[step]
            if dimension.role is Role.TIME:
                value += slope * (int(code) - LAST_YEAR) + _shock(indicator, int(code))
            elif dimension.role is None:
                value += {"K": 0.5, "M": -0.5, "2": 0.5, "1": -0.5}.get(code, 0.0) * syn.gap
                value += syn.level * 0.25 if code == "25-29" else 0.0
        values[where] = value + rng.normal(0, noise)
    return np.clip(values, 0.0, 99.5 if syn.kind == "share" else None)


def _shock(indicator: Indicator, year: int) -> float:
    """Much was shut in 2020 and 2021."""
    hit = {"leisure": -0.18, "sport": -0.15, "work": 0.1}.get(indicator.area, 0.0)
    if indicator.unit["en"].startswith("kronor") or year not in (2020, 2021):
        return 0.0
    return indicator.synthetic.level * hit * (1 if indicator.polarity != "more_is_better" or hit < 0 else -1)


def _counts(
    indicator: Indicator, place: DemoMunicipality, rest: Sequence[Dimension], rng: np.random.Generator
) -> np.ndarray:
    """Whole people: those of an age and gender, moving a little from year to year."""
    shape = tuple(len(dimension) for dimension in rest)
    parts = int(np.prod([len(one) for one in rest if one.role is None]))
    values = np.zeros(shape)
    weights: dict[tuple[str, ...], float] = {}
    for where in np.ndindex(shape):
        codes = [dimension.codes[step] for step, dimension in zip(where, rest, strict=True)]
        year = next(int(c) for c, one in zip(codes, rest, strict=True) if one.role is Role.TIME)
        key = tuple(c for c, one in zip(codes, rest, strict=True) if one.role is None)
        weight = weights.setdefault(key, float(rng.normal(1, 0.12)))
        people = place.young / parts * indicator.synthetic.level / 100
        moved = 1 + indicator.synthetic.trend / 100 * (year - LAST_YEAR)
        values[where] = round(people * weight * moved * rng.normal(1, 0.03))
        if indicator.synthetic.spread:
            values[where] = round(people * weight + rng.normal(0, abs(people) * indicator.synthetic.spread))
    return values if indicator.synthetic.level < 0 else np.maximum(values, 0)
