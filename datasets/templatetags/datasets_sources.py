"""What a data set's page says of the source that fills it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from datasets.connectors import words_of
from datasets.models import Dataset
from datasets.selectors.sources import subscription_of, told

register = template.Library()


@register.inclusion_tag("datasets/source_note.html", takes_context=True)
def source_note(context: dict[str, Any], dataset: Dataset) -> dict[str, Any]:
    """That the figures come by themselves, and since when and why they do not."""
    if dataset.origin != Dataset.Origin.SOURCE:
        return {}
    found = subscription_of(dataset)
    shown = told(found) if found else None
    if shown and found and found.trouble and getattr(context["request"], "tenant", None) is None:
        # What to do about it is for those who answer for the figures.
        shown["why"] = words_of(found.trouble, found.trouble_params, gettext)
    return {
        "source": shown,
        "is_own": context.get("is_steward", False),
        "is_synthetic": dataset.is_synthetic,
        "request": context["request"],
    }
