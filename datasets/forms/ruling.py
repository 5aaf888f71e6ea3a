"""The page of a data set's rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.disclosure import AggregationRule
from datasets.forms.wording import explained
from datasets.models import Dataset
from datasets.rules import GUARDS, guard_of
from datasets.wording import SENSITIVITY

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
