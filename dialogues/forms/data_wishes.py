"""Forms of wishes for data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset
from dialogues.forms.activities import theme_choices
from dialogues.forms.choosing import set_choices, set_queryset


class WishAnswerForm(forms.Form):
    """What answers a wish: a data set, or a line."""

    dataset: forms.ModelChoiceField[Dataset] = forms.ModelChoiceField(
        queryset=None, label=_("The data set that answers it"), required=False, empty_label=_("None")
    )
    line = forms.CharField(
        label=_("A line about it"), max_length=500, required=False,
        help_text=_("What it shows, or why there is no such data."),
    )  # fmt: skip

    def __init__(self, *args: Any, datasets: QuerySet[Dataset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "dataset", datasets)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("dataset") and not given.get("line", "").strip() and not self.errors:
            self.add_error("dataset", _now("Choose a data set, or write why there is none."))
        return given


class WishSearchForm(forms.Form):
    """Which wishes are shown."""

    tema = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "tema", [("", _now("All")), *theme_choices(lang)])

    def theme(self) -> str:
        """The theme asked for; empty for all."""
        self.full_clean()
        return str(self.cleaned_data.get("tema", ""))


class WishShareForm(forms.Form):
    """The words of a wish as others will read them."""

    text = forms.CharField(
        label=_("The wish as others read it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write so that nobody can be pointed out."),
    )  # fmt: skip
