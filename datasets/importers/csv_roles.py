"""A first guess at what each column is, for a person to confirm or change."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from datasets.cubes import Role

from .csv_mapping import Across, ColumnRole, CsvColumn
from .csv_profile import ColumnProfile
from .csv_signs import meaning
from .csv_two_headers import BAND, SEXES
from .numbers import Shape
from .periods import names_time, read_period
from .places import Gazetteer, names_places
from .rows import Row
from .sums import TOTALS, is_rate

_CODE = re.compile(r"(kod|code|nr|nummer|(?<!t)id)\b", re.IGNORECASE)
_AGE = re.compile(r"\b([åa]lder|age|[åa]rskurs|klass|grade|f[öo]delse[åa]r)\b", re.IGNORECASE)
_LONG_TEXT = 80
_FEW_WORDS = 0.1
"""Up to so large a part of a column's different cells may be no figures."""


def guess_columns(
    profiles: Sequence[ColumnProfile], rows: Sequence[Row], gazetteer: Gazetteer | None
) -> tuple[CsvColumn, ...]:
    """What each column most likely is."""
    columns = [CsvColumn(profile.heading, _role(profile, profiles, gazetteer)) for profile in profiles]
    columns = _with_labels(columns, profiles, rows, gazetteer)
    columns = _one_place_only(columns, profiles, gazetteer)
    rated = is_rate(c.heading for c in columns if c.role is ColumnRole.MEASURE) or any(
        "%" in cell
        for p, c in zip(profiles, columns, strict=True)
        if c.role is ColumnRole.MEASURE
        for cell in p.different
    )
    return tuple(
        replace(column, summable=column.role in (ColumnRole.DIMENSION, ColumnRole.GEO) and not rated)
        for column in columns
    )


def _role(profile: ColumnProfile, all_columns: Sequence[ColumnProfile], gazetteer: Gazetteer | None) -> ColumnRole:
    heading = profile.heading
    if not profile.count:
        return ColumnRole.LEFT_OUT
    if _is_time(profile):
        return ColumnRole.TIME
    if _is_geo(profile, gazetteer):
        return ColumnRole.GEO
    whole = all(look is Shape.WHOLE for look in profile.shapes)
    named_code = _CODE.search(heading) or _AGE.search(heading) or names_places(heading) or names_time(heading)
    is_code = profile.leading_zeros or any(map(profile.repeats, all_columns)) or bool(whole and named_code)
    if profile.numbers and not is_code and _are_figures(profile):
        return ColumnRole.MEASURE
    return ColumnRole.LEFT_OUT if profile.longest > _LONG_TEXT else ColumnRole.DIMENSION


def _are_figures(profile: ColumnProfile) -> bool:
    """Whether a column holds figures and signs, a few cells that are neither aside: those rows are left out.

    Words that name a total belong to categories that are numbered.
    """
    known = sum(meaning(sign) is not None for sign in profile.signs)
    unknown = profile.words - known
    if not unknown:
        return True
    names_total = any(sign.casefold() in TOTALS for sign in profile.signs)
    return unknown <= max(profile.numbers > 1, _FEW_WORDS * profile.numbers) and not names_total


def _is_time(profile: ColumnProfile) -> bool:
    if not all(read_period(cell) is not None for cell in profile.different):
        return False
    whole_years_only = profile.is_all_numbers and all(len(cell) == 4 for cell in profile.different)
    return names_time(profile.heading) or not whole_years_only


def _is_geo(profile: ColumnProfile, gazetteer: Gazetteer | None) -> bool:
    named = names_places(profile.heading)
    if gazetteer is None:
        return named and not any(shape is not Shape.WHOLE for shape in profile.shapes)
    found = [place for cell in profile.different if (place := gazetteer.find(cell)) is not None]
    totals = sum(cell.casefold() in TOTALS and gazetteer.find(cell) is None for cell in profile.different)
    share = len(found) / max(len(profile.different) - totals, 1)
    if named:
        return share > 0.5
    if profile.is_all_numbers:
        # Bare numbers are codes of places only where they are written as codes, every one of them known.
        written_as_codes = profile.leading_zeros or _CODE.search(profile.heading) is not None
        return written_as_codes and share == 1 and all(len(place.code) == 4 for place in found)
    return share >= 0.8 and len(found) >= 3


def _with_labels(
    columns: Sequence[CsvColumn],
    profiles: Sequence[ColumnProfile],
    rows: Sequence[Row],
    gazetteer: Gazetteer | None,
) -> list[CsvColumn]:
    """Neighbouring columns of codes and their names become one dimension with names."""
    result = list(columns)
    for place in range(len(columns) - 1):
        if not {result[place].role, result[place + 1].role} <= {ColumnRole.DIMENSION, ColumnRole.GEO}:
            continue
        codes, names = (place, place + 1) if _like_codes(profiles[place]) else (place + 1, place)
        if not _like_codes(profiles[codes]) or _like_codes(profiles[names]):
            continue
        pairs = {
            (row.cells[codes].strip(), row.cells[names].strip()) for row in rows if len(row.cells) > place + 1
        }
        if not len(pairs) == profiles[codes].count == profiles[names].count:
            continue
        if result[names].role is ColumnRole.GEO and not _same_places(pairs, gazetteer):
            # Codes of another system, such as a municipality's number within its county: the names are safer.
            result[codes] = replace(result[codes], role=ColumnRole.LEFT_OUT)
        else:
            result[names] = replace(result[names], role=ColumnRole.LABEL, labels=result[codes].heading)
    return result


def _same_places(pairs: Collection[tuple[str, str]], gazetteer: Gazetteer | None) -> bool:
    return gazetteer is None or all(gazetteer.find(code) == gazetteer.find(name) for code, name in pairs)


def _like_codes(profile: ColumnProfile) -> bool:
    return profile.is_all_numbers or (_CODE.search(profile.heading) is not None and profile.longest <= 12)


def _one_place_only(
    columns: Sequence[CsvColumn], profiles: Sequence[ColumnProfile], gazetteer: Gazetteer | None
) -> list[CsvColumn]:
    """Of several columns of places only the finest is kept: a county beside its municipality says nothing new."""
    places = [place for place, column in enumerate(columns) if column.role is ColumnRole.GEO]
    if gazetteer is None or len(places) < 2:
        return list(columns)
    finest = max(places, key=lambda place: (_municipalities(profiles[place], gazetteer), -place))
    coarser = {columns[place].heading for place in places if place != finest}
    return [
        replace(column, role=ColumnRole.LEFT_OUT, labels=None)
        if column.heading in coarser or column.labels in coarser
        else column
        for column in columns
    ]


def _municipalities(profile: ColumnProfile, gazetteer: Gazetteer) -> int:
    found = (gazetteer.find(cell) for cell in profile.different)
    return sum(place is not None and len(place.code) == 4 for place in found)


def guess_across(columns: Sequence[CsvColumn]) -> tuple[Across | None, tuple[CsvColumn, ...]]:
    """What several columns of figures are the categories of, and the columns that then are.

    Beside columns for points in time a column of their sum is left out: it is no point in time.
    """
    names = [column.heading for column in columns if column.role is ColumnRole.MEASURE]
    if len(names) < 2:
        return None, tuple(columns)
    has_time = any(column.role is ColumnRole.TIME for column in columns)
    plain = {name.casefold() for name in names}
    times = [name for name in names if read_period(name) is not None]
    if not has_time and len(times) > 1 and all(name in times or name.casefold() in TOTALS for name in names):
        kept = tuple(
            replace(column, role=ColumnRole.LEFT_OUT)
            if column.role is ColumnRole.MEASURE and column.heading not in times
            else column
            for column in columns
        )
        return Across("tid", "Tid", Role.TIME), kept
    if plain & SEXES and plain <= SEXES | TOTALS:
        return Across("kön", "Kön", None, summable=True), tuple(columns)
    if all(BAND.fullmatch(name) for name in names):
        return Across("ålder", "Ålder", None, summable=True), tuple(columns)
    return Across("mått", "Mått", Role.METRIC), tuple(columns)
