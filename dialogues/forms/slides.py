"""Forms of slides that are no charts, one a kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from datasets.models import Voice
from dialogues.models import Slide


class SlideMakeForm(forms.Form):
    """What every slide has: a heading, and some words if one likes."""

    heading = forms.CharField(label=_("Heading"), max_length=200)
    text = forms.CharField(
        label=_("Some words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class GapForm(SlideMakeForm):
    """Where figures are missing."""

    heading = forms.CharField(label=_("What do we lack figures on?"), max_length=200)
    text = forms.CharField(
        label=_("What do you know all the same?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SourcedForm(SlideMakeForm):
    """Something from outside: it has a source, and somebody has looked that it tells of no small group."""

    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Who made it, and when?"))
    is_safe = forms.BooleanField(
        label=_("I have looked: no small group shows here, and nobody can be recognised."),
        error_messages={"required": _("Look once more, and tick that no small group shows.")},
    )


class TextForm(SourcedForm):
    """Words alone."""

    text = forms.CharField(label=_("The text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))


class LinkForm(SourcedForm):
    """An address to open together."""

    field_order = ("heading", "url", "text", "source", "is_safe")
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


class PictureForm(SourcedForm):
    """A picture from one's own device."""

    field_order = ("heading", "picture", "alternative", "text", "source", "is_safe")
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, ten megabytes at most. Where and when it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alternative = forms.CharField(
        label=_("What does it show?"),
        max_length=500,
        help_text=_("For those who do not see it: read aloud by a screen reader."),
    )


class VoiceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Voices by their words."""

    def label_from_instance(self, obj: Voice) -> str:
        return obj.text


class VoiceForm(forms.Form):
    """A reviewed voice, as it stands."""

    heading = forms.CharField(label=_("Heading"), max_length=200)
    voice: VoiceChoice = VoiceChoice(queryset=None, label=_("Voice"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, voices: QuerySet[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["voice"]
        assert isinstance(field, VoiceChoice)
        field.queryset = voices


FORMS: dict[str, type[forms.Form]] = {
    Slide.Kind.PICTURE: PictureForm,
    Slide.Kind.LINK: LinkForm,
    Slide.Kind.VOICE: VoiceForm,
    Slide.Kind.TEXT: TextForm,
    Slide.Kind.GAP: GapForm,
}
