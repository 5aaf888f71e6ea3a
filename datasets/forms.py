"""Forms about data sets. Choices that a tenant owns are set when a form is made, inside the scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Membership
from datasets.content import factors, themes
from datasets.cubes import pick
from datasets.disclosure import AggregationRule
from datasets.models import Dataset
from datasets.selectors import ADMINISTRATORS, same_people_choices
from datasets.services.rules import GUARDS, guard_of
from datasets.wording import FIT_FOR, MEASURES, SENSITIVITY

LONGEST_DRAFT = 4000
"""Of a text that is too long, so much is kept for its writer to cut."""

NOBODY = UUID(int=0)


def explained(choices: Sequence[tuple[Any, Any]], meanings: Mapping[Any, Promise]) -> list[tuple[Any, Promise]]:
    """Choices whose labels say what each means."""
    return [(value, format_lazy("{}. {}", label, meanings[value])) for value, label in choices]


FOLDS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("What it is about, for those who search"), ("description", "themes", "factors")),
    (_("How it is read"), ("how_to_read", "does_not_say", "polarity", "unit")),
    (_("Contact, licence and next update"), ("contact", "licence", "next_update_on", "is_synthetic")),
    (_("In English"), ("title_en", "description_en", "unit_en")),
)
LONG_TEXT = forms.Textarea(attrs={"rows": 3})
ZEROS: Mapping[str, Promise] = {
    "secondary": _("Shown, unless one must be hidden to keep another figure"),
    "sensitive": _("Hidden like small numbers"),
    "shown": _("Always shown"),
}
GUARD_NAMES: Mapping[str, Promise] = {
    "readers": _("Anyone who has every published figure"),
    "insider": _("Also someone who took part and knows their own answer"),
    "interval": _("Also someone who only wants to come close; hides the most"),
}


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
    polarity = forms.ChoiceField(
        label=_("Which way is good"), choices=Dataset.Polarity.choices, initial=Dataset.Polarity.NONE
    )
    unit = forms.CharField(label=_("What the figures count"), max_length=100, required=False)
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
    is_synthetic = forms.BooleanField(
        label=_("These are made-up example figures"), required=False,
        help_text=_("Then every chart says so."),
    )  # fmt: skip

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("themes", [(theme.key, pick(theme.label, lang)) for theme in themes()])
        self._choose("factors", [(factor.key, pick(factor.label, lang)) for factor in factors()])

    @property
    def needed(self) -> list[forms.BoundField]:
        """The fields that must be thought of; the others are folded."""
        folded = {name for _title, names in FOLDS for name in names}
        return [self[name] for name in self.fields if name not in folded]

    @property
    def folds(self) -> list[tuple[Promise, list[forms.BoundField], bool]]:
        """What may be left out, under a heading each, open where something must be put right."""
        return [
            (title, [self[name] for name in names], any(name in self.errors for name in names))
            for title, names in FOLDS
        ]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class OwnershipForm(forms.Form):
    """Which department answers for something: one's own, or for an administrator any."""

    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        queryset=None, label=_("Department"), required=False
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        departments = Department.in_scope()
        if membership.role not in ADMINISTRATORS:
            departments = departments.filter(pk=membership.department_id or NOBODY)
            field.required = membership.department_id is not None
            field.initial = membership.department_id
        field.queryset = departments
        field.empty_label = None if field.required else str(_("No department"))


class UploadForm(OwnershipForm):
    """A file to bring in, and whose it is."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, PC-Axis (.px) or JSON-stat, at most 50 MB. Nothing is published before you say so."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.px,.json"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Export it again and look at its size before you bring it in."),
        },
    )
    field_order = ["file", "department"]


class RegistrationForm(DatasetForm, OwnershipForm):
    """A new data set: who may see what is decided before anything is shown."""

    sensitivity = forms.ChoiceField(
        label=_("Sensitivity"),
        choices=explained(Dataset.Sensitivity.choices, SENSITIVITY),
        initial=Dataset.Sensitivity.INTERNAL,
        widget=forms.RadioSelect,
    )
    same_people_as: forms.ModelChoiceField[Dataset] = forms.ModelChoiceField(
        queryset=None, label=_("Counts the same people as"), required=False, empty_label=_("No other data set"),
        help_text=_("Say so when both count the same group, such as the same pupils or the same survey. Then "
                    "nobody can work out hidden figures from the two together."),
    )  # fmt: skip
    field_order = ["title", "source", "sensitivity", "same_people_as", "department", "measures", "fit_for"]

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, membership=membership, **kwargs)
        field = self.fields["same_people_as"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = same_people_choices(membership.tenant)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sensitivity") == Dataset.Sensitivity.SENSITIVE and not cleaned.get("department"):
            self.add_error(
                "department", _("Sensitive data belongs to a department: say which one answers for it.")
            )
        return cleaned


class ImportForm(RegistrationForm):
    """A data set that begins with a file. What is filled in so far is kept, right or wrong."""

    def draft(self, lang: str) -> dict[str, Any]:
        """What is filled in, as plain JSON: cleaned where it is right, cut short where it is not."""
        return {**{name: self._plain(name) for name in self.fields}, "lang": lang}

    def _plain(self, name: str) -> Any:
        value = self.cleaned_data.get(name) if name in self.cleaned_data else self[name].value()
        if isinstance(value, (Department, Dataset)):
            return str(value.pk)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            return value[:LONGEST_DRAFT]
        if isinstance(value, list):
            return [item[:LONGEST_DRAFT] if isinstance(item, str) else item for item in value[:100]]
        return value


class NewReleaseForm(forms.Form):
    """What is new in a data set's next release."""

    changes = forms.CharField(
        label=_("What has changed"), max_length=1000, required=False, widget=LONG_TEXT,
        help_text=_("For example “Figures of 2025 added”. Readers see it."),
    )  # fmt: skip

    folds = ()

    @property
    def needed(self) -> list[forms.BoundField]:
        """The one field."""
        return [self["changes"]]

    def draft(self, lang: str) -> dict[str, Any]:
        """What is filled in, as plain JSON."""
        changes = self.cleaned_data.get("changes", self["changes"].value() or "")
        return {"changes": changes[:LONGEST_DRAFT], "lang": lang}


class ChartForm(forms.Form):
    """What a saved chart is called, and what its reader is looking at."""

    title = forms.CharField(label=_("Title"), max_length=200)
    note = forms.CharField(
        label=_("What you are looking at"), max_length=1000, required=False, widget=LONG_TEXT,
        help_text=_("A line or two for those who were not there when it was made."),
    )  # fmt: skip
    is_frozen = forms.BooleanField(
        label=_("Keep it at these figures"), required=False,
        help_text=_("Otherwise it follows the data and shows new figures when they come."),
    )  # fmt: skip
    query = forms.CharField(widget=forms.HiddenInput, max_length=6000)
    table = forms.CharField(widget=forms.HiddenInput, max_length=100)


class RuleForm(forms.Form):
    """From how few people figures are shown. Fields are those of an `AggregationRule`, but for two in one.

    `guard` says whom hidden figures are kept from, in steps that each hide more: `insider`, then `interval`.
    """

    FIRST = ("sensitivity", "k", "share_base", "mean_base")

    sensitivity = forms.ChoiceField(
        label=_("Sensitivity"),
        choices=explained(Dataset.Sensitivity.choices, SENSITIVITY),
        widget=forms.RadioSelect,
    )
    k = forms.IntegerField(
        label=_("Smallest number of people that is shown"), min_value=0, max_value=100,
        help_text=_("5 is usual; at least 3 unless the data is open."),
    )  # fmt: skip
    share_base = forms.IntegerField(label=_("Fewest answers behind a share"), min_value=0, max_value=1000)
    mean_base = forms.IntegerField(label=_("Fewest answers behind a mean"), min_value=0, max_value=1000)
    tau = forms.IntegerField(
        label=_("Fewest people who must differ in a group"), min_value=0, max_value=100,
        help_text=_("Hides groups in which nearly everyone has the same sensitive answer. 0: not used."),
    )  # fmt: skip
    guard = forms.ChoiceField(
        label=_("Hidden figures are kept from"),
        choices=list(GUARD_NAMES.items()),
        widget=forms.RadioSelect,
    )
    max_dimensions = forms.IntegerField(label=_("Most breakdowns crossed at once"), min_value=1, max_value=99)
    deep_base = forms.IntegerField(
        label=_("Fewest people where a place is crossed with two more breakdowns"), min_value=0, max_value=1000,
        help_text=_("30 is usual for sensitive data. 0: not used."),
    )  # fmt: skip
    dominance = forms.IntegerField(
        label=_("How closely one person behind a mean may reckon another"), min_value=0, max_value=100,
        help_text=_("In per cent. 10 is usual; a larger number hides more. 0: not used."),
    )  # fmt: skip
    rounding = forms.IntegerField(
        label=_("Round figures to a multiple of"), min_value=0, max_value=100, help_text=_("0: not rounded.")
    )
    zeros = forms.ChoiceField(
        label=_("Zeros"),
        choices=list(ZEROS.items()),
    )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What most stewards look at."""
        return [self[name] for name in self.FIRST]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """What the sensitivity has usually settled."""
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    @classmethod
    def showing(cls, rule: AggregationRule) -> RuleForm:
        """The form filled in with a rule."""
        return cls(initial={**rule.to_json(), "guard": guard_of(rule)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.rule()
            except ValueError:
                self.add_error("k", _("Data that is not open needs at least 3 people behind each figure."))
        return cleaned

    def rule(self) -> AggregationRule:
        """The rule that was filled in."""
        insider, interval = GUARDS[self.cleaned_data["guard"]]
        given = {name: value for name, value in self.cleaned_data.items() if name != "guard"}
        return AggregationRule.from_json({**given, "insider": insider, "interval": interval})
