"""Which view of a cube somebody wants to see, and the link that reopens exactly that view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from . import query
from .errors import SelectionError

MOST_POOLED = 5
"""At most so many years make one step: what is older says little of what is."""


class Kind(StrEnum):
    """How a chart is drawn."""

    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    DOTS = "dots"


@dataclass(frozen=True)
class ShareOf:
    """A share in per cent, made of a cube's counts: some categories of a dimension out of its whole.

    ``parts`` are the categories counted together as the part: "15–19", "20–24" and "25–29" of mothers' ages.
    Left out, each category along the axis (or each series) is its own part. ``whole`` are the categories that
    make the whole: left out, the dimension's total, or everybody where there is none.
    """

    dimension: str
    parts: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """A view of a cube: what runs along the axis, what the series are, and what is held fixed.

    ``x_only`` and ``series_only`` are the categories shown, in that order; empty means all of them but the
    total, also those that a later release adds. ``fixed`` maps every other dimension to the category it is
    held at; several are added together. A dimension left out is held at everybody: its total, or the sum.
    ``mark`` are places of a dot chart that are pointed out: municipalities among the dots, larger areas as lines.
    ``pool`` puts so many times together as one step, 0 none. ``is_like`` says that the places beside the first
    were chosen for being like it, so that a dialogue can put its own list in their stead.
    """

    x: str
    kind: Kind = Kind.LINE
    series: str | None = None
    x_only: tuple[str, ...] = ()
    series_only: tuple[str, ...] = ()
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    share: ShareOf | None = None
    mark: tuple[str, ...] = ()
    pool: int = 0
    is_like: bool = False

    def to_query(self) -> str:
        """The view as a URL query, the same for the same view: ``kind=line&x=year&series=region:0192,01``."""
        pairs = [("kind", query.escaped(self.kind)), ("x", query.written(self.x, self.x_only))]
        if self.series is not None:
            pairs.append(("series", query.written(self.series, self.series_only)))
        if self.share is not None:
            pairs.append(("share", query.written(self.share.dimension, self.share.parts, self.share.whole)))
        pairs += [("only", query.written(code, self.fixed[code])) for code in sorted(self.fixed)]
        if self.mark:
            pairs.append(("mark", query.written(self.x, self.mark)))
        if self.pool:
            pairs.append(("pool", str(self.pool)))
        if self.is_like:
            pairs.append(("like", "1"))
        return query.joined(pairs)

    @classmethod
    def from_query(cls, text: str) -> Selection:
        """The view that a URL query asks for; keys that are not ours are left alone.

        Raises SelectionError saying what cannot be read. Whether the cube has what is asked for is seen when
        the chart is built.
        """
        given = query.parsed(text)
        kind = query.single(given, "kind")
        if kind not in tuple(Kind):
            raise SelectionError("unknown_kind", given=kind)
        x, x_only, _ = query.read("x", query.single(given, "x"))
        series: str | None = None
        series_only: tuple[str, ...] = ()
        if "series" in given:
            series, series_only, _ = query.read("series", query.single(given, "series"))
        share = None
        if "share" in given:
            share = ShareOf(*query.read("share", query.single(given, "share"), whole_allowed=True))
        fixed: dict[str, tuple[str, ...]] = {}
        for value in given.get("only", ()):
            dimension, codes, _ = query.read("only", value)
            if dimension in fixed:
                raise SelectionError("dimension_twice", dimension=dimension)
            fixed[dimension] = codes
        mark: tuple[str, ...] = ()
        if "mark" in given:
            _, mark, _ = query.read("mark", query.single(given, "mark"))
        pool = query.number(given, "pool", most=MOST_POOLED)
        is_like = bool(query.number(given, "like", most=1))
        return cls(x, Kind(kind), series, x_only, series_only, fixed, share, mark, pool, is_like)
