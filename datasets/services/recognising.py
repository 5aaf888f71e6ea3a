"""Which kind of local data a file looks like, and what its registration begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasets.content.ready_forms import ReadyForm, forms_for_columns
from datasets.models import Dataset
from datasets.rules import suggested_rule
from datasets.services.files import Found


def begun_registration(found: Found) -> dict[str, Any]:
    """Sensitivity, and where one ready form alone fits the columns that form with the rule that it suggests.

    A statistical office's own file with its source is open; all else is internal until somebody says more.
    """
    forms = recognised(found.guess)
    if len(forms) == 1:
        # That data is open somebody says; a file's columns never do.
        is_open = forms[0].sensitivity == Dataset.Sensitivity.OPEN
        sensitivity = str(Dataset.Sensitivity.INTERNAL) if is_open else forms[0].sensitivity
        rule = suggested_rule(forms[0], sensitivity)
        return {
            "sensitivity": sensitivity,
            "ready_form": forms[0].key,
            "k": rule.k,
            "share_base": rule.share_base,
        }
    is_official = not found.format.has_columns and found.cube is not None and bool(found.cube.source)
    return {"sensitivity": str(Dataset.Sensitivity.OPEN if is_official else Dataset.Sensitivity.INTERNAL)}


def recognised(guess: Mapping[str, Any]) -> tuple[ReadyForm, ...]:
    """The ready forms that a file with these columns may be."""
    return forms_for_columns(str(column.get("heading", "")) for column in guess.get("columns", ()))
