"""The form of a municipality's own support line."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from surveys.models import LocalSupportLine
from surveys.models.local_support_line import is_phone

FIELDS = ("name", "phone", "url", "whom", "hours")


class SupportLineForm(forms.Form):
    """Whom one can turn to, how, and when: in words, since hours follow no pattern."""

    name = forms.CharField(
        label=_("Who answers"),
        max_length=60,
        help_text=_("Such as “Alvik's youth clinic”. A place, not a person."),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("Website"), max_length=200, required=False, help_text=_("It begins with https://.")
    )
    whom = forms.CharField(
        label=_("For whom"), max_length=80, required=False, help_text=_("Such as “Those up to 25”.")
    )
    hours = forms.CharField(
        label=_("When somebody answers"), max_length=80, help_text=_("Such as “Weekdays 9 to 16”.")
    )

    def clean_phone(self) -> str:
        phone = " ".join(self.cleaned_data["phone"].replace("–", "-").split())
        if phone and not is_phone(phone):
            raise ValidationError(_("Write the number with figures, spaces and hyphens alone."))
        return phone

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url:
            return ""
        try:
            URLValidator(schemes=["https"])(url)
            parts = urlsplit(url)
        except (ValueError, ValidationError):
            parts = None
        if parts is None or parts.username is not None or parts.port is not None:
            raise ValidationError(_("Write the whole address of a page that begins with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["phone"] or cleaned["url"]):
            self.add_error("phone", _("Give a number or a website, so that the line can be reached."))
        return cleaned


def initial_of(line: LocalSupportLine) -> dict[str, str]:
    """What the form is filled in with for a line."""
    return {name: getattr(line, name) for name in FIELDS}
