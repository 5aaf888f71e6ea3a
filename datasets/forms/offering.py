"""Forms of the offer map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from datasets.forms.voicing import Grouped
from datasets.forms.wording import LONG_TEXT, explained
from datasets.models import AgeBand, Offer
from datasets.reach import Reach, reach_choices
from datasets.selectors.offers import OfferSearch
from datasets.voice_check import names_person

KINDS: dict[str, Promise] = {
    "promoting": _("For everyone: what makes wellbeing grow."),
    "preventing": _("For those at risk, before something is wrong."),
    "remedial": _("Help when something is wrong."),
}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WHEN: tuple[tuple[str, Promise], ...] = (
    ("now", _("Offered now")), ("planned", _("Planned")), ("ended", _("Ended"))
)  # fmt: skip


class OfferForm(forms.Form):
    """What is offered, by whom, to whom, and where one turns."""

    title = forms.CharField(label=_("What is offered"), max_length=150)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=explained(Offer.Kind.choices, KINDS), widget=forms.RadioSelect
    )
    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        queryset=None, label=_("Department"), required=False, empty_label=_("None of ours")
    )
    provider = forms.CharField(
        label=_("Or who else offers it"), max_length=150, required=False,
        help_text=_("An association, the region, the church."),
    )  # fmt: skip
    age_bands = forms.MultipleChoiceField(
        label=_("Ages"), choices=AgeBand.choices, widget=forms.CheckboxSelectMultiple
    )
    situations = forms.MultipleChoiceField(
        label=_("For whom"), choices=Offer.Situation.choices, widget=forms.CheckboxSelectMultiple,
        initial=[Offer.Situation.OCCUPIED],
        help_text=_("Tick the second only if it really reaches those who are outside school, studies and work."),
    )  # fmt: skip
    factors = forms.MultipleChoiceField(
        label=_("Factors of wellbeing"), required=False, widget=forms.CheckboxSelectMultiple
    )
    description = forms.CharField(label=_("In short"), max_length=600, required=False, widget=LONG_TEXT)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("Where one turns"), max_length=150, required=False,
        help_text=_("A function with its number or address, never a person’s name."),
    )  # fmt: skip
    link = forms.CharField(
        label=_("Web page"), max_length=500, required=False, validators=[URLValidator(schemes=["https", "http"])],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip
    since = forms.DateField(label=_("Since"), required=False, widget=DAY)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY)

    def __init__(self, *args: Any, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, department = self.fields["factors"], self.fields["department"]
        assert isinstance(field, forms.MultipleChoiceField)
        assert isinstance(department, forms.ModelChoiceField)
        field.choices = factors
        department.queryset = Department.in_scope()

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields in order; the template folds the factors."""
        return list(self.visible_fields())

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"]
        if names_person(contact):
            raise ValidationError(_("The contact looks like a person. Name the function instead."))
        return contact

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", ValidationError(_("It can’t end before it begins. Look at the days.")))
        if not given.get("department") and not given.get("provider"):
            self.add_error("provider", ValidationError(_("Choose a department above, or say who else offers it.")))
        return given


class OfferEndForm(forms.Form):
    """The last day on which something is offered."""

    until = forms.DateField(label=_("Last day"), widget=DAY)


class OfferShareForm(forms.Form):
    """How far an offer, or the whole map, is shared."""

    reach = forms.ChoiceField(
        label=_("Who may see it"),
        choices=reach_choices(may_open=True),
        widget=forms.RadioSelect,
        initial=Reach.OWN,
    )


class OfferSearchForm(forms.Form):
    """What somebody looks for on the map; anything that makes no sense is left aside."""

    visa = forms.ChoiceField(
        label=_("Rows"), required=False, choices=[("", _("Departments")), ("faktor", _("Factors"))]
    )
    forvaltning: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        label=_("Department"), required=False, queryset=None, empty_label=_("All")
    )
    slag = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Offer.Kind.choices])
    alder = forms.ChoiceField(label=_("Age"), required=False, choices=[("", _("All")), *AgeBand.choices])
    lage = forms.ChoiceField(
        label=_("For whom"), required=False, choices=[("", _("All")), *Offer.Situation.choices]
    )
    faktor = forms.ChoiceField(label=_("Factor"), required=False)
    nar = forms.ChoiceField(label=_("When"), required=False, choices=WHEN)

    def __init__(self, *args: Any, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, department = self.fields["faktor"], self.fields["forvaltning"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(department, forms.ModelChoiceField)
        self.factors = factors
        field.choices = [("", _("All")), *factors]
        department.queryset = Department.in_scope()

    @property
    def is_filtered(self) -> bool:
        """Whether only part of the map is shown: then nothing is said of gaps."""
        self.full_clean()
        part = ("forvaltning", "slag", "alder", "lage", "faktor")
        return any(self.cleaned_data.get(name) for name in part) or self.search().when != "now"

    @property
    def is_by_factor(self) -> bool:
        """Whether the rows are factors."""
        self.full_clean()
        return self.cleaned_data.get("visa") == "faktor"

    def search(self) -> OfferSearch:
        """The search."""
        self.full_clean()
        given = self.cleaned_data
        department = given.get("forvaltning")
        return OfferSearch(
            department=department.pk if department else None, kind=given.get("slag", ""),
            age_band=given.get("alder", ""), situation=given.get("lage", ""), factor=given.get("faktor", ""),
            when=given.get("nar") or "now",
        )  # fmt: skip
