"""What reading and protecting a file came to, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.content.ready_forms import find_ready_form
from datasets.cubes import pick
from datasets.disclosure import Why
from datasets.importers import Format
from datasets.importers.names import ENCODING_NAMES, FORMAT_NAMES
from datasets.models import Dataset, Upload

REFUSALS: Mapping[Why, tuple[Promise, Promise]] = {
    Why.NOT_COUNTS: (
        gettext_lazy("These are not numbers of people: %(cells)s."),
        gettext_lazy(
            "Numbers of people are whole. Leave out the column with the word above it: shares can be shown of the "
            "numbers themselves. Or say that the data is open."
        ),
    ),
    Why.MISSING_COUNTS: (
        gettext_lazy("Some numbers are missing, so the sums cannot be checked: %(cells)s."),
        gettext_lazy("Fill them in, or leave out the whole category."),
    ),
    Why.MARGINS_DIFFER: (
        gettext_lazy("The parts do not add up to the total: %(cells)s."),
        gettext_lazy("Correct the file, or leave out the total."),
    ),
    Why.TABLES_DIFFER: (
        gettext_lazy("Two tables of the same people differ: %(cells)s."),
        gettext_lazy("Make both of them from the same figures."),
    ),
    Why.UNKNOWN_DIMENSION: (
        gettext_lazy("The table has no breakdown or category called %(name)s."),
        gettext_lazy("Choose one that it has."),
    ),
    Why.NO_TOTAL: (
        gettext_lazy("Shares over %(name)s need its total."),
        gettext_lazy("Add a total to the file, or say that the categories may be added up."),
    ),
    Why.TOO_MANY_DIMENSIONS: (
        gettext_lazy("The table crosses %(crossed)s breakdowns, and the rule allows %(allowed)s."),
        gettext_lazy("Leave out a column, or bring in several smaller tables."),
    ),
    Why.TOO_LARGE: (
        gettext_lazy("The table has %(size)s figures, and at most %(most)s can be protected at once."),
        gettext_lazy("Bring in several smaller tables."),
    ),
    Why.TOO_TANGLED: (
        gettext_lazy("The tables hang together in more ways than can be protected at once."),
        gettext_lazy("Bring in several smaller tables, or leave out a column."),
    ),
    Why.EARLIER_REVEALS: (
        gettext_lazy("What was published earlier already tells what the rule hides: %(cells)s."),
        gettext_lazy("Merge these groups with others, or leave out the years that are already published."),
    ),
    Why.NOTHING_LEFT: (
        gettext_lazy("The groups are so small that nothing could be shown."),
        gettext_lazy("Merge categories, take several years together, or leave out a column."),
    ),
    Why.NOT_CLEAN: (
        gettext_lazy("Some hidden figures could still be worked out: %(cells)s."),
        gettext_lazy("Merge categories or leave out a column. Nothing has been published."),
    ),
    Why.NO_WHOLE_TABLE: (
        gettext_lazy("The figures do not fit those of the earlier release."),
        gettext_lazy("See that both count the same people."),
    ),
    Why.BROKEN_HIERARCHY: (
        gettext_lazy("The groups do not hold together: %(cells)s."),
        gettext_lazy("See that no part is missing, and that no group is inside itself."),
    ),
    Why.UNRELATED_GROUPS: (
        gettext_lazy("The same people are grouped in another way elsewhere: %(cells)s."),
        gettext_lazy("Say which smaller categories each of these groups counts."),
    ),
    Why.OFF_SCALE: (
        gettext_lazy("What people contribute does not fit how many they are, or the scale: %(cells)s."),
        gettext_lazy("Look at the sums, and at where the scale begins and ends."),
    ),
}
_MOST_CELLS = 5
_ROLE_NAMES: Mapping[str, Promise] = {
    "time": gettext_lazy("time"),
    "geo": gettext_lazy("places"),
    "metric": gettext_lazy("measures"),
}


@dataclass(frozen=True)
class Shown:
    """One thing that is wrong: where, what, and what to do about it."""

    where: str
    what: str
    remedy: str
    is_fatal: bool


@dataclass(frozen=True)
class FoundDimension:
    """One breakdown of the table that was found."""

    name: str
    role: str
    size: int
    examples: str
    sums: str


def problems_in_words(problems: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """The report of an upload, each problem in the reader's language."""
    return [_refusal(problem) if "why" in problem else _problem(problem) for problem in problems]


def _problem(problem: Mapping[str, Any]) -> Shown:
    params = {
        name: _(value) if isinstance(value, str) and value else value for name, value in problem["params"].items()
    }
    line, column = problem["line"], problem["column"]
    where = ""
    if line is not None:
        where = _("Line %(line)s") % {"line": line}
        if column is not None:
            where = _("Line %(line)s, column %(column)s") % {"line": line, "column": column}
    elif column is not None:
        where = _("Column %(column)s") % {"column": column}
    message, remedy, is_fatal = problem["message"], problem["remedy"], problem["severity"] == "fatal"
    return Shown(where, _(message) % params, _(remedy) % params if remedy else "", is_fatal)


def _refusal(reason: Mapping[str, Any]) -> Shown:
    what, remedy = REFUSALS[Why(reason["why"])]
    about = {**reason["about"], "cells": _named(list(reason["cells"]))}
    return Shown("", str(what) % about, str(remedy) % about, is_fatal=True)


def _named(cells: list[str]) -> str:
    """Cells by what they have in common, such as one column of a file; else the first of them."""
    shared = set.intersection(*(set(cell.split(", ")) for cell in cells)) if len(cells) > 1 else set()
    if shared:
        said = ", ".join(part for part in cells[0].split(", ") if part in shared)
        return ngettext("%(said)s (%(count)s figure)", "%(said)s (%(count)s figures)", len(cells)) % {
            "said": said, "count": len(cells)
        }  # fmt: skip
    named = "; ".join(cells[:_MOST_CELLS])
    if len(cells) > _MOST_CELLS:
        more = len(cells) - _MOST_CELLS
        named += " " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
    return named


def found_in_words(upload: Upload, lang: str) -> dict[str, Any]:
    """What was found in a file: how it is written and what its table holds."""
    guess = upload.guess
    encoding = guess.get("encoding", "")
    return {
        "kind": FORMAT_NAMES[Format(upload.format)] if upload.format else "",
        "encoding": "" if guess.get("sheets") else ENCODING_NAMES.get(encoding, encoding),
        "title": pick(guess.get("title", {}), lang),
        "source": guess.get("source", ""),
        "unit": pick(guess.get("unit", {}), lang),
        "updated": guess.get("updated", ""),
        "cells": number_format(guess["cells"], force_grouping=True) if "cells" in guess else "",
        "rows": guess.get("rows"),
        "dimensions": [_dimension(dimension, lang) for dimension in guess.get("dimensions", [])],
    }


def _dimension(dimension: Mapping[str, Any], lang: str) -> FoundDimension:
    first = [pick(label, lang) for label in dimension["first"]]
    examples = ", ".join(first[:3])
    if dimension["size"] > 3:
        examples += f" … {pick(dimension['last'], lang)}"
    total = pick(dimension["total"], lang) if dimension["total"] else ""
    sums = _("may be added up") if dimension["summable"] else _("never added up")
    if total:
        sums = _("%(sums)s; its total is “%(total)s”") % {"sums": sums, "total": total}
    role = _ROLE_NAMES.get(dimension["role"])
    return FoundDimension(
        name=pick(dimension["label"], lang) or dimension["code"],
        role=str(role) if role else "",
        size=dimension["size"],
        examples=examples,
        sums=sums,
    )


def proposed_registration(upload: Upload, lang: str) -> dict[str, Any]:
    """What the file says of itself, as a first registration. Official statistics come in as open."""
    guess = upload.guess
    is_official = upload.registration.get("sensitivity") == Dataset.Sensitivity.OPEN
    contact = str(guess.get("about", {}).get("contact", "")).splitlines()
    title = guess.get("title", {})
    form = find_ready_form(str(upload.registration.get("ready_form", "")))
    if form is not None:
        given = form.registration()
        return {**given, "source": guess.get("source") or given["source"], "department": upload.department_id}
    return {
        "title": pick(title, lang)[:200] or upload.name.rpartition(".")[0],
        "title_en": title.get("en", "")[:200],
        "source": guess.get("source", "")[:300],
        "contact": contact[0][:200] if contact and not is_official else "",
        "unit": pick(guess.get("unit", {}), lang)[:100],
        "fit_for": [1] if is_official else [2],
        "polarity": Dataset.Polarity.NONE if is_official else Dataset.Polarity.UNSAID,
        "definition": _defined_by(guess.get("source", "")) if is_official else "",
        "department": upload.department_id,
    }


def _defined_by(source: str) -> str:
    return _("As the source defines it: %(source)s. See its notes.") % {"source": source}


def hidden_in_words(protected: Mapping[str, Any]) -> str:
    """How much a preview hides."""
    hidden = int(protected.get("hidden", 0))
    return ngettext(
        "%(hidden)s of %(cells)s figures would not be shown.",
        "%(hidden)s of %(cells)s figures would not be shown.",
        hidden,
    ) % {"hidden": hidden, "cells": number_format(protected.get("cells", 0), force_grouping=True)}
