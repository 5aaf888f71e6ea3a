"""Forms of attendance: who is here and keeps the notes, and who approved them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.forms.choosing import set_choices
from dialogues.models import Attendance, Participant


class AttendanceForm(forms.Form):
    """Who of the list is in the room, who else, and who keeps the notes."""

    present = forms.MultipleChoiceField(
        label=_("Who is here?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Others who are here"),
        required=False,
        max_length=Attendance.LONGEST_OTHERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line, by role or by name. It stands in the record as you write it."),
    )
    notes_by = forms.CharField(label=_("Who keeps the notes?"), required=False, max_length=100)

    def __init__(self, *args: Any, people: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), ", ".join(filter(None, (one.name, one.role, one.organisation)))) for one in people]
        set_choices(self, "present", named)
        if not people:
            del self.fields["present"]

    @staticmethod
    def initial_of(attendance: Attendance | None, people: Sequence[Participant]) -> dict[str, Any]:
        """What was noted; before that, those who said that they come."""
        here = [
            str(one.pk)
            for one in people
            if one.is_present or (one.is_present is None and one.answer == Participant.Answer.YES)
        ]
        noted = {"others": attendance.others, "notes_by": attendance.notes_by} if attendance else {}
        return {"present": here, **noted}


class ApprovalForm(forms.Form):
    """Who approved the notes, and when."""

    approved_by = forms.CharField(label=_("Who approved the notes?"), required=False, max_length=100)
    approved_on = forms.DateField(
        label=_("When?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left out, it is today."),
    )
