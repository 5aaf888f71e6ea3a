"""Choices that are known when a form is made, inside the scope, not when it is declared."""

from __future__ import annotations

from uuid import UUID

from django import forms


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
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
