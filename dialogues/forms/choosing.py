"""Choices that are known when a form is made, inside the scope, not when it is declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

Grouped = Sequence[tuple[Any, Any]]
"""Choices, or names of groups with their choices."""


def set_choices(form: forms.Form, name: str, choices: Grouped) -> None:
    """Give a field its choices, in the order in which they are offered."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def uuid_of(text: str | None) -> UUID | None:
    """The number that a form sent; None for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def set_queryset(form: forms.Form, name: str, found: QuerySet[Any]) -> None:
    """Give a field the rows that can be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = found
