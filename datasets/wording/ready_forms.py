"""Ready forms in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.content import find_factor
from datasets.content.ready_forms import ReadyForm
from datasets.cubes import pick
from datasets.models import Dataset
from datasets.rules import suggested_rule
from datasets.wording import FIT_FOR, MEASURES, SENSITIVITY, Said, rule_in_words

ROLES: Mapping[str, Promise] = {
    "time": _("Time"),
    "geo": _("Place"),
    "dimension": _("What it is broken down by"),
    "measure": _("The figures"),
}


@dataclass(frozen=True)
class ReadyFormInWords:
    """A ready form as its page shows it."""

    key: str
    title: str
    what: str
    owner: str
    columns: tuple[tuple[str, str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    level: str
    sensitivity: Said
    measures: Said
    fit_for: tuple[Said, ...]
    factors: tuple[str, ...]
    unit: str
    definition: str
    polarity: str
    how_to_read: str
    does_not_say: str
    framing: str
    rule: tuple[str, ...]
    why_rule: str
    items: tuple[tuple[str, str], ...]
    has_unverified: bool


def ready_form_in_words(form: ReadyForm, lang: str) -> ReadyFormInWords:
    """A form in the reader's language. Headings and example values stay as they stand in the file."""
    factors = (find_factor(key) for key in form.factors)
    return ReadyFormInWords(
        key=form.key,
        title=pick(form.title, lang),
        what=pick(form.what, lang),
        owner=pick(form.owner, lang),
        columns=tuple((one.name, str(ROLES[one.role]), pick(one.meaning, lang)) for one in form.columns),
        headings=tuple(column.name for column in form.columns),
        rows=tuple(form.rows),
        level=form.sensitivity,
        sensitivity=Said(str(Dataset.Sensitivity(form.sensitivity).label), str(SENSITIVITY[form.sensitivity])),
        measures=Said(str(Dataset.Measures(form.measures).label), str(MEASURES[form.measures])),
        fit_for=tuple(Said(str(Dataset.FitFor(use).label), str(FIT_FOR[use])) for use in form.fit_for),
        factors=tuple(pick(factor.label, lang) for factor in factors if factor is not None),
        unit=pick(form.unit, lang),
        definition=pick(form.definition, lang),
        polarity=str(Dataset.Polarity(form.polarity).label),
        how_to_read=pick(form.how_to_read, lang),
        does_not_say=pick(form.does_not_say, lang),
        framing=pick(form.framing, lang),
        rule=tuple(rule_in_words(suggested_rule(form, form.sensitivity))),
        why_rule=pick(form.rule.why, lang),
        items=tuple((item.code, pick(item.text, lang)) for item in form.items),
        has_unverified=any(not item.is_verified for item in form.items),
    )
