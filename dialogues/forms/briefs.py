"""Forms of the brief for the board."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

POINTS = forms.Textarea(attrs={"rows": 6})


class BriefBeginForm(forms.Form):
    """What it is called and for whom it is."""

    title = forms.CharField(label=_("Heading"), max_length=150)
    board = forms.CharField(label=_("For which board, and which meeting"), max_length=150, required=False)


class BriefForm(BriefBeginForm):
    """The three parts, a line a point."""

    young_say = forms.CharField(
        label=_("What young people say"), max_length=1200, required=False, widget=POINTS,
        help_text=_("A line a point, eight at most. Only what is released."),
    )  # fmt: skip
    we_do = forms.CharField(label=_("What we do"), max_length=1000, required=False, widget=POINTS)
    to_decide = forms.CharField(label=_("What we need decided"), max_length=800, required=False, widget=POINTS)
