"""The pages of sources: looking a table up, and choosing of it."""

from __future__ import annotations

from math import prod
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Tenant
from accounts.reference import municipalities
from datasets.connectors import Axis, Definition
from datasets.models import SourceSubscription

MOST_CELLS = 500_000
MOST_CHECKS = 12
YOUNG = frozenset(str(age) for age in range(15, 30))
NEAR, ALL = "near", "all"


class LookUpForm(forms.Form):
    """Which table or key figure of which source."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Source"), choices=SourceSubscription.Kind.choices, widget=forms.RadioSelect
    )
    source_id = forms.RegexField(
        r"^[A-Za-zÅÄÖåäö0-9_.\-/]{1,200}$",
        label=gettext_lazy("The table's or key figure's id"),
        help_text=gettext_lazy(
            "It stands on the source's own page: TAB638 at Statistics Sweden, N02906 at Kolada. In the older "
            "interface it is the table's path."
        ),
        error_messages={"invalid": gettext_lazy("An id has letters, digits, points and slashes only.")},
    )


class ChoiceForm(forms.Form):
    """What of a table to fetch: the places, the latest years, and the categories of everything else."""

    def __init__(self, *args: Any, definition: Definition, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.near = near_codes(tenant)
        for axis in definition.axes:
            if axis.role == "time":
                self.fields["years"] = forms.IntegerField(
                    label=_("So many of the latest times"), min_value=1, max_value=60, initial=12
                )
            elif axis.role == "geo":
                self._offer_places(axis)
            elif len(axis.categories) > 1:
                self.fields[f"v-{axis.code}"] = self._offered(axis)

    def short_fields(self) -> list[forms.BoundField]:
        """What is shown as it is."""
        return [field for field in self if not self._is_long(field)]

    def long_fields(self) -> list[tuple[forms.BoundField, int]]:
        """What has so many categories that it is folded away, with how many of them are chosen."""
        return [(field, len(field.value() or ())) for field in self if self._is_long(field)]

    @staticmethod
    def _is_long(field: forms.BoundField) -> bool:
        choices: Any = field.field.choices if isinstance(field.field, forms.MultipleChoiceField) else ()
        return len(list(choices)) > MOST_CHECKS

    def _offer_places(self, axis: Axis) -> None:
        found = sum(code in self.near for code in axis.codes)
        choices = [(ALL, _("All %(count)s places that the table has") % {"count": len(axis.categories)})]
        if found:
            choices.insert(0, (NEAR, _("Our own county, its municipalities and the country")))
        self.fields["places"] = forms.ChoiceField(
            label=_("Places"), choices=choices, widget=forms.RadioSelect, initial=choices[0][0]
        )

    def _offered(self, axis: Axis) -> forms.MultipleChoiceField:
        help_text = "" if axis.must_choose else _("With none chosen the source adds them up itself.")
        return forms.MultipleChoiceField(
            label=axis.label[:1].upper() + axis.label[1:],
            choices=axis.categories,
            required=axis.must_choose,
            widget=forms.CheckboxSelectMultiple,
            initial=_usual(axis),
            help_text=help_text,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse more figures than anybody would read."""
        cleaned = cast(dict[str, Any], super().clean() or {})
        if not self.errors:
            sizes = [self._size(axis, chosen) for axis, chosen in self._chosen().items()]
            if prod(sizes) > MOST_CELLS:
                raise forms.ValidationError(
                    _("That is %(cells)s figures; at most %(most)s can be fetched. Choose fewer categories.")
                    % {"cells": prod(sizes), "most": MOST_CELLS}
                )
        return cleaned

    def choice(self) -> dict[str, tuple[str, ...]]:
        """What was chosen, as a source is asked for it."""
        return {axis.code: chosen for axis, chosen in self._chosen().items()}

    def _chosen(self) -> dict[Axis, tuple[str, ...]]:
        found: dict[Axis, tuple[str, ...]] = {}
        for axis in self.definition.axes:
            if axis.role == "time":
                found[axis] = (f"top({self.cleaned_data['years']})",)
            elif axis.role == "geo":
                near = tuple(code for code in axis.codes if code in self.near)
                found[axis] = near if self.cleaned_data["places"] == NEAR else ("*",)
            elif len(axis.categories) == 1:
                found[axis] = axis.codes
            elif self.cleaned_data[f"v-{axis.code}"]:
                found[axis] = tuple(self.cleaned_data[f"v-{axis.code}"])
        return found

    def _size(self, axis: Axis, chosen: tuple[str, ...]) -> int:
        if axis.role == "time":
            return int(self.cleaned_data["years"])
        return len(axis.categories) if chosen == ("*",) else len(chosen)


def near_codes(tenant: Tenant) -> frozenset[str]:
    """A tenant's own place, those of its county, the county and the country."""
    region = tenant.region
    own = Tenant.objects.filter(parent=region).values_list("code", flat=True)
    county = (municipality.code for municipality in municipalities(region.code))
    return frozenset({"00", region.code, tenant.code, *own, *county})


def _usual(axis: Axis) -> list[str]:
    """What is most likely wanted: the young of ages; all of what is little; else the first."""
    young = [code for code in axis.codes if code in YOUNG]
    if len(young) >= 3:
        return young
    if axis.role == "metric":
        return list(axis.codes[:1])
    if len(axis.categories) <= MOST_CHECKS:
        return [code for code in axis.codes if code != axis.total or axis.must_choose]
    return [] if not axis.must_choose else list(axis.codes[:1])
