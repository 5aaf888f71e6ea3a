"""Looking for data sets: words and conditions, all of them in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Tenant
from datasets.models import Dataset
from datasets.selectors import DatasetSearch, near
from datasets.wording.groups import factor_choices, group_choices, theme_choices


class SearchForm(forms.Form):
    """What somebody looks for among the data sets; anything that makes no sense is left aside."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    matt = forms.ChoiceField(
        label=_("What it measures"), required=False, choices=[("", _("All")), *Dataset.Measures.choices]
    )
    till = forms.TypedChoiceField(
        label=_("Fit for"), required=False, coerce=int, empty_value=None,
        choices=[("", _("All")), *Dataset.FitFor.choices],
    )  # fmt: skip
    kanslighet = forms.ChoiceField(
        label=_("Sensitivity"), required=False, choices=[("", _("All")), *Dataset.Sensitivity.choices]
    )
    forvaltning: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        label=_("Department"), required=False, queryset=None, empty_label=_("All")
    )
    alla = forms.BooleanField(label=_("Also open data of other municipalities"), required=False)
    tema = forms.ChoiceField(label=_("Theme"), required=False)
    faktor = forms.ChoiceField(label=_("Factor"), required=False)
    grupp = forms.ChoiceField(label=_("Tells of"), required=False)
    ordning = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Best answer first")), ("title", _("By title")), ("newest", _("Newest figures first"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["forvaltning"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.in_scope()
        for name, choices in (
            ("tema", theme_choices()),
            ("faktor", factor_choices()),
            ("grupp", group_choices()),
        ):
            listed = self.fields[name]
            assert isinstance(listed, forms.ChoiceField)
            listed.choices = [("", _("All")), *choices]

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the order was asked for."""
        self.full_clean()
        return any(value for name, value in self.cleaned_data.items() if name != "ordning")

    def search(self, tenant: Tenant) -> DatasetSearch:
        """The search, best answer first where there are words and no other order was asked for."""
        self.full_clean()
        given = self.cleaned_data
        department = given.get("forvaltning")
        return DatasetSearch(
            words=given.get("q", ""),
            near=None if given.get("alla") else near(tenant),
            theme=given.get("tema", ""),
            factor=given.get("faktor", ""),
            measures=given.get("matt", ""),
            fit_for=given.get("till"),
            sensitivity=given.get("kanslighet", ""),
            department=department.pk if department else None,
            group=given.get("grupp", ""),
            sort=given.get("ordning", ""),
        )
