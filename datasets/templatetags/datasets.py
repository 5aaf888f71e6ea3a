"""Data sets in templates."""

from __future__ import annotations

from django import template

from datasets import wording
from datasets.models import Dataset

register = template.Library()


@register.filter
def title_of(dataset: Dataset) -> str:
    """A data set's title in the reader's language, else in the other."""
    return wording.title_of(dataset, wording.language())
