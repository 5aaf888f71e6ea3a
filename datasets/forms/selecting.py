"""Choosing what a chart shows with nothing but a form: every choice is a link, and no script is needed.

The form's fields are named by a dimension's place in the cube (`f-0`), since codes may hold any sign. What is sent
is read by `selection_reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.charts import Kind, Selection, fits
from datasets.charts.resolve import MOST_SERIES
from datasets.cubes import Category, Dimension, Role, pick
from datasets.disclosure import ProtectedCube

LIKE_SIGN = "|"
"""Between the places like ours, in the field by which the form remembers that they were chosen for being so."""

_LONG = 12
"""A dimension with more categories than this has a search, and two ends where they stand in a row."""

KINDS: Mapping[Kind, Promise] = {
    Kind.LINE: gettext_lazy("Lines"),
    Kind.BAR: gettext_lazy("Bars"),
    Kind.STACKED: gettext_lazy("Parts of a whole"),
    Kind.DOTS: gettext_lazy("Dots, one for each municipality"),
}


class Use(StrEnum):
    """What a dimension does in the view at hand."""

    ALONG = "along"
    SERIES = "series"
    PART = "part"
    HELD = "held"


@dataclass(frozen=True)
class Option:
    """One thing to choose; `inside` are the categories that it is made of, for places their municipalities."""

    code: str
    label: str
    is_chosen: bool
    inside: tuple[Option, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something inside is chosen, so that the reader must see it."""
        return any(option.is_chosen or option.is_open for option in self.inside)


@dataclass(frozen=True)
class KindOption:
    """A kind of chart to choose; with a `problem` it does not fit what is shown, and cannot be chosen."""

    code: str
    label: str
    is_chosen: bool
    is_proposed: bool
    problem: str


@dataclass(frozen=True)
class DimensionField:
    """A dimension's part of the form."""

    name: str
    whole_name: str
    label: str
    use: Use
    hint: str
    chosen: str
    options: tuple[Option, ...]
    wholes: tuple[Option, ...]
    has_range: bool
    is_long: bool
    first: str
    last: str


@dataclass(frozen=True)
class SelectionForm:
    """The whole form, filled in with the view at hand."""

    kinds: tuple[KindOption, ...]
    along: tuple[Option, ...]
    series: tuple[Option, ...]
    shares: tuple[Option, ...]
    dimensions: tuple[DimensionField, ...]
    pool: int
    like: str


def selection_form(cube: ProtectedCube, selection: Selection, lang: str) -> SelectionForm:
    """The form for a cube, filled in with a view of it."""
    share = selection.share.dimension if selection.share else ""

    def named(chosen: str | None, dimensions: Iterable[Dimension]) -> tuple[Option, ...]:
        return tuple(Option(d.code, _name(d, lang), d.code == chosen) for d in dimensions)

    several = [dimension for dimension in cube.dimensions if len(dimension) > 1]
    return SelectionForm(
        kinds=tuple(
            KindOption(fit.kind, str(KINDS[fit.kind]), fit.kind is selection.kind, fit.is_proposed, fit.problem)
            for fit in fits(cube, selection, lang)
        ),
        along=named(selection.x, several or cube.dimensions),
        series=(Option("", _("One for all"), selection.series is None), *named(selection.series, several)),
        shares=(
            Option("", _("The figures as they are"), not share),
            *named(share, (d for d in several if _has_whole(d))),
        ),
        dimensions=tuple(
            _field(place, dimension, selection, lang)
            for place, dimension in enumerate(cube.dimensions)
            if len(dimension) > 1
        ),
        pool=selection.pool,
        like=LIKE_SIGN.join(selection.series_only or selection.x_only) if selection.is_like else "",
    )


def _field(place: int, dimension: Dimension, selection: Selection, lang: str) -> DimensionField:
    use = _use(dimension, selection)
    chosen = _codes(dimension, selection, use)
    whole = selection.share.whole if selection.share and selection.share.dimension == dimension.code else ()
    is_share = selection.share is not None and selection.share.dimension == dimension.code
    in_a_row = has_row(dimension)
    run = in_a_row and _is_run(dimension, chosen)
    return DimensionField(
        name=f"f-{place}",
        whole_name=f"f-{place}-whole",
        label=_name(dimension, lang),
        use=use,
        hint=_hint(dimension, use, chosen),
        chosen=_in_words(dimension, chosen, lang),
        options=_options(dimension, () if run else chosen, lang),
        wholes=_options(dimension, whole, lang) if is_share else (),
        has_range=in_a_row,
        is_long=len(dimension) > _LONG,
        first=chosen[0] if run else "",
        last=chosen[-1] if run else "",
    )


def _use(dimension: Dimension, selection: Selection) -> Use:
    if dimension.code == selection.x:
        return Use.ALONG
    if dimension.code == selection.series:
        return Use.SERIES
    if selection.share is not None and dimension.code == selection.share.dimension:
        return Use.PART
    return Use.HELD


def _codes(dimension: Dimension, selection: Selection, use: Use) -> tuple[str, ...]:
    given: Mapping[Use, Sequence[str]] = {
        Use.ALONG: selection.x_only,
        Use.SERIES: selection.series_only,
        Use.PART: selection.share.parts if selection.share else (),
        Use.HELD: selection.fixed.get(dimension.code, ()),
    }
    return tuple(code for code in given[use] if code in dimension.positions)


def _hint(dimension: Dimension, use: Use, chosen: Sequence[str]) -> str:
    if use is Use.ALONG:
        return _("Along the axis. Tick none to show all.")
    if use is Use.SERIES and chosen and len(dimension) > MOST_SERIES:
        numbers = {"shown": len(chosen), "all": len(dimension)}
        return _("%(shown)s of %(all)s are shown, six at most. Untick one to make room for another.") % numbers
    if use is Use.SERIES:
        return _("A line or a bar for each: six at most.")
    if use is Use.PART:
        return _("What you tick is counted together as the part.")
    if dimension.summable and dimension.role is not Role.METRIC:
        return _("What you tick is added together. Tick none for everybody.")
    return _("Choose one: these figures are never added together.")


def has_row(dimension: Dimension) -> bool:
    """Whether a long dimension's categories stand in a row, such as years or ages, so that ends can be named."""
    return (
        len(dimension) > _LONG
        and dimension.role is not Role.GEO
        and not any(c.parent for c in dimension.categories)
    )


def _is_run(dimension: Dimension, codes: Sequence[str]) -> bool:
    places = [dimension.position(code) for code in codes]
    return len(places) > 1 and places == list(range(places[0], places[0] + len(places)))


def _has_whole(dimension: Dimension) -> bool:
    return dimension.role is not Role.METRIC and (dimension.summable or dimension.total is not None)


def _in_words(dimension: Dimension, codes: Sequence[str], lang: str) -> str:
    if not codes:
        return _("all") if len(dimension) > 1 else ""
    labels = [_label(dimension.category(code), lang) for code in codes]
    if len(labels) <= 3:
        return ", ".join(labels)
    if _is_run(dimension, codes):
        return f"{labels[0]} – {labels[-1]}"
    return ngettext("%(count)s chosen", "%(count)s chosen", len(labels)) % {"count": len(labels)}


def _options(dimension: Dimension, chosen: Sequence[str], lang: str) -> tuple[Option, ...]:
    """The categories as a tree: a category that contains others has them inside."""
    inside: dict[str | None, list[Category]] = {}
    for category in dimension.categories:
        inside.setdefault(category.parent, []).append(category)

    def option(category: Category, depth: int) -> list[Option]:
        parts = [made for part in inside.get(category.code, []) for made in option(part, depth + 1)]
        own = Option(category.code, _label(category, lang), category.code in chosen)
        # The top of everything stands beside its parts: a reader looks for a county, not for the country first.
        if depth == 0 and any(part.inside for part in parts):
            return [own, *parts]
        return [Option(own.code, own.label, own.is_chosen, tuple(parts))]

    return tuple(made for category in inside.get(None, []) for made in option(category, 0))


def _name(dimension: Dimension, lang: str) -> str:
    text = pick(dimension.label, lang) or dimension.code
    return text[:1].upper() + text[1:]


def _label(category: Category, lang: str) -> str:
    return pick(category.label, lang) or category.code
