"""Forms of next steps: who does what by when, and how it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from dialogues.models import NextStep


class OwnerForm(forms.Form):
    """Who takes a step on: somebody here, or else a name and perhaps an address."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who?"), required=False, empty_label=_("Somebody else")
    )
    owner_name = forms.CharField(label=_("Somebody else: their name"), max_length=100, required=False)
    owner_email = forms.EmailField(
        label=_("Somebody else: their e-mail address"),
        max_length=254,
        required=False,
        help_text=_("They get a mail about it, and say with one click how it goes."),
    )

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = owners

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("owner") and not cleaned.get("owner_name") and not self.errors:
            self.add_error(
                "owner", _now("Choose who does it, or write a name. A step without an owner is not taken.")
            )
        return cleaned


class NextStepForm(OwnerForm):
    """Who does what, by when."""

    text = forms.CharField(label=_("What is to be done?"), max_length=500)
    due_on = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    write_key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ["text", "owner", "owner_name", "owner_email", "due_on", "write_key"]


class NextStepUpdateForm(forms.Form):
    """How a step goes."""

    to = forms.ChoiceField(label=_("How does it go?"), choices=NextStep.State.choices, widget=forms.RadioSelect)
    line = forms.CharField(label=_("A line about it"), max_length=500, required=False)
    due_on = forms.DateField(
        label=_("A new day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StepByMailForm(forms.Form):
    """How a step goes, from a mail: each answer is a button of its own."""

    MOVED = "moved"

    to = forms.ChoiceField(choices=[(value, value) for value in ("done", "stuck", "open", MOVED)])
    line = forms.CharField(label=_("A line about it"), max_length=500, required=False)
    due_on = forms.DateField(
        label=_("A new day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == self.MOVED and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _now("Choose the new day."))
        return cleaned
