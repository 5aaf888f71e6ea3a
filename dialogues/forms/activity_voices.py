"""Which voices stand beside an activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from datasets.models import Voice
from dialogues.forms.choosing import set_choices


class ActivityVoicesForm(forms.Form):
    """The voices that can be chosen, each with its words."""

    voices = forms.MultipleChoiceField(
        label=_("Voices"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("At most five. They stand on the activity’s page as long as they are in use."),
    )  # fmt: skip

    def __init__(self, *args: Any, voices: Sequence[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.pk): one for one in voices}
        set_choices(self, "voices", [(key, _label(one)) for key, one in self.offered.items()])

    def chosen(self) -> list[Voice]:
        """The voices that were ticked, in the order in which they were offered."""
        ticked = set(self.cleaned_data["voices"])
        return [one for key, one in self.offered.items() if key in ticked]


def _label(one: Voice) -> str:
    said = f"”{one.text}”" if one.kind == Voice.Kind.QUOTE else one.text
    return f"{said} ({one.get_method_display()}, {one.year})"
