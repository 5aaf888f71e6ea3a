"""What several forms share: choices that explain themselves, and room for long texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy

LONG_TEXT = forms.Textarea(attrs={"rows": 3})
LONGEST_DRAFT = 4000
"""Of a text that is too long, so much is kept for its writer to cut."""


def explained(choices: Sequence[tuple[Any, Any]], meanings: Mapping[Any, Promise]) -> list[tuple[Any, Promise]]:
    """Choices whose labels say what each means."""
    return [(value, format_lazy("{}. {}", label, meanings[value])) for value, label in choices]
