"""Forms of the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from dialogues.models import RecordComment


class RecordDraftForm(forms.Form):
    """What stands first in the record, and which department answers for it."""

    summary = forms.CharField(
        label=_("In short, in your own words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "A few lines for whoever was not there. The log, the charts and the next steps come by themselves."
        ),
    )
    department: Any = forms.ModelChoiceField(queryset=None, label=_("Responsible department"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.in_scope().order_by("name")


class RecordFinishForm(forms.Form):
    """What changed, for a version after the first."""

    changes = forms.CharField(
        label=_("What changed since the version before?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RecordCommentForm(forms.Form):
    """A comment on the draft, without a name unless the writer tells a role or an organisation."""

    text = forms.CharField(
        label=_("What should be put right or added?"),
        max_length=RecordComment.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    voice = forms.CharField(label=_("Your organisation or role"), max_length=60, required=False)
    write_key = forms.UUIDField(widget=forms.HiddenInput)


class RecordRulesForm(forms.Form):
    """What the municipality has decided about its records."""

    shows_names = forms.BooleanField(
        label=_("Name those who were invited"),
        required=False,
        help_text=_("Else the record says what they stand for: role and organisation."),
    )
    kept_years = forms.IntegerField(
        label=_("Years after which records are deleted"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Leave it empty to keep them."),
    )
    decision = forms.CharField(
        label=_("The decision that says so"),
        max_length=200,
        required=False,
        help_text=_("Such as its number and date. It stands in the metadata for the archive."),
    )
