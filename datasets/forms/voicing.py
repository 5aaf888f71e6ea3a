"""Forms of voices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from datasets.content import themes
from datasets.cubes import pick
from datasets.forms.wording import explained
from datasets.models import AgeBand, Voice
from datasets.reach import Reach, reach_choices
from datasets.selectors.voices import VoiceSearch
from datasets.voice_check import SMALLEST_GROUP, check_words

KINDS: dict[str, Promise] = {
    "quote": _("What somebody said, in their own words."),
    "finding": _("What you saw or heard from several."),
}
Grouped = list[tuple[str, list[tuple[str, str]]]]


class VoiceForm(forms.Form):
    """What was said, about what, and how it came about; never by whom."""

    text = forms.CharField(
        label=_("What was said, or what you found"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names, classes or anything else by which somebody can be recognised."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), choices=explained(Voice.Kind.choices, KINDS), initial="quote", widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("How it came about"), choices=Voice.Method.choices, widget=forms.RadioSelect
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    factors = forms.MultipleChoiceField(
        label=_("Factors of wellbeing"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("One to three. By them the voice is found beside figures."),
    )  # fmt: skip
    age_band = forms.ChoiceField(
        label=_("Age"), required=False, choices=[("", _("Not said")), *AgeBand.choices],
        help_text=_("Leave it out where few were there."),
    )  # fmt: skip
    group_size = forms.IntegerField(
        label=_("How many were there"), required=False, min_value=SMALLEST_GROUP, max_value=10_000,
        help_text=format_lazy(_("Leave it out if they were fewer than {}."), SMALLEST_GROUP),
        error_messages={
            "min_value": _("A group of fewer than %(limit_value)s is not named by its size. Leave it out.")
        },
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where it comes from"), max_length=200, required=False,
        help_text=_("For example a workshop at the youth centre. No person’s name."),
    )  # fmt: skip
    is_vouched_for = forms.BooleanField(
        label=_("I have looked: nobody can be recognised by these words"), required=False
    )

    def __init__(self, *args: Any, lang: str, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_asking = False
        this_year = timezone.localdate().year
        self._choose("year", [(year, str(year)) for year in range(this_year, this_year - 15, -1)])
        self._choose("theme", [("", _("No theme")), *((one.key, pick(one.label, lang)) for one in themes())])
        self._choose("factors", factors)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields to fill in; the author's word is asked for only where something resembles an identity."""
        return [field for field in self.visible_fields() if field.name != "is_vouched_for" or self.is_asking]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        found = check_words(given.get("text", ""), given.get("source", ""))
        for what in found.stops:
            self.add_error(
                "text", ValidationError(_("There is %(what)s here. Write it so that nobody can be recognised.")
                                        % {"what": what}),
            )  # fmt: skip
        self.is_asking = bool(found.asks)
        if found.asks and not given.get("is_vouched_for"):
            for what in found.asks:
                self.add_error(
                    "is_vouched_for",
                    ValidationError(_("This may be %(what)s. Take it away, or tick the box.") % {"what": what}),
                )
        return given

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ReviewForm(forms.Form):
    """A second person's word on a voice."""

    reach = forms.ChoiceField(label=_("Who may read it"), widget=forms.RadioSelect, initial=Reach.OWN)
    sent_at = forms.DateTimeField(
        required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )

    def __init__(self, *args: Any, may_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reach"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = reach_choices(may_open=may_open)


class SendBackForm(forms.Form):
    """What should be changed."""

    remark = forms.CharField(
        label=_("What should be changed?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class VoiceSearchForm(forms.Form):
    """What somebody looks for among the voices; anything that makes no sense is left aside."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    tema = forms.ChoiceField(label=_("Theme"), required=False)
    faktor = forms.ChoiceField(label=_("Factor"), required=False)
    alder = forms.ChoiceField(label=_("Age"), required=False, choices=[("", _("All")), *AgeBand.choices])
    slag = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Voice.Kind.choices])
    metod = forms.ChoiceField(
        label=_("How it came about"), required=False, choices=[("", _("All")), *Voice.Method.choices]
    )

    def __init__(self, *args: Any, lang: str, factors: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("tema", [(one.key, pick(one.label, lang)) for one in themes()]),
            ("faktor", factors),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        self.full_clean()
        return any(self.cleaned_data.values())

    def search(self) -> VoiceSearch:
        """The search."""
        self.full_clean()
        given = self.cleaned_data
        return VoiceSearch(
            words=given.get("q", ""), theme=given.get("tema", ""), factor=given.get("faktor", ""),
            age_band=given.get("alder", ""), kind=given.get("slag", ""), method=given.get("metod", ""),
        )  # fmt: skip
