"""What a new table says otherwise than the last release, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.cubes import pick

MOST_NAMED = 5
"""So many categories are named; of the rest it is said how many they are."""

BREAKS: Mapping[str, Promise] = {
    "dimensions": gettext_lazy("The table is broken down in another way than before."),
    "unit": gettext_lazy("The figures are in another unit than before."),
    "definition": gettext_lazy(
        "Categories have gone or have new names, so before and after may not be the same thing."
    ),
    "no_common_period": gettext_lazy("No point in time is in both, so nothing shows how they meet."),
}


def revisions_in_words(told: Mapping[str, Any], lang: str) -> list[str]:
    """What was revised, sentence by sentence, from `Revisions.to_json()`; one sentence where nothing was."""
    if not told:
        return []
    said = [
        *_figures(told, lang),
        *(sentence for one in told["dimensions"] for sentence in _dimension(one, lang)),
        *_breakdowns(told, lang),
        *_texts(told, lang),
    ]
    if told["breaks"]:
        why = " ".join(str(BREAKS[name]) for name in told["breaks"])
        said.append(_("The series is broken here: do not read a change across it. %(why)s") % {"why": why})
    return said or [_("Nothing was revised: every figure that both show is the same.")]


def _figures(told: Mapping[str, Any], lang: str) -> list[str]:
    said = []
    if told["revised"]:
        said.append(
            ngettext(
                "%(revised)s of %(compared)s figures that were shown before is revised.",
                "%(revised)s of %(compared)s figures that were shown before are revised.",
                told["revised"],
            )
            % {"revised": _number(told["revised"]), "compared": _number(told["compared"])}
        )
    if told["largest"]:
        largest = told["largest"]
        said.append(
            _("The largest revision: %(where)s, from %(before)s to %(after)s.")
            % {
                "where": " · ".join(pick(label, lang) for label in largest["labels"]) or _("the whole"),
                "before": _number(largest["before"]),
                "after": _number(largest["after"]),
            }
        )
    if came := told["appeared"]:
        said.append(
            ngettext(
                "%(count)s figure that was missing is there now.",
                "%(count)s figures that were missing are there now.",
                came,
            )
            % {"count": _number(came)}
        )
    if went := told["disappeared"]:
        said.append(
            ngettext("%(count)s figure is missing now.", "%(count)s figures are missing now.", went)
            % {"count": _number(went)}
        )
    return said


def _dimension(one: Mapping[str, Any], lang: str) -> list[str]:
    name = pick(one["label"], lang)
    said = []
    if one["new"]:
        said.append(_("New in %(name)s: %(which)s.") % {"name": name, "which": _named(one["new"], lang)})
    if one["gone"]:
        said.append(_("No longer in %(name)s: %(which)s.") % {"name": name, "which": _named(one["gone"], lang)})
    said += [
        _("“%(before)s” in %(name)s is now called “%(after)s”.")
        % {"name": name, "before": pick(before, lang), "after": pick(after, lang)}
        for before, after in one["renamed"][:MOST_NAMED]
    ]
    return said


def _breakdowns(told: Mapping[str, Any], lang: str) -> list[str]:
    said = []
    if told["dimensions_new"]:
        said.append(_("New breakdown: %(which)s.") % {"which": _named(told["dimensions_new"], lang)})
    if told["dimensions_gone"]:
        said.append(_("Breakdown that is gone: %(which)s.") % {"which": _named(told["dimensions_gone"], lang)})
    return said


def _texts(told: Mapping[str, Any], lang: str) -> list[str]:
    said = []
    for key, sentence in (
        ("title", _("The title was “%(before)s” and is now “%(after)s”.")),
        ("unit", _("The unit was “%(before)s” and is now “%(after)s”.")),
    ):
        if told[key]:
            before, after = told[key]
            said.append(sentence % {"before": pick(before, lang), "after": pick(after, lang)})
    said += [_("New note: %(text)s") % {"text": pick(note, lang)} for note in told["notes_new"][:MOST_NAMED]]
    said += [
        _("Note that is gone: %(text)s") % {"text": pick(note, lang)} for note in told["notes_gone"][:MOST_NAMED]
    ]
    return said


def _named(labels: Sequence[Mapping[str, str]], lang: str) -> str:
    named = ", ".join(pick(label, lang) for label in labels[:MOST_NAMED])
    if len(labels) <= MOST_NAMED:
        return named
    left = len(labels) - MOST_NAMED
    return ngettext("%(named)s and %(count)s more", "%(named)s and %(count)s more", left) % {
        "named": named,
        "count": _number(left),
    }


def _number(value: float) -> str:
    whole = round(value) == value
    return number_format(int(value) if whole else f"{value:.10g}", force_grouping=True)
