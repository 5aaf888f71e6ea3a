"""What there is data on and what not: themes by groups of young people, and data by stage of life.

Read from what the scope at work may see; two groups that are hardly known anywhere, 15–19 outside school and
those of 20 to 29, always have their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from datasets.content import Theme, themes
from datasets.coverage import Group
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
class ThemeRow:
    """How many data sets tell of a theme, for each of COLUMNS, and in all."""

    theme: Theme
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


def gaps(known: Iterable[Dataset]) -> list[ThemeRow]:
    """Every theme with what is known of it; `known` are data sets that have figures."""
    known = list(known)
    rows = []
    for theme in themes():
        about = [dataset for dataset in known if is_about(dataset, theme)]
        counts = tuple(sum(group in dataset.coverage for dataset in about) for group in COLUMNS)
        rows.append(ThemeRow(theme, counts, len(about)))
    return rows


def stages(known: Iterable[Dataset], *, most: int) -> list[Stage]:
    """The stages of life in order, each with at most so many data sets, wellbeing first."""
    ordered = sorted(known, key=_wellbeing_first)
    return [
        Stage(group, tuple(dataset for dataset in ordered if group in dataset.coverage)[:most])
        for group in COLUMNS
    ]


def is_about(dataset: Dataset, theme: Theme) -> bool:
    """Whether a data set is filed under a theme, or under a factor that belongs to it."""
    return theme.key in dataset.themes or bool(set(theme.factors) & set(dataset.factors))


def _wellbeing_first(dataset: Dataset) -> tuple[int, str]:
    order: Sequence[str] = _FIRST
    place = order.index(dataset.measures) if dataset.measures in order else len(order)
    return place, dataset.sort_key
