"""Changes of a table in words: what is advised, what it would save, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import LocalText, pick
from datasets.disclosure import Group, Kind, Step

LANGUAGES = ("sv", "en")
_MOST_NAMED = 4


@dataclass(frozen=True)
class AdviceShown:
    """A change that would let more be shown: what it is, what it saves, and what to mind about it."""

    key: str
    title: str
    effect: str
    left: str
    caution: str


@dataclass(frozen=True)
class StepShown:
    """A change that was taken, and whether this file's table has anything to change."""

    key: str
    text: str
    is_unfit: bool


def advice_in_words(protected: Mapping[str, Any], lang: str) -> list[AdviceShown]:
    """The advice of a preview, the best first."""
    return [_advice(given, protected, lang) for given in protected.get("advice", [])]


def steps_in_words(steps: Sequence[Mapping[str, Any]], unfit: Sequence[str], lang: str) -> list[StepShown]:
    """The changes that were taken for a file so far."""
    taken = [Step.from_json(step) for step in steps]
    return [StepShown(step.key, done_in_words(step, lang), step.key in unfit) for step in taken]


def per_cent(part: int, whole: int) -> str:
    """A part in whole per cent; never 0 for something, nor 100 for all but something."""
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 1:
        return _("under %(share)s%%") % {"share": number_format(1)}
    whole_share = 99 if 99 < share < 100 else round(share)
    return _("%(share)s%%") % {"share": number_format(whole_share)}


def done_in_words(step: Step, lang: str) -> str:
    """A change that was made, as its readers are told."""
    name = _name(step.name, step.dimension, lang)
    if step.kind is Kind.DROP:
        return _("The table is not broken down by %(dimension)s.") % {"dimension": name}
    told = [_as_one(group, lang) for group in step.groups]
    if step.kind is Kind.POOL:
        merged = _("Years are taken together: %(groups)s.") % {"groups": "; ".join(told)}
        return f"{merged} {_counted_again()}"
    return _("Taken together in %(dimension)s: %(groups)s.") % {"dimension": name, "groups": "; ".join(told)}


def _advice(given: Mapping[str, Any], protected: Mapping[str, Any], lang: str) -> AdviceShown:
    steps = [Step.from_json(step) for step in given["steps"]]
    cells, hidden = int(given["cells"]), int(given["hidden"])
    after = per_cent(hidden, cells)
    if protected.get("refusals"):
        effect = _("%(after)s of the figures would be hidden; now nothing can be shown.") % {"after": after}
    else:
        before = per_cent(int(protected["hidden"]), int(protected["cells"]))
        effect = _("%(after)s of the figures would be hidden instead of %(before)s.") % {
            "after": after,
            "before": before,
        }
    left = ngettext(
        "%(shown)s figure of %(cells)s is shown then.",
        "%(shown)s figures of %(cells)s are shown then.",
        cells - hidden,
    ) % {
        "shown": number_format(cells - hidden, force_grouping=True),
        "cells": number_format(cells, force_grouping=True),
    }
    is_pooled = any(step.kind is Kind.POOL for step in steps)
    titles = [_to_do(step, lang) for step in steps]
    return AdviceShown(str(given["key"]), " + ".join(titles), effect, left, _counted_again() if is_pooled else "")


def _to_do(step: Step, lang: str) -> str:
    name = _name(step.name, step.dimension, lang)
    if step.kind is Kind.DROP:
        return _("Leave out %(dimension)s") % {"dimension": name}
    if step.kind is Kind.POOL:
        years = ", ".join(_label(group, lang) for group in step.groups)
        return _("Take years together: %(years)s") % {"years": years}
    told = "; ".join(_told(group, lang) for group in step.groups)
    return _("Merge in %(dimension)s: %(groups)s") % {"dimension": name, "groups": told}


def _told(group: Group, lang: str) -> str:
    """``15–17 and 18–19 become 15–19``."""
    return _("%(parts)s become “%(label)s”") % {"parts": _parts(group, lang), "label": _label(group, lang)}


def _as_one(group: Group, lang: str) -> str:
    """``15–17 and 18–19 as 15–19``."""
    return _("%(parts)s as “%(label)s”") % {"parts": _parts(group, lang), "label": _label(group, lang)}


def _label(group: Group, lang: str) -> str:
    return _name(group.label, group.code, lang)


def _parts(group: Group, lang: str) -> str:
    """What was merged, the many cut short."""
    parts = [_name(label, code, lang) for label, code in zip(group.labels, group.codes, strict=True)]
    if len(parts) > _MOST_NAMED:
        more = len(parts) - _MOST_NAMED + 1
        parts[_MOST_NAMED - 1 :] = [ngettext("%(count)s more", "%(count)s more", more) % {"count": more}]
    if len(parts) == 1:
        return parts[0]
    return _("%(parts)s and %(last)s") % {"parts": ", ".join(parts[:-1]), "last": parts[-1]}


def _name(text: LocalText, code: str, lang: str) -> str:
    return pick(text, lang) or code


def _counted_again() -> str:
    return _("Someone who is counted in several years is counted once for each of them.")
