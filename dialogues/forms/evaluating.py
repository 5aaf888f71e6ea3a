"""Forms of evaluations: every question from 1 to 5, none of which must be answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.evaluating.counting import STEPS
from dialogues.evaluating.questions import CLOSING, DIMENSIONS, Asked

CHOICES = [("1", _("1 – not at all")), *((str(n), str(n)) for n in range(2, STEPS)), ("5", _("5 – wholly"))]


class AskedForm(forms.Form):
    """Questions from 1 to 5."""

    asked: Sequence[Asked] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in reversed(self.asked):
            field = forms.ChoiceField(label=one.text, choices=CHOICES, widget=forms.RadioSelect, required=False)
            self.fields[one.key] = field
        self.order_fields([one.key for one in self.asked])

    def answers(self) -> list[int | None]:
        """What was chosen, in the questions' order; None where nothing was."""
        return [int(self.cleaned_data[one.key]) if self.cleaned_data.get(one.key) else None for one in self.asked]


class ClosingForm(AskedForm):
    """The three questions of a dialogue."""

    asked = CLOSING


class SelfEvaluationForm(AskedForm):
    """The six dimensions, and a free line."""

    asked = DIMENSIONS

    line = forms.CharField(
        label=_("One line about our work together"),
        max_length=500,
        required=False,
        help_text=_("It is shown as it is written, to everybody here. Write no names."),
    )


class SelfEvaluationOpenForm(forms.Form):
    """A name for the time, and how many the group has."""

    title = forms.CharField(label=_("Name"), max_length=100, help_text=_("Such as Autumn 2026."))
    members = forms.IntegerField(
        label=_("How many are in the group?"),
        min_value=5,
        max_value=60,
        help_text=_("No more answers are taken. Fewer than five could not be shown."),
    )
