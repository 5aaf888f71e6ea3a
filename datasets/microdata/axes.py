"""The dimensions that columns of people become: categories as chosen, ages in bands, years."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Dimension, LocalText, Role

from .plan import BANDS, ColumnPlan, ColumnUse
from .table import Column

Ints = NDArray[np.int32]

AGE, YEAR = "age", "year"
"""Codes of dimensions that every table has alike, so that tables of the same people meet."""

TOTAL = Category("total", {"sv": "Totalt", "en": "Total"})
OTHER = Category("other", {"sv": "Övriga", "en": "Other"})
UNKNOWN = Category("unknown", {"sv": "Uppgift saknas", "en": "Not stated"})

_OUTSIDE, _UNREAD, _CHOSEN = -1, -2, -3
LEFT_OUT = {_OUTSIDE: "outside_ages", _UNREAD: "unreadable", _CHOSEN: "chosen"}
"""Why a row is in no category, by what stands for its place."""

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)(?:$|[-./ ]|\d{4}$)")
_YEAR_LAST = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ]((?:19|20)\d\d)")
_LANGUAGES = ("sv", "en")


@dataclass(frozen=True, eq=False)
class Axis:
    """A dimension, and the place of every row on it; under nought where a row is in none of its categories."""

    dimension: Dimension
    places: Ints

    @classmethod
    def of_year(cls, year: int, rows: int) -> Axis:
        """Of a file that is of one year."""
        return cls(_years([year]), np.zeros(rows, dtype=np.int32))


def axis_of(column: Column, said: ColumnPlan, year: int, times: Column | None) -> Axis:
    """The dimension that a column becomes. ``times`` holds every row's year, or all rows are of one ``year``."""
    if said.use is ColumnUse.TIME:
        years = _years_in(column)
        found = sorted(set(years.tolist()) - {0})
        place = {year: at for at, year in enumerate(found)}
        return Axis(_years(found or [0]), _taken([place.get(year, _UNREAD) for year in years.tolist()], column))
    if said.use in (ColumnUse.AGE, ColumnUse.BIRTH_YEAR):
        return _ages(column, said, year, times)
    return _categories(column, said)


def with_totals(dimension: Dimension) -> Dimension:
    """The dimension with everybody together as a last category, where there are several and they are no years."""
    if dimension.role is Role.TIME or len(dimension) == 1:
        return dimension
    return replace(dimension, categories=(*dimension.categories, TOTAL), total=TOTAL.code)


def whole_year(word: str) -> int:
    """The year of a cell that holds a year or a day; nought where it holds neither."""
    found = _YEAR_FIRST.match(word) or _YEAR_LAST.fullmatch(word)
    return int(found[1]) if found else 0


def _years(found: list[int]) -> Dimension:
    categories = tuple(Category(str(year), _same(str(year))) for year in found)
    return Dimension(YEAR, {"sv": "År", "en": "Year"}, categories, role=Role.TIME)


def _years_in(column: Column) -> NDArray[np.int16]:
    """The year of each of a column's different cells; nought where there is none."""
    return np.array([whole_year(word) for word in column.words], dtype=np.int16)


def _taken(place_of: list[int], column: Column) -> Ints:
    """For every row the place that stands for its cell."""
    return np.array(place_of, dtype=np.int32)[column.places]


def _ages(column: Column, said: ColumnPlan, year: int, times: Column | None) -> Axis:
    """Bands of ages; of a year of birth the age that is reached in the row's year."""
    if said.use is ColumnUse.AGE:
        ages = [int(word) if re.fullmatch(r"\d{1,3}", word) else -1 for word in column.words]
        places = _taken([_band(age) for age in ages], column)
    else:
        born = [whole_year(word) if len(word) == 4 else 0 for word in column.words]
        if times is None:
            places = _taken([_band(year - one if one and year else -1) for one in born], column)
        else:
            reached = _years_in(times)[times.places]
            of_row = np.array(born, dtype=np.int16)[column.places]
            ages_of_rows = np.where((of_row > 0) & (reached > 0), reached - of_row, -1)
            bands = np.array([_band(age) for age in range(200)] + [_UNREAD], dtype=np.int32)
            places = bands[np.where(ages_of_rows < 0, 200, np.minimum(ages_of_rows, 199))]
    categories = tuple(
        Category(b.code, {"sv": f"{b.first}–{b.last} år", "en": f"{b.first}–{b.last} years"}) for b in BANDS
    )
    label = {"sv": said.name, "en": said.name} if said.name else {"sv": "Ålder", "en": "Age"}
    return Axis(Dimension(AGE, label, categories, summable=True), places)


def _band(age: int) -> int:
    """The place of an age's band."""
    found = next((at for at, band in enumerate(BANDS) if band.first <= age <= band.last), _OUTSIDE)
    return _UNREAD if age < 0 else found


def _categories(column: Column, said: ColumnPlan) -> Axis:
    """The categories that were named, in that order; then the rest together, and those of whom nothing is said."""
    names = list(dict.fromkeys(category for category in said.shown.values() if category))
    position = {name: at for at, name in enumerate(names)}
    own = [Category(name, _same(name)) for name in names]
    rest, unknown = len(own), len(own) + 1

    def place(word: str) -> int:
        if word in said.shown:
            return position.get(said.shown[word], _CHOSEN)
        return rest if word else unknown

    found = [place(word) for word in column.words]
    present = [(at, extra) for at, extra in ((rest, OTHER), (unknown, UNKNOWN)) if at in found]
    moved = {old: new for new, (old, _extra) in enumerate(present, start=len(own))}
    categories = (*own, *(extra for _old, extra in present)) or (UNKNOWN,)
    role = Role.GEO if said.use is ColumnUse.PLACE else None
    dimension = Dimension(said.called, _same(said.called), categories, role=role, summable=True)
    return Axis(dimension, _taken([moved.get(at, at) for at in found], column))


def _same(text: str) -> LocalText:
    return dict.fromkeys(_LANGUAGES, text)
