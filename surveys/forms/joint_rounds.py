"""The forms of joint rounds: whom a region asks, and what a municipality says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Tenant
from surveys.joint import Place
from surveys.models import JointAnswer

LONGEST_AREA = 60


class JointPlacesForm(forms.Form):
    """Which municipalities are asked, and with whom a small one is put together."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for place in places:
            name = place.municipality.name
            area = place.invitation.area if place.invitation else ""
            self.fields[f"ask-{place.municipality.slug}"] = forms.BooleanField(
                label=name, required=False, initial=place.is_asked
            )
            self.fields[f"area-{place.municipality.slug}"] = forms.CharField(
                label=_now("Put together with, if few in %(place)s answer") % {"place": name},
                required=False,
                max_length=LONGEST_AREA,
                initial=area,
            )

    @property
    def rows(self) -> list[tuple[Place, forms.BoundField, forms.BoundField]]:
        """Each municipality with its two fields."""
        return [
            (place, self[f"ask-{place.municipality.slug}"], self[f"area-{place.municipality.slug}"])
            for place in self.places
        ]

    def chosen(self) -> dict[Tenant, str]:
        """The municipalities that are asked, with their areas."""
        return {
            place.municipality: self.cleaned_data[f"area-{place.municipality.slug}"]
            for place in self.places
            if self.cleaned_data[f"ask-{place.municipality.slug}"]
        }


class JointAnswerForm(forms.Form):
    """A municipality's yes or no."""

    takes_part = forms.ChoiceField(
        label=_("Do you want to take part?"),
        choices=[("yes", _("Yes, we take part")), ("no", _("No, not this time"))],
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(
        label=_("Whom young people with you can ask"),
        max_length=200,
        required=False,
        help_text=_("A shared address or telephone number. It stands on the page that your own link leads to."),
    )
    responsible = forms.CharField(
        label=_("Who is responsible with you"),
        max_length=120,
        required=False,
        help_text=_("A name and a role. The region sees it, nobody else."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("takes_part") == "yes":
            for name in ("contact", "responsible"):
                if not cleaned.get(name):
                    self.add_error(name, _now("Fill this in, or answer no."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "takes_part": self.cleaned_data["takes_part"] == "yes"}


def initial_of_answer(answer: JointAnswer | None) -> dict[str, Any]:
    """What the municipality has said so far."""
    if answer is None:
        return {}
    said = "yes" if answer.takes_part else "no"
    return {"takes_part": said, "contact": answer.contact, "responsible": answer.responsible}
