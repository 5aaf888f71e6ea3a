"""How a release was protected, in words for those who answer for it: figures, reasons, certificate, parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.cubes import pick
from datasets.wording.previews import Lost
from datasets.wording.steps import per_cent

ATTACKERS: Mapping[str, Promise] = {
    "linear combinations": gettext_lazy(
        "Nobody can work out a hidden figure by adding and subtracting those that are shown."
    ),
    "whole numbers from nought": gettext_lazy(
        "Nobody can do it either by reckoning that people come in whole numbers, never fewer than none."
    ),
    "hidden counts are at least one": gettext_lazy(
        "Nor by knowing that a hidden number is at least one, since zeros are always shown."
    ),
    "insider": gettext_lazy("Nor can someone who took part and knows their own answer."),
    "interval": gettext_lazy(
        "Nobody can come close to a hidden number: it may be anything from one up to the limit."
    ),
}
"""What each kind of attack that was tried comes to. One that is new here is named as the certificate names it."""

FIGURES: Mapping[str, Promise] = {
    "protected": gettext_lazy("Figures that were attacked"),
    "exposed": gettext_lazy("Figures that were found out"),
    "blocks": gettext_lazy("Parts that hang together, attacked one by one"),
    "programs": gettext_lazy("Calculations made"),
    "whole_searches": gettext_lazy("Searches among whole numbers"),
    "rounds": gettext_lazy("Times that more was hidden and the attack began anew"),
    "exact": gettext_lazy("Figures kept by a whole table that differs"),
    "linear": gettext_lazy("Figures kept by calculation with fractions"),
    "seconds": gettext_lazy("Seconds"),
}


@dataclass(frozen=True)
class Fact:
    """One line of a certificate or of the parameters."""

    name: str
    value: str


@dataclass(frozen=True)
class TableShown:
    """What became of one table of a release."""

    code: str
    title: str
    cells: str
    hidden: str
    share: str
    primary: str
    secondary: str


def totals(reports: Sequence[Mapping[str, Any]]) -> list[Lost]:
    """How much of the whole release is shown, and what hides the rest."""
    cells, hidden, primary = (
        sum(int(report[name]) for report in reports) for name in ("cells", "hidden", "primary")
    )
    shown = cells - hidden
    said = [Lost(per_cent(shown, cells), _("of the figures are shown"), _of(shown, cells))]
    if hidden:
        said += [
            Lost(_number(primary), ngettext("is of too few people", "are of too few people", primary)),
            Lost(
                _number(hidden - primary),
                ngettext("is hidden so that another cannot be worked out",
                         "are hidden so that others cannot be worked out", hidden - primary),
            ),
        ]  # fmt: skip
    return said


def tables(reports: Mapping[str, Mapping[str, Any]], titles: Mapping[str, str]) -> list[TableShown]:
    """Each table of a release with its figures."""
    return [
        TableShown(
            code=code,
            title=titles.get(code, code),
            cells=_number(report["cells"]),
            hidden=_number(report["hidden"]),
            share=per_cent(int(report["hidden"]), int(report["cells"])),
            primary=_number(report["primary"]),
            secondary=_number(report["secondary"]),
        )
        for code, report in reports.items()
    ]


def compared_in_words(compared: Mapping[str, Any], report: Mapping[str, Any], lang: str) -> str:
    """What one dimension less would have saved; nothing where it was not worked out."""
    if not compared:
        return ""
    return _(
        "Without %(dimension)s, %(less)s of the figures would be hidden instead of %(present)s; "
        "the table would have %(cells)s figures instead of %(before)s."
    ) % {
        "dimension": pick(compared["dimension"], lang),
        "less": per_cent(int(compared["hidden"]), int(compared["cells"])),
        "present": per_cent(int(report["hidden"]), int(report["cells"])),
        "cells": _number(compared["cells"]),
        "before": _number(report["cells"]),
    }


def attacks(audits: Sequence[Mapping[str, Any]]) -> list[str]:
    """What every table withstood, in plain words."""
    tried = [set(map(str, audit.get("attackers", ()))) for audit in audits]
    named = dict.fromkeys(name for audit in audits for name in map(str, audit.get("attackers", ())))
    common = [name for name in named if all(name in one for one in tried)]
    return [
        str(ATTACKERS[name]) if name in ATTACKERS else _("Also tried: %(name)s.") % {"name": name}
        for name in common
    ]


def certificate(audits: Sequence[Mapping[str, Any]]) -> list[Fact]:
    """The figures of the last audit, added up over the tables; what has no name here keeps its own."""
    summed: dict[str, float] = {}
    other: dict[str, set[str]] = {}
    for audit in audits:
        for name, value in _flat(audit):
            if isinstance(value, int | float) and not isinstance(value, bool):
                summed[name] = summed.get(name, 0) + value
            else:
                other.setdefault(name, set()).add(_plain(value))
    order = {name: place for place, name in enumerate(FIGURES)}
    named = sorted(summed.items(), key=lambda item: order.get(item[0].partition(" ")[0], len(order)))
    facts = [Fact(_name(name), _number(value)) for name, value in named]
    return facts + [Fact(_name(name), ", ".join(sorted(values))) for name, values in other.items()]


def parameters(rule: Mapping[str, Any], table: Mapping[str, Any]) -> list[Fact]:
    """Every parameter of the rule, and those of the table that say something, as the method names them."""
    said = [(name, value) for name, value in table.items() if value not in (None, "", [], {})]
    return [Fact(name, _plain(value)) for name, value in (*rule.items(), *said)]


def _flat(audit: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in audit.items():
        if isinstance(value, Mapping):
            found += [(f"{name} {inner}", each) for inner, each in _flat(value)]
        elif name != "attackers":
            found.append((name, value))
    return found


def _name(name: str) -> str:
    first, _space, rest = name.partition(" ")
    known = str(FIGURES.get(first, first.replace("_", " ")))
    return f"{known}: {rest.replace('_', ' ')}" if rest else known


def _plain(value: Any) -> str:
    if value is None or value == [] or value == {}:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(each)}" for name, each in value.items())
    return str(value)


def _of(part: int, whole: int) -> str:
    return _("%(shown)s of %(cells)s") % {"shown": _number(part), "cells": _number(whole)}


def _number(value: float) -> str:
    rounded = value if isinstance(value, int) or value == int(value) else round(value, 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded, force_grouping=True)
