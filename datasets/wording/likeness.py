"""How likeness between municipalities is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.models import Likeness

WEIGHTS: Sequence[tuple[int, Promise]] = (
    (0, gettext_lazy("Not at all")),
    (1, gettext_lazy("Counts")),
    (2, gettext_lazy("Counts double")),
    (3, gettext_lazy("Counts three times")),
)
LIKE: Mapping[str, Promise] = {
    "very_like": gettext_lazy("very like ours"),
    "like": gettext_lazy("like ours"),
    "rather_like": gettext_lazy("rather like ours"),
    "unlike": gettext_lazy("the nearest there is, and yet unlike ours"),
}


def named_variables(made: Likeness, lang: str) -> list[dict[str, Any]]:
    """What the list was made by, with names in the reader's language."""
    return [
        {**one, "name": (lang == "en" and one["title_en"]) or one["title"], "words": dict(WEIGHTS)[one["weight"]]}
        for one in made.variables
    ]


def shown_places(made: Likeness, lang: str) -> list[dict[str, Any]]:
    """The places, the nearest first, each with its distance in words and why."""
    names = {one["key"]: one["name"] for one in named_variables(made, lang)}
    return [
        {
            "name": place["name"],
            "words": LIKE[place["word"]],
            "why": [names[key] for key in place["nearest"]],
            "differs": _differs(place["furthest"], names),
            "missing": [names[key] for key in place["missing"]],
        }
        for place in made.places
    ]


def _differs(furthest: Sequence[Any] | None, names: Mapping[str, str]) -> str:
    if furthest is None:
        return ""
    key, gap = furthest
    text = _("%(name)s: higher there") if gap > 0 else _("%(name)s: lower there")
    return text % {"name": names[key]}
