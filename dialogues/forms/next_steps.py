"""Forms of next steps: who does what by when, and how it goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from dialogues.forms.choosing import set_choices
from dialogues.models import NextStep, Participant


class OwnerForm(forms.Form):
    """Who takes a step on: somebody here, or else a name and perhaps an address."""

    owner = forms.ChoiceField(label=_("Who?"), required=False)
    owner_name = forms.CharField(label=_("Somebody else: their name"), max_length=100, required=False)
    owner_email = forms.EmailField(
        label=_("Somebody else: their e-mail address"),
        max_length=254,
        required=False,
        help_text=_("They get a mail about it, and say with one click how it goes."),
    )

    def __init__(
        self, *args: Any, owners: Iterable[User], invited: Iterable[Participant] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): one for one in owners}
        self.invited = {str(one.pk): one for one in invited}
        members = [(key, one.name) for key, one in self.owners.items()]
        guests = [(key, one.name) for key, one in self.invited.items()]
        set_choices(self, "owner", [("", _now("Somebody else")), *members, *guests])

    def clean(self) -> dict[str, Any]:
        """Somebody on the list without an account is chosen by name: the address is the one on the list."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("owner", "")
        cleaned["owner"] = self.owners.get(chosen)
        if (one := self.invited.get(chosen)) is not None:
            cleaned |= {"owner_name": one.name, "owner_email": one.email}
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
