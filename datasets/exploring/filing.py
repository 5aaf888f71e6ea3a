"""Under which themes a data set is found."""

from __future__ import annotations

from datasets.content import themes
from datasets.models import Dataset


def themes_of(dataset: Dataset) -> set[str]:
    """The themes that a data set is filed under; where nobody said any, those that hold most of its factors."""
    if dataset.themes:
        return set(dataset.themes)
    about = set(dataset.factors)
    return {theme.key for theme in themes() if 2 * len(about & set(theme.factors)) > len(about)}


def theme_idea(key: str) -> str:
    """How a theme stands among the ideas of a data set."""
    return f"theme:{key}"
