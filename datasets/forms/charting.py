"""The form with which a chart is saved."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from datasets.forms.wording import LONG_TEXT


class ChartForm(forms.Form):
    """What a saved chart is called, and what its reader is looking at."""

    title = forms.CharField(label=_("Title"), max_length=200)
    note = forms.CharField(
        label=_("What you are looking at"), max_length=1000, required=False, widget=LONG_TEXT,
        help_text=_("A line or two for those who were not there when it was made."),
    )  # fmt: skip
    is_frozen = forms.BooleanField(
        label=_("Keep it at these figures"), required=False,
        help_text=_("Otherwise it follows the data and shows new figures when they come."),
    )  # fmt: skip
    query = forms.CharField(widget=forms.HiddenInput, max_length=6000)
    table = forms.CharField(widget=forms.HiddenInput, max_length=100)


class ChartNameForm(forms.Form):
    """Another name for a saved chart, or another note."""

    title = forms.CharField(label=_("Title"), max_length=200)
    note = forms.CharField(label=_("What you are looking at"), max_length=1000, required=False, widget=LONG_TEXT)
