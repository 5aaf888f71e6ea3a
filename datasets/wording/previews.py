"""What a preview hides, and what is lost by it, in words for the table's steward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.wording.steps import per_cent


@dataclass(frozen=True)
class Lost:
    """One number of what is lost, with its words; for `components/stats.html`."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class LostIn:
    """The categories of a breakdown that lose most."""

    name: str
    worst: str


def lost_in_words(protected: Mapping[str, Any]) -> list[Lost]:
    """How many figures are hidden, by what, and how much of the people is still seen."""
    if "lost" not in protected:
        return []
    cells, hidden, primary = protected["cells"], protected["hidden"], protected["primary"]
    said = [
        Lost(
            _("%(hidden)s of %(cells)s")
            % {
                "hidden": number_format(hidden, force_grouping=True),
                "cells": number_format(cells, force_grouping=True),
            },
            _("figures would not be shown"),
            per_cent(hidden, cells),
        )
    ]
    if hidden:
        said += [
            Lost(
                number_format(primary, force_grouping=True),
                ngettext("is of too few people", "are of too few people", primary),
                ""
                if hidden == primary
                else ngettext(
                    "%(count)s more keeps it from being worked out",
                    "%(count)s more keep them from being worked out",
                    hidden - primary,
                )
                % {"count": number_format(hidden - primary, force_grouping=True)},
            ),
            Lost(
                _("%(share)s%%") % {"share": number_format(protected["lost"]["people_percent"])},
                _("of those counted are in a figure that is shown"),
                _("at the finest breakdown"),
            ),
        ]
    return said


def lost_where(protected: Mapping[str, Any]) -> list[LostIn]:
    """Where most is lost, breakdown by breakdown."""
    return [
        LostIn(
            lost["name"],
            ", ".join(
                _("%(label)s (%(hidden)s of %(cells)s)")
                % {name: each[name] for name in ("label", "hidden", "cells")}
                for each in lost["worst"]
            ),
        )
        for lost in protected.get("lost", {}).get("dimensions", [])
    ]
