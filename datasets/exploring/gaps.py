"""What there is data on and what not: themes by groups of young people, and data by stage of life.

Read from what the scope at work may see; two groups that are hardly known anywhere, 15–19 outside school and
those of 20 to 29, always have their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from datasets.content import Factor, Theme, factors, themes
from datasets.exploring.coverage import Group
from datasets.exploring.filing import themes_of
from datasets.models import Dataset

COLUMNS = (
    Group.IN_SCHOOL,
    Group.LEAVING_SCHOOL,
    Group.OUTSIDE_SCHOOL,
    Group.FIRST_YEARS,
    Group.SETTLING,
)
"""The groups for which something may be missing, from the youngest to the oldest."""

_FIRST = (Dataset.Measures.WELLBEING, Dataset.Measures.PROTECTIVE, Dataset.Measures.CONTEXT)
"""What a stage of life begins with: what makes it good before what goes wrong."""


@dataclass(frozen=True)
class GapRow:
    """How many data sets tell of a theme or a factor, for each of COLUMNS, and in all."""

    about: Theme | Factor
    counts: tuple[int, ...]
    total: int

    @property
    def missing(self) -> tuple[Group, ...]:
        """The groups that nothing tells of."""
        return tuple(group for group, count in zip(COLUMNS, self.counts, strict=True) if not count)


@dataclass(frozen=True)
class Stage:
    """A group as a stage of life, and the data sets that tell of it."""

    group: Group
    datasets: tuple[Dataset, ...]


def theme_gaps(known: Iterable[Dataset]) -> list[GapRow]:
    """Every theme with what is known of it; `known` are data sets that have figures."""
    known = list(known)
    return [_row(theme, [one for one in known if theme.key in themes_of(one)]) for theme in themes()]


def factor_gaps(known: Iterable[Dataset]) -> list[GapRow]:
    """Every factor of wellbeing with what is known of it."""
    known = list(known)
    return [_row(factor, [one for one in known if factor.key in one.factors]) for factor in factors()]


def _row(about: Theme | Factor, telling: Sequence[Dataset]) -> GapRow:
    counts = tuple(sum(group in dataset.coverage for dataset in telling) for group in COLUMNS)
    return GapRow(about, counts, len(telling))


def stages(known: Iterable[Dataset], *, most: int) -> list[Stage]:
    """The stages of life in order, each with at most so many data sets, wellbeing first.

    Of those that tell of the same thing, as a round and the one before it do, the newest alone.
    """
    newest: dict[tuple[str, ...], Dataset] = {}
    for dataset in sorted(known, key=_age):
        newest.setdefault(
            (dataset.measures, *sorted(dataset.factors), *(() if dataset.factors else [dataset.title])), dataset
        )
    ordered = sorted(newest.values(), key=_wellbeing_first)
    return [
        Stage(group, tuple(dataset for dataset in ordered if group in dataset.coverage)[:most])
        for group in COLUMNS
    ]


def _age(dataset: Dataset) -> float:
    published: datetime | None = getattr(dataset, "newest_at", None)
    return -published.timestamp() if published else 0.0


def _wellbeing_first(dataset: Dataset) -> tuple[int, str]:
    order: Sequence[str] = _FIRST
    place = order.index(dataset.measures) if dataset.measures in order else len(order)
    return place, dataset.sort_key
