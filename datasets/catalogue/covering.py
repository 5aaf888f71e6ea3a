"""What a data set covers: places and years, as far as its newest tables say them by codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet, Value

from datasets.models import ReleaseTable

MOST_PLACES = 30
"""Of a table of more municipalities than this their counties are told."""

_YEARS = re.compile(r"((?:19|20)\d\d)(/\d\d)?")


@dataclass(frozen=True)
class Cover:
    """Codes of places (00 the country, two digits a county, four a municipality), and the first and last year."""

    places: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


def covers(tables: QuerySet[ReleaseTable]) -> dict[UUID, Cover]:
    """What each data set of some tables covers, without their figures."""
    rows = tables.annotate(geo=_codes("geo"), time=_codes("time")).values_list(
        "release__dataset_id", "geo", "time"
    )
    places: dict[UUID, set[str]] = {}
    times: dict[UUID, set[str]] = {}
    for dataset_id, geo, time in rows:
        places.setdefault(dataset_id, set()).update(map(str, geo or ()))
        times.setdefault(dataset_id, set()).update(map(str, time or ()))
    return {found: Cover(_coarsest(places[found]), _span(times[found])) for found in places}


def _codes(role: str) -> Func:
    """The codes of the categories of a table's dimensions with a role, as the database finds them."""
    path = f'$.dimensions[*] ? (@.role == "{role}").categories[*].code'
    return Func(F("structure"), Value(path), function="jsonb_path_query_array", output_field=JSONField())


def _coarsest(codes: Iterable[str]) -> tuple[str, ...]:
    """The places that hold all others; of very many municipalities their counties."""
    known = {code for code in codes if re.fullmatch(r"\d{2}|\d{4}", code)}
    counties = {code for code in known if len(code) == 2}
    rest = sorted(known - {code for code in known if len(code) == 4 and code[:2] in counties})
    if "00" in known:
        return ("00",)
    return tuple(rest) if len(rest) <= MOST_PLACES else tuple(sorted({code[:2] for code in rest}))


def _span(codes: Iterable[str]) -> tuple[int, int] | None:
    found: list[Any] = [match for code in codes if (match := _YEARS.match(code))]
    if not found:
        return None
    return min(int(match[1]) for match in found), max(int(match[1]) + (match[2] is not None) for match in found)
