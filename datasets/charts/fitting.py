"""Which kinds of chart fit a view, why the others do not, and which one is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from datasets.cubes import Cube, Dimension, LocalText, Role
from datasets.disclosure import ProtectedCube

from .areas import larger_areas, municipalities
from .errors import SelectionError
from .language import say
from .resolve import MOST_SERIES, check_counts, check_stack, resolve
from .select import Kind, Selection
from .spread import FEWEST

_NO_LINE: LocalText = {
    "sv": "En linje behöver flera år längs axeln.",
    "en": "A line needs several years along the axis.",
}
_FEW_PLACES: LocalText = {
    "sv": "Prickar behöver minst {count} kommuner längs axeln och ingen annan uppdelning.",
    "en": "Dots need at least {count} municipalities along the axis and no other breakdown.",
}


_OF_A_KIND = {"stack_needs_parts", "not_counts", "too_many_places"}


@dataclass(frozen=True)
class Fit:
    """A kind of chart; ``problem`` says why it does not fit, and is empty where it does."""

    kind: Kind
    problem: str
    is_proposed: bool = False


def fits(cube: ProtectedCube, selection: Selection, lang: str) -> tuple[Fit, ...]:
    """Every kind with its problem if it has one. Dimensions alone decide, never figures."""
    found = [Fit(kind, _problem(cube.cube, selection, kind, lang)) for kind in Kind]
    proposed = _best(cube.cube, selection, {fit.kind for fit in found if not fit.problem})
    return tuple(replace(fit, is_proposed=fit.kind is proposed) for fit in found)


def fitting(cube: ProtectedCube, selection: Selection, place: str) -> Selection:
    """The view drawn as was asked where that fits, else as proposed; dots point out the reader's own place."""
    kinds = fits(cube, selection, "en")
    asked = next(fit for fit in kinds if fit.kind is selection.kind)
    if asked.problem:
        selection = replace(selection, kind=next((fit.kind for fit in kinds if fit.is_proposed), Kind.BAR))
    return pointed_out(cube.cube, selection, place)


def pointed_out(cube: Cube, selection: Selection, place: str) -> Selection:
    """Dots with the reader's own place and its larger areas marked; other kinds mark nothing."""
    if selection.kind is not Kind.DOTS or selection.x not in {dimension.code for dimension in cube.dimensions}:
        return replace(selection, mark=())
    x = cube.dimension(selection.x)
    own = (place,) if place in x.positions else ()
    dots = tuple(code for code in selection.x_only if code in municipalities(x))
    mark = selection.mark or (*own, *larger_areas(x, place))
    return replace(selection, x_only=dots if len(dots) >= FEWEST else (), mark=mark)


def few_series(dimension: Dimension, codes: Sequence[str], place: str) -> tuple[str, ...]:
    """At most six series: of those chosen, the reader's place with its larger areas, and then the first.

    What was chosen stays as it is where it is few enough.
    """
    wanted = tuple(codes) or tuple(code for code in dimension.codes if code != dimension.total)
    if len(wanted) <= MOST_SERIES:
        return tuple(codes)
    own: tuple[str, ...] = ()
    if dimension.role is Role.GEO and place in wanted:
        own = (place, *(code for code in larger_areas(dimension, place) if code in wanted))
    return tuple(dict.fromkeys((*own, *wanted)))[:MOST_SERIES]


def _problem(cube: Cube, selection: Selection, kind: Kind, lang: str) -> str:
    x = next((d for d in cube.dimensions if d.code == selection.x), None)
    if x is None:
        return ""
    shown = selection.x_only or x.codes
    if kind is Kind.LINE and (x.role is not Role.TIME or len(shown) < 2):
        return say(_NO_LINE, lang)
    if kind is Kind.DOTS and (
        x.role is not Role.GEO
        or selection.series is not None
        or len(set(shown).intersection(municipalities(x))) < FEWEST
    ):
        return say(_FEW_PLACES, lang, count=FEWEST)
    try:
        view = resolve(replace(selection, kind=kind, mark=()), cube)
        if kind is Kind.STACKED:
            check_stack(view)
            if view.share is None:
                check_counts(cube, replace(view, share=view.series))
    except SelectionError as error:
        # What is wrong whatever the kind is told of the view, not of each kind.
        return error.text(lang) if error.code in _OF_A_KIND else ""
    return ""


def _best(cube: Cube, selection: Selection, fit: set[Kind]) -> Kind | None:
    """Time as a line; all municipalities as dots; parts of a whole on one another; else bars."""
    parts = (
        selection.share is not None and not selection.share.parts and selection.share.dimension == selection.series
    )
    order = [Kind.LINE, Kind.DOTS, *([Kind.STACKED] if parts else []), Kind.BAR]
    if selection.x_only:
        order.remove(Kind.DOTS)
    return next((kind for kind in order if kind in fit), None)
