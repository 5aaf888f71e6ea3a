"""Data sets, rules and reports in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from datasets.breaks import breaks_of
from datasets.content import find_theme
from datasets.cubes import pick
from datasets.disclosure import AggregationRule, Zeros
from datasets.models import Dataset, ReleaseTable

MEASURES: Mapping[str, Promise] = {
    "wellbeing": gettext_lazy("It asks how well young people are doing, not what is wrong."),
    "protective": gettext_lazy("It is about what makes wellbeing grow."),
    "risk": gettext_lazy("It counts what is hard. Look beside it for what works for those who feel well."),
    "context": gettext_lazy("It describes the place and the people, neither good nor bad in itself."),
}
FIT_FOR: Mapping[int, Promise] = {
    1: gettext_lazy("Whole and comparable: goals can be set on it and followed over time."),
    2: gettext_lazy("Good to think with. It may have gaps, so places are never ranked by it."),
    3: gettext_lazy("Tied to an activity: it shows whether what was decided made a difference."),
}
SENSITIVITY: Mapping[str, Promise] = {
    "open": gettext_lazy("Anyone may see every figure."),
    "internal": gettext_lazy("For the people of the municipality. Small groups are not shown."),
    "sensitive": gettext_lazy("Prepared by its own department. Everyone else sees protected tables only."),
}

DEMANDS: Mapping[str, Promise] = {
    "unit": gettext_lazy("To measure with it, say what the figures count."),
    "definition": gettext_lazy("To measure with it, write its definition: who is counted, when and how."),
    "polarity": gettext_lazy("To measure with it, say which way is good, or that neither is."),
    "whole_from": gettext_lazy("To measure with it, say from when the series is whole: its last break or later."),
}
"""What fit for 1 asks of a data set; keys are the fields where the answer is written."""

METHODS: Mapping[str, Promise] = {
    "elimination, audit, repair": gettext_lazy(
        "small figures hidden, then tried by attack until none can be worked out"
    ),
    "passed through as open statistics": gettext_lazy("open figures, shown as they are"),
}


def language() -> str:
    """The reader's language as cubes name it."""
    return (get_language() or "sv").partition("-")[0]


@dataclass(frozen=True)
class Said:
    """A word that labels a data set, and what it means."""

    label: str
    meaning: str


@dataclass(frozen=True)
class Described:
    """What a data set's page says of it, in the reader's language."""

    title: str
    description: str
    unit: str
    definition: str
    polarity: str
    breaks: tuple[tuple[str, str], ...]
    how_to_read: str
    does_not_say: str
    measures: Said
    fit_for: tuple[Said, ...]
    sensitivity: Said
    themes: tuple[str, ...]


def described(dataset: Dataset, lang: str) -> Described:
    """A data set in words; what was not written in the reader's language comes in the other."""
    return Described(
        title=_either(dataset, "title", lang),
        description=_either(dataset, "description", lang),
        unit=_either(dataset, "unit", lang),
        definition=_either(dataset, "definition", lang),
        polarity="" if dataset.polarity == Dataset.Polarity.UNSAID else str(dataset.get_polarity_display()),
        breaks=tuple((one.period, pick(one.text, lang)) for one in breaks_of(dataset.breaks)),
        how_to_read=_either(dataset, "how_to_read", lang),
        does_not_say=_either(dataset, "does_not_say", lang),
        measures=Said(str(dataset.get_measures_display()), str(MEASURES[dataset.measures])),
        fit_for=tuple(Said(str(Dataset.FitFor(use).label), str(FIT_FOR[use])) for use in sorted(dataset.fit_for)),
        sensitivity=Said(str(dataset.get_sensitivity_display()), str(SENSITIVITY[dataset.sensitivity])),
        themes=_labels((find_theme(key) for key in dataset.themes), lang),
    )


def _either(dataset: Dataset, name: str, lang: str) -> str:
    first, second = (f"{name}_en", name) if lang == "en" else (name, f"{name}_en")
    return getattr(dataset, first) or getattr(dataset, second)


def _labels(found: Iterable[Any], lang: str) -> tuple[str, ...]:
    return tuple(pick(item.label, lang) for item in found if item is not None)


def named_tables(tables: Iterable[ReleaseTable], lang: str) -> list[tuple[str, str]]:
    """Code and title of each table of a release."""
    return [(table.code, pick(table.title, lang) or table.code) for table in tables]


def rule_in_words(rule: AggregationRule) -> list[str]:
    """What is hidden under a rule, a sentence each."""
    if rule.hides_nothing:
        return [_("Every figure is shown as it is.")]
    said = [
        _("A number of people from 1 to %(most)s is not shown.") % {"most": rule.k - 1} if rule.k > 1 else "",
        _("A share is shown only where at least %(base)s people answered.") % {"base": rule.share_base}
        if rule.share_base > 1
        else "",
        _("A mean is shown only where at least %(base)s people answered.") % {"base": rule.mean_base}
        if rule.mean_base > 1
        else "",
        _("Zeros are hidden like small numbers.") if rule.zeros is Zeros.SENSITIVE else "",
        _("A group in which nearly everyone, or nearly no one, has the same sensitive answer is not shown.")
        if rule.tau
        else "",
        _("A place crossed with two breakdowns or more is shown only for groups of at least %(base)s people.")
        % {"base": rule.deep_base}
        if rule.deep_base > 1
        else "",
        _("A mean that one or two people nearly decide is not shown.") if rule.dominance else "",
        _("At most %(most)s breakdowns are crossed at once.") % {"most": rule.max_dimensions},
        _("Figures are rounded to a multiple of %(base)s.") % {"base": rule.rounding} if rule.rounding > 1 else "",
        _("Further figures are hidden where a hidden one could otherwise be worked out."),
        _("That holds also for someone who took part and knows their own answer.") if rule.insider else "",
        _("Nobody can come close to a hidden number either.") if rule.interval else "",
    ]
    return [sentence for sentence in said if sentence]


def report_in_words(report: Mapping[str, Any]) -> list[Said]:
    """What disclosure control did to a release, for its steward."""
    tables = [table["report"] for table in report.values()]
    cells, hidden = sum(table["cells"] for table in tables), sum(table["hidden"] for table in tables)
    return [
        Said(number_format(cells, force_grouping=True), _("figures in the release")),
        Said(str(hidden), ngettext("of them is not shown", "of them are not shown", hidden)),
    ]


def method_in_words(version: str) -> str:
    """How figures were protected, and by which version of the method."""
    method, _space, number = version.rpartition(" ")
    return f"{METHODS.get(method, method)} ({number})"


def title_of(dataset: Dataset, lang: str) -> str:
    """A data set's title in the reader's language, else in the other."""
    return str(_either(dataset, "title", lang))
