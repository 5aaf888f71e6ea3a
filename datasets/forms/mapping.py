"""Forms of the system map's draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from datasets.content import layers
from datasets.cubes import LocalText, pick
from datasets.system_map import MapFactor, MapInfluence, SystemMap

SENTENCE = forms.Textarea(attrs={"rows": 2})


class LocalTextForm(forms.Form):
    """A form with texts in both languages, English where somebody wrote it."""

    def local(self, name: str) -> LocalText:
        """A text of the form in the languages in which it was written."""
        written = {"sv": self.cleaned_data[name], "en": self.cleaned_data[f"{name}_en"]}
        return {lang: text for lang, text in written.items() if text}


class FactorForm(LocalTextForm):
    """What a factor is called, what it means, and where it stands."""

    label = forms.CharField(label=_("Name"), max_length=40, help_text=_("A few words that fit in the picture."))
    text = forms.CharField(label=_("What it means, in one sentence"), max_length=200, widget=SENTENCE)
    layer = forms.ChoiceField(label=_("Layer"), widget=forms.RadioSelect)
    label_en = forms.CharField(label=_("Name in English"), max_length=40, required=False)
    text_en = forms.CharField(label=_("What it means, in English"), max_length=200, required=False)
    is_shown = forms.BooleanField(label=_("Show it in the map"), required=False, initial=True)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["layer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(layer.key, pick(layer.label, lang)) for layer in layers()]

    @staticmethod
    def initial_of(factor: MapFactor) -> dict[str, Any]:
        """The fields as a factor fills them."""
        return {
            "label": factor.label.get("sv", ""), "label_en": factor.label.get("en", ""),
            "text": factor.text.get("sv", ""), "text_en": factor.text.get("en", ""),
            "layer": factor.layer, "is_shown": not factor.is_hidden,
        }  # fmt: skip

    def factor(self, key: str) -> MapFactor:
        """The factor that was filled in."""
        given = self.cleaned_data
        return MapFactor(key, given["layer"], self.local("label"), self.local("text"), not given["is_shown"])


DIRECTIONS: tuple[tuple[str, Promise], ...] = (
    ("more", _("More of the first gives more of the second")),
    ("less", _("More of the first gives less of the second")),
)


class InfluenceForm(LocalTextForm):
    """From which factor to which an influence goes, which way, and how."""

    source = forms.ChoiceField(label=_("The first factor"))
    target = forms.ChoiceField(label=_("The second factor"))
    direction = forms.ChoiceField(
        label=_("What it does"), choices=DIRECTIONS, widget=forms.RadioSelect, initial="more"
    )
    text = forms.CharField(label=_("How, in one sentence"), max_length=200, widget=SENTENCE)
    text_en = forms.CharField(label=_("How, in English"), max_length=200, required=False)
    is_shown = forms.BooleanField(label=_("Show it in the map"), required=False, initial=True)

    def __init__(self, *args: Any, content: SystemMap, lang: str, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content, self.is_new = content, is_new
        choices = [
            (
                pick(layer.label, lang),
                [(one.key, pick(one.label, lang)) for one in content.in_layer(layer.key)],
            )
            for layer in layers()
        ]
        for name in ("source", "target"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.disabled = not is_new

    @staticmethod
    def initial_of(influence: MapInfluence) -> dict[str, Any]:
        """The fields as an influence fills them."""
        return {
            "source": influence.source, "target": influence.target,
            "direction": "more" if influence.is_strengthening else "less",
            "text": influence.text.get("sv", ""), "text_en": influence.text.get("en", ""),
            "is_shown": not influence.is_hidden,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        source, target = given.get("source"), given.get("target")
        if source and source == target:
            self.add_error("target", ValidationError(_("Choose another factor than the first one.")))
        elif self.is_new and source and target and self.content.find_influence(source, target):
            self.add_error(
                "target", ValidationError(_("The map has this influence already. Change it there instead."))
            )
        return given

    def influence(self) -> MapInfluence:
        """The influence that was filled in."""
        given = self.cleaned_data
        return MapInfluence(
            given["source"], given["target"], given["direction"] == "more", self.local("text"),
            not given["is_shown"],
        )  # fmt: skip


class PublishMapForm(forms.Form):
    """What was changed in a version, for those who read the map."""

    why = forms.CharField(
        label=_("What is changed, and why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who reads the map sees it."),
    )  # fmt: skip
