"""Sources in the reader's words: what went wrong, what they changed, what is new in their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from datasets.connectors import Difference, advice_of, words_of
from datasets.cubes import Revisions, pick

WHAT: Mapping[str, Promise] = {
    "title": gettext_lazy("The title"),
    "text": gettext_lazy("What it means"),
    "unit": gettext_lazy("The unit"),
    "variable": gettext_lazy("A variable"),
    "gone": gettext_lazy("A category is gone"),
    "new": gettext_lazy("A category is new"),
    "renamed": gettext_lazy("A category is called otherwise"),
}
MOST_PERIODS = 3


def trouble_in_words(code: str, params: Mapping[str, str | int]) -> str:
    """What went wrong with a source, and what to do."""
    return f"{words_of(code, params, _)} {advice_of(code, _)}"


@dataclass(frozen=True)
class Changed:
    """One thing that a source has changed: what, before and after, in words."""

    what: str
    where: str
    before: str
    after: str


def differences_in_words(found: Sequence[Difference]) -> list[Changed]:
    """What a source has changed, side by side."""
    return [Changed(str(WHAT[one.what]), one.where, one.before or "–", one.after or "–") for one in found]


def changes_in_words(found: Revisions) -> str:
    """What is new in a source's figures since the release before."""
    lang = (get_language() or "sv").partition("-")[0]
    new = [pick(label, lang) for one in found.dimensions if one.is_time for label in one.new]
    said = []
    if new:
        shown = new if len(new) <= MOST_PERIODS else [new[0], "…", new[-1]]
        said.append(_("New: %(periods)s.") % {"periods": ", ".join(shown)})
    if found.revised:
        said.append(
            ngettext("%(count)s figure was revised.", "%(count)s figures were revised.", found.revised)
            % {"count": found.revised}
        )
    if found.disappeared:
        said.append(
            ngettext(
                "%(count)s figure is no longer given.", "%(count)s figures are no longer given.", found.disappeared
            )
            % {"count": found.disappeared}
        )
    return " ".join(said) or _("Fetched again: words or categories have changed.")


def finding_in_words(finding: Mapping[str, Any]) -> str:
    """What a check found of one indicator; nothing where it is there as it was declared."""
    outcome, title = finding["outcome"], finding.get("title", "")
    if outcome == "as_declared":
        return ""
    if "trouble" in finding:
        return trouble_in_words(finding["trouble"], finding["params"])
    if outcome == "categories":
        return _("The source lacks: %(missing)s.") % {"missing": ", ".join(finding["missing"])}
    if outcome == "another":
        return _("This code is another figure at the source: “%(title)s”.") % {"title": title}
    if outcome == "redefined":
        changed = {str(WHAT[one["what"]]) for one in finding["changes"]}
        return _("The source has changed it: %(what)s.") % {"what": ", ".join(sorted(changed))}
    return _("The source calls it “%(title)s”.") % {"title": title}
