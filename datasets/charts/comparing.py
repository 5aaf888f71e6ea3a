"""What a view can be set beside with one click: county, country, places like ours, all of them, its own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from datasets.cubes import Cube, Dimension, LocalText, Role
from datasets.disclosure import ProtectedCube

from .areas import country_of, county_of, larger_areas, municipalities
from .errors import SelectionError
from .fitting import pointed_out
from .language import say
from .propose import held
from .resolve import MOST_SERIES, in_time, resolve
from .select import Kind, Selection
from .spread import FEWEST

MOST_LIKE = MOST_SERIES - 1


class Beside(StrEnum):
    """What a view is set beside."""

    COUNTY = "county"
    COUNTRY = "country"
    LIKE = "like"
    SPREAD = "spread"
    TREND = "trend"


@dataclass(frozen=True)
class Offer:
    """A comparison: the view that shows it, or without one the reason. ``is_on`` where the view at hand has it."""

    beside: Beside
    selection: Selection | None
    is_on: bool = False
    problem: str = ""


_PROBLEMS: Mapping[str, LocalText] = {
    "no_places": {
        "sv": "datamängden gäller bara en plats",
        "en": "the data set is about one place alone",
    },
    "not_ours": {
        "sv": "datamängden har inga siffror för er",
        "en": "the data set has no figures for you",
    },
    "lacks_it": {"sv": "datamängden har inga siffror för det", "en": "the data set has no figures for it"},
    "no_list": {
        "sv": "listan över liknande kommuner är inte gjord än",
        "en": "the list of similar municipalities is not made yet",
    },
    "no_time": {"sv": "datamängden har bara ett år", "en": "the data set has one year alone"},
    "few": {"sv": "datamängden har för få kommuner", "en": "the data set has too few municipalities"},
}


def offers(
    cube: ProtectedCube, selection: Selection, *, place: str, like: Sequence[str], lang: str
) -> tuple[Offer, ...]:
    """Every comparison, with the view that shows it. ``like`` are the codes of the places like the reader's."""
    table, dimensions = cube.cube, cube.dimensions
    geo = next((d for d in dimensions if d.role is Role.GEO and len(d) > 1), None)
    time = next((d for d in dimensions if d.role is Role.TIME and len(d) > 1), None)
    found = [_beside_area(table, selection, geo, place, which, lang) for which in (Beside.COUNTY, Beside.COUNTRY)]
    found.append(_beside_like(table, selection, geo, place, like, lang))
    found.append(_spread(table, selection, geo, place, lang))
    found.append(_trend(table, selection, geo, time, place, lang))
    return tuple(_checked(table, offer, lang) for offer in found)


def with_like(cube: Cube, selection: Selection, like: Sequence[str]) -> Selection:
    """A view of places like ours with another list of them, such as the one that a dialogue holds to.

    The first place of the view stays. Unchanged where the view is no such comparison, or the data set has none of
    the list's places.
    """
    geo = next((d for d in cube.dimensions if d.role is Role.GEO), None)
    known = [code for code in like if geo is not None and code in geo.positions]
    if not selection.is_like or geo is None or not known:
        return selection
    ours = _places(selection, geo)[:1]
    if not ours:
        return selection
    return replace(_with_places(cube, selection, geo, (*ours, *known[:MOST_LIKE]), ours[0]), is_like=True)


def _refused(beside: Beside, problem: str, lang: str) -> Offer:
    return Offer(beside, None, problem=say(_PROBLEMS[problem], lang))


def _checked(cube: Cube, offer: Offer, lang: str) -> Offer:
    """An offer whose view the cube cannot show is none."""
    if offer.selection is None:
        return offer
    try:
        resolve(offer.selection, cube)
    except SelectionError as error:
        return Offer(offer.beside, None, problem=error.text(lang))
    return offer


def _beside_area(
    cube: Cube, selection: Selection, geo: Dimension | None, place: str, which: Beside, lang: str
) -> Offer:
    if geo is None:
        return _refused(which, "no_places", lang)
    area = county_of(geo, place) if which is Beside.COUNTY else country_of(geo)
    if area is None or area == place:
        return _refused(which, "lacks_it", lang)
    now = _places(selection, geo)
    is_on = area in now
    start = (place,) if place in geo.positions else ()
    codes = tuple(code for code in now if code != area) if is_on else (*(now or start), area)
    if not codes or len(codes) > MOST_SERIES:
        codes = (*start, area)
    if selection.kind is Kind.DOTS and selection.x == geo.code:
        return Offer(which, replace(selection, mark=codes), is_on)
    return Offer(which, _with_places(cube, selection, geo, codes, place), is_on)


def _beside_like(
    cube: Cube, selection: Selection, geo: Dimension | None, place: str, like: Sequence[str], lang: str
) -> Offer:
    if geo is None:
        return _refused(Beside.LIKE, "no_places", lang)
    if place not in geo.positions:
        return _refused(Beside.LIKE, "not_ours", lang)
    if not like:
        return _refused(Beside.LIKE, "no_list", lang)
    known = [code for code in like if code in geo.positions][:MOST_LIKE]
    if not known:
        return _refused(Beside.LIKE, "lacks_it", lang)
    if selection.is_like:
        alone = _with_places(cube, selection, geo, (place, *larger_areas(geo, place)), place)
        return Offer(Beside.LIKE, replace(alone, is_like=False), is_on=True)
    return Offer(Beside.LIKE, replace(_with_places(cube, selection, geo, (place, *known), place), is_like=True))


def _spread(cube: Cube, selection: Selection, geo: Dimension | None, place: str, lang: str) -> Offer:
    if geo is None:
        return _refused(Beside.SPREAD, "no_places", lang)
    if len(municipalities(geo)) < FEWEST:
        return _refused(Beside.SPREAD, "few", lang)
    is_on = selection.kind is Kind.DOTS
    dots = replace(
        selection,
        kind=Kind.DOTS,
        x=geo.code,
        x_only=(),
        series=None,
        series_only=(),
        pool=0,
        is_like=False,
        mark=(),
    )
    dots = replace(dots, fixed=_fixed(cube, selection, {geo.code}, place))
    return Offer(Beside.SPREAD, pointed_out(cube, dots, place), is_on)


def _trend(
    cube: Cube, selection: Selection, geo: Dimension | None, time: Dimension | None, place: str, lang: str
) -> Offer:
    if time is None:
        return _refused(Beside.TREND, "no_time", lang)
    alone = geo is None or _places(selection, geo) == (place,)
    is_on = selection.x == time.code and selection.series is None and alone and not selection.x_only
    fixed = _fixed(cube, selection, {time.code}, place)
    if geo is not None and place in geo.positions:
        fixed[geo.code] = (place,)
    view = replace(
        selection, kind=Kind.LINE, x=time.code, x_only=(), series=None, series_only=(), mark=(), is_like=False
    )
    return Offer(Beside.TREND, replace(view, fixed=fixed), is_on)


def _places(selection: Selection, geo: Dimension) -> tuple[str, ...]:
    """The places that a view shows, as far as it names them."""
    if selection.kind is Kind.DOTS and selection.x == geo.code:
        return selection.mark
    if selection.series == geo.code:
        return selection.series_only
    return selection.x_only if selection.x == geo.code else selection.fixed.get(geo.code, ())


def _with_places(
    cube: Cube, selection: Selection, geo: Dimension, codes: tuple[str, ...], place: str
) -> Selection:
    """The view with these places: along the axis where places run there, else as its series."""
    plain = replace(selection, mark=(), is_like=False)
    if selection.x == geo.code and selection.kind is not Kind.DOTS:
        return replace(plain, x_only=codes)
    if selection.x == geo.code:
        time = next((d for d in cube.dimensions if d.role is Role.TIME and len(d) > 1), None)
        if time is None:
            return replace(plain, kind=Kind.BAR, x_only=codes)
        plain = replace(plain, kind=Kind.LINE, x=time.code, x_only=())
    fixed = _fixed(cube, selection, {plain.x, geo.code}, place)
    kind = Kind.BAR if plain.kind is Kind.STACKED else plain.kind
    return replace(plain, kind=kind, series=geo.code, series_only=codes, fixed=fixed)


def _fixed(cube: Cube, selection: Selection, shown: set[str], place: str) -> dict[str, tuple[str, ...]]:
    """What every dimension that is not shown is held at: what it was, else everybody, the newest or the first."""
    share = selection.share.dimension if selection.share is not None else ""
    fixed = {}
    for dimension in cube.dimensions:
        code = dimension.code
        if code in shown or code == share:
            continue
        before = selection.fixed.get(code, ())
        if code == selection.x and dimension.role is Role.TIME:
            before = in_time(dimension, selection.x_only or dimension.codes)[-1:]
        elif not before:
            default = held(dimension, place)
            before = () if default is None else (default,)
        if before:
            fixed[code] = before
    return fixed
