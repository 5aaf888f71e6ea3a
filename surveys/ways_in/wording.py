"""Whom a round reached, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from datasets.disclosure import ProtectedCube
from surveys.ways_in.reach import Reached, adults_reached, outside_school_reached


def reached_in_words(tables: Mapping[str, ProtectedCube], count: int) -> list[str]:
    """A sentence for each of the two groups that a survey spread in schools misses."""
    return [
        _said(
            outside_school_reached(tables, count),
            _("15 to 19 and not in school: %(answers)s of the answers (%(percent)s %%)."),
            _("They are hardly reached: the results say little of them."),
            _("15 to 19 and not in school: how many answered can't be told from what may be shown."),
        ),
        _said(
            adults_reached(tables, count),
            _("20 to 29: %(answers)s of the answers (%(percent)s %%)."),
            _("They are hardly reached: the results are mostly about younger people."),
            _("20 to 29: how many answered can't be told from what may be shown."),
        ),
    ]


def _said(reached: Reached, known: str, hardly: str, unknown: str) -> str:
    if reached.answers is None:
        return unknown
    words = known % {"answers": reached.answers, "percent": reached.percent}
    return f"{words} {hardly}" if reached.is_hardly else words
