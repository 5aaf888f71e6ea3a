"""The page where a data set is registered: whose it is, and how sensitive."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Membership
from datasets.content.ready_forms import find_ready_form
from datasets.disclosure import AggregationRule
from datasets.forms.describing import DatasetForm
from datasets.forms.wording import explained
from datasets.models import Dataset
from datasets.rights import ADMINISTRATORS
from datasets.rules import suggested_rule, usual_rule
from datasets.selectors import same_people_choices
from datasets.wording import SENSITIVITY

NOBODY = UUID(int=0)


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
    ready_form = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    field_order = ["title", "source", "sensitivity", "same_people_as", "department", "measures", "fit_for"]

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, membership=membership, tenant=membership.tenant, **kwargs)
        field = self.fields["same_people_as"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = same_people_choices(membership.tenant)

    def clean_ready_form(self) -> str:
        """The key of the form that it was begun from; none for a key that is nobody's."""
        key: str = self.cleaned_data["ready_form"]
        return key if find_ready_form(key) else ""

    def rule(self) -> AggregationRule:
        """The usual rule of the sensitivity, made stricter where the form that it was begun from says so."""
        begun = find_ready_form(self.cleaned_data["ready_form"])
        return suggested_rule(begun, self.cleaned_data["sensitivity"]) if begun else usual_rule(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sensitivity") == Dataset.Sensitivity.SENSITIVE and not cleaned.get("department"):
            self.add_error(
                "department", _("Sensitive data belongs to a department: say which one answers for it.")
            )
        return cleaned
