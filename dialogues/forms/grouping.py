"""Forms of grouping notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialogues.forms.choosing import set_choices
from dialogues.models import Cluster

NEW, NONE = "new", "none"


class GroupingForm(forms.Form):
    """Where notes are put: a group that exists, one with a new name, or none."""

    to = forms.ChoiceField(label=_("Put them in"))
    title = forms.CharField(label=_("Name of the new group"), max_length=80, required=False)

    def __init__(self, *args: Any, clusters: list[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.pk), one.title) for one in clusters]
        set_choices(self, "to", [(NEW, _now("A new group")), *known, (NONE, _now("No group"))])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == NEW and not (cleaned.get("title") or "").strip():
            self.add_error("title", _now("Give the group a name first."))
        return cleaned
