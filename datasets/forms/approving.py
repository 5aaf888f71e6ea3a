"""The page where a second person decides about a release."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from datasets.forms.wording import LONG_TEXT


class SendBackForm(forms.Form):
    """What should be changed before the figures are published."""

    words = forms.CharField(
        label=_("What should be changed"), max_length=2000, widget=LONG_TEXT,
        help_text=_("Whoever brought the file in reads it. Name no single person."),
        error_messages={"required": _("Write what should be changed, so that the file can be put right.")},
    )  # fmt: skip
