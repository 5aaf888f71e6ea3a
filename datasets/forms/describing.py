"""The page where a data set is described."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Tenant
from datasets.breaks import BreakError, break_json, demands_of, read_breaks, written_breaks
from datasets.content import find_factor, themes
from datasets.cubes import pick
from datasets.forms.wording import LONG_TEXT, explained
from datasets.models import Dataset
from datasets.selectors.system_map import current_map, factor_choices, factor_names
from datasets.uses import Purpose
from datasets.wording import DEMANDS, FIT_FOR, MEASURES

FOLDS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("What it is about, for those who search"), ("description", "themes", "factors")),
    (
        _("What measuring needs: unit, definition, which way is good, breaks in the series"),
        ("unit", "definition", "polarity", "breaks", "whole_from"),
    ),
    (_("How it is read"), ("how_to_read", "does_not_say")),
    (_("Contact, licence and next update"), ("contact", "licence", "next_update_on", "is_synthetic")),
    (_("In English"), ("title_en", "description_en", "unit_en", "definition_en")),
)


class DatasetForm(forms.Form):
    """What is known about a data set, beside its figures."""

    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("What it is about"), max_length=4000, required=False, widget=LONG_TEXT,
        help_text=_("Two or three sentences for somebody who has not seen it before."),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), max_length=300)
    contact = forms.CharField(
        label=_("Contact"), max_length=200, required=False, help_text=_("A function, rather than a person.")
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=100, required=False, help_text=_("For example CC0 or CC BY 4.0.")
    )
    measures = forms.ChoiceField(
        label=_("What it measures"),
        choices=explained(Dataset.Measures.choices, MEASURES),
        initial=Dataset.Measures.CONTEXT,
        widget=forms.RadioSelect,
    )
    fit_for = forms.TypedMultipleChoiceField(
        label=_("What it is fit for"), coerce=int, choices=explained(Dataset.FitFor.choices, FIT_FOR),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what it is good enough for. Exploring asks the least of it."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("What the figures count"), max_length=100, required=False,
        help_text=_("For example pupils, visits or per cent of those who answered."),
    )  # fmt: skip
    definition = forms.CharField(
        label=_("Definition"), max_length=2000, required=False, widget=LONG_TEXT,
        help_text=_("Who is counted, when and how, so that somebody else would get the same figures."),
    )  # fmt: skip
    polarity = forms.ChoiceField(
        label=_("Which way is good"), choices=Dataset.Polarity.choices, initial=Dataset.Polarity.UNSAID
    )
    breaks = forms.CharField(
        label=_("Breaks in the series"), max_length=4000, required=False, widget=LONG_TEXT,
        help_text=_("One a line, with the first period of the new way: “2015: the question has new words”. Charts "
                    "cut the line there. English may follow after a slash."),
    )  # fmt: skip
    whole_from = forms.CharField(
        label=_("The series is whole from"), max_length=20, required=False,
        help_text=_("The first period from which every figure is made in the same way. Only needed with breaks."),
    )  # fmt: skip
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    factors = forms.MultipleChoiceField(
        label=_("Factors of wellbeing"), required=False, widget=forms.CheckboxSelectMultiple
    )
    how_to_read = forms.CharField(
        label=_("How to read it"), max_length=600, required=False, widget=LONG_TEXT,
        help_text=_("Two lines under every chart. Left out, we write them from what the data is."),
    )  # fmt: skip
    does_not_say = forms.CharField(
        label=_("What it does not say"), max_length=600, required=False, widget=LONG_TEXT
    )
    next_update_on = forms.DateField(
        label=_("Next update"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    description_en = forms.CharField(
        label=_("What it is about, in English"), max_length=4000, required=False, widget=LONG_TEXT
    )
    unit_en = forms.CharField(label=_("What the figures count, in English"), max_length=100, required=False)
    definition_en = forms.CharField(
        label=_("Definition in English"), max_length=2000, required=False, widget=LONG_TEXT
    )
    is_synthetic = forms.BooleanField(
        label=_("These are made-up example figures"), required=False,
        help_text=_("Then every chart says so."),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(breaks := self.initial.get("breaks"), list):
            self.initial = {**self.initial, "breaks": written_breaks(breaks)}
        self._choose("themes", [(theme.key, pick(theme.label, lang)) for theme in themes()])
        self._choose("factors", self._factors(tenant, lang))

    @property
    def needed(self) -> list[forms.BoundField]:
        """The fields that must be thought of; the others are folded."""
        folded = {name for _title, names in FOLDS for name in names}
        return [field for field in self.visible_fields() if field.name not in folded]

    @property
    def folds(self) -> list[tuple[Promise, list[forms.BoundField], bool]]:
        """What may be left out, under a heading each, open where something must be put right."""
        return [
            (title, [self[name] for name in names], any(name in self.errors for name in names))
            for title, names in FOLDS
        ]

    def clean_breaks(self) -> list[dict[str, str]]:
        """The breaks as they are kept. Raises ValidationError that names the line."""
        try:
            return [break_json(one) for one in read_breaks(self.cleaned_data["breaks"])]
        except BreakError as error:
            raise forms.ValidationError(
                _("Line %(line)s: write a period, a colon and what changed, and each period once."),
                params={"line": error.line},
            ) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if Purpose.MEASURE in cleaned.get("fit_for", ()) and "breaks" in cleaned:
            for demand in demands_of(cleaned):
                self.add_error(demand, str(DEMANDS[demand]))
        return cleaned

    def _factors(self, tenant: Tenant, lang: str) -> list[tuple[str, str]]:
        """The factors of the region's map; what was chosen before stays, though the map has left it out."""
        offered = [pair for _layer, pairs in factor_choices(tenant, lang) for pair in pairs]
        kept = [*(self.initial.get("factors") or ()), *(self["factors"].value() or ())]
        known = {key for key, _label in offered}
        added = [key for key in dict.fromkeys(kept) if key not in known]
        if added:
            current, before = current_map(tenant), self.initial.get("factors") or ()
            # What nobody has a name for is kept where it was chosen before, never where it is only sent.
            named = [key for key in added if key in before or find_factor(key) or current.map.find(key)]
            offered += zip(named, factor_names(named, current, lang), strict=True)
        return offered

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
