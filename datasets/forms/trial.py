"""The small form beside a preview: a stricter rule, to be tried before it is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from datasets.disclosure import AggregationRule, Zeros
from datasets.forms import GUARD_NAMES, ZEROS
from datasets.rules import CHOSEN, GUARDS, guard_of, stricter


class TrialForm(forms.Form):
    """What may be made stricter for a file; nothing looser than `least` can be chosen."""

    k = forms.IntegerField(label=_("Smallest number of people that is shown"), max_value=100)
    zeros = forms.ChoiceField(label=_("Zeros"))
    guard = forms.ChoiceField(label=_("Hidden figures are kept from"))
    share_base = forms.IntegerField(
        label=_("Fewest answers behind a share"), max_value=1000,
        help_text=_("For shares in charts: it changes nothing in this table."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, least: AggregationRule, present: AggregationRule) -> None:
        initial = {"k": present.k, "zeros": present.zeros, "share_base": present.share_base}
        super().__init__(data, initial={**initial, "guard": guard_of(present)})
        self.least = least
        # Where the form was not on the page, what was chosen before stays.
        for name, shown in self.fields.items():
            shown.required = data is None or name in data
        for name in ("k", "share_base"):
            number = self.fields[name]
            assert isinstance(number, forms.IntegerField)
            number.min_value = getattr(least, name)
            number.validators.append(MinValueValidator(getattr(least, name)))
            number.widget.attrs["min"] = getattr(least, name)
        self._choose("zeros", [(zeros, ZEROS[zeros]) for zeros in Zeros if not _is_looser(zeros, least.zeros)])
        least_guard = list(GUARDS).index(guard_of(least))
        self._choose("guard", [(name, GUARD_NAMES[name]) for name in list(GUARDS)[least_guard:]])

    def rule(self) -> AggregationRule:
        """The rule as filled in; what is left out or wrong stays as it is at least."""
        return stricter(self.least, self.chosen())

    def chosen(self) -> dict[str, Any]:
        """What is filled in, as plain JSON to be kept with the file."""
        cleaned = self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else {}
        return {name: cleaned[name] for name in CHOSEN if cleaned.get(name) not in (None, "")}

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _is_looser(one: Zeros, other: Zeros) -> bool:
    order = list(Zeros)
    return order.index(one) < order.index(other)
