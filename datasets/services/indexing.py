"""Keeping what searching and the page of gaps know of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from datasets.content import find_factor, find_theme
from datasets.cubes import Dimension, LocalText
from datasets.cubes.structure import dimensions_of
from datasets.exploring import told_of
from datasets.exploring.coverage import coverage_of, labels
from datasets.exploring.filing import theme_idea, themes_of
from datasets.models import Dataset, Release, ReleaseTable

WRITTEN = ("search_words", "coverage", "ideas")
LONGEST = 8000
MOST_CATEGORIES = 200
"""A dimension with more categories (every municipality) says little by each of them."""


def dataset_index(dataset: Dataset) -> None:
    """Write the words and groups by which a data set is found, from what is said of it and its newest figures.

    Only labels are read, which every reader of the release sees; called within the transaction of the change.
    """
    newest = Release.objects.own().filter(dataset=dataset).order_by("-number").first()
    tables = (
        ReleaseTable.objects.own().filter(release=newest).only("id", "tenant_id", "code", "structure", "title")
    )
    shown = [(table.code, table.title, dimensions_of(table.structure)) for table in tables.order_by("position")]
    titles = [title for _code, title, _dimensions in shown]
    texts = [dataset.title, dataset.description, *(text for title in titles for text in title.values())]
    dimensions = [dimension for _code, _title, found in shown for dimension in found]
    dataset.search_words = _words(dataset, titles, dimensions)
    dataset.coverage = _coverage([(code, found) for code, _title, found in shown], texts)
    ideas = told_of(dataset.search_words, [*dataset.themes, *dataset.factors, *dataset.coverage])
    dataset.ideas = [*ideas, *map(theme_idea, sorted(themes_of(dataset)))]
    Dataset.objects.own().filter(pk=dataset.pk).update(**{name: getattr(dataset, name) for name in WRITTEN})


def _coverage(tables: Iterable[tuple[str, Sequence[Dimension]]], texts: Sequence[str]) -> dict[str, Any]:
    """By group the first table that tells of it, and by which categories; no table where only words name it."""
    found: dict[str, Any] = {}
    for code, dimensions in tables:
        for group, told in coverage_of(dimensions).items():
            found.setdefault(group.value, {"table": code, "at": told})
    for group, told in coverage_of((), texts).items():
        found.setdefault(group.value, {"at": told})
    return found


def _words(dataset: Dataset, titles: Iterable[LocalText], dimensions: Iterable[Dimension]) -> str:
    """What a data set is filed under and the labels of its figures, each once, in small letters."""
    filed = [
        *(factor.label for key in dataset.factors if (factor := find_factor(key))),
        *(theme.label for key in dataset.themes if (theme := find_theme(key))),
    ]
    labelled = (
        label
        for dimension in dimensions
        for label in (labels(dimension) if len(dimension.categories) <= MOST_CATEGORIES else [dimension.label])
    )
    said = [dataset.title, dataset.title_en, dataset.description, dataset.description_en, dataset.source]
    texts = [*said, *(text for label in (*filed, *titles, *labelled) for text in label.values())]
    return "\n".join(dict.fromkeys(text.casefold() for text in texts if text))[:LONGEST]
