"""The form of a thank-you that is drawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.models import ThankYou


class ThankYouForm(forms.Form):
    """What is drawn, and how many get it."""

    what_sv = forms.CharField(
        label=_("What is drawn, in Swedish"), max_length=120, help_text=_("For instance: a cinema ticket.")
    )
    what_en = forms.CharField(label=_("What is drawn, in English"), max_length=120, required=False)
    winners = forms.IntegerField(label=_("How many get it"), min_value=1, max_value=ThankYou.MOST, initial=5)

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        texts = {lang: self.cleaned_data[f"what_{lang}"].strip() for lang in ("sv", "en")}
        what = {lang: text for lang, text in texts.items() if text}
        return {"what": what, "winners": self.cleaned_data["winners"]}

    @staticmethod
    def initial_of(thank_you: ThankYou | None) -> dict[str, Any]:
        """What has been said so far."""
        if thank_you is None:
            return {}
        return {
            "what_sv": thank_you.what.get("sv", ""),
            "what_en": thank_you.what.get("en", ""),
            "winners": thank_you.winners,
        }
