"""The pages of a file on its way in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from datasets.forms.registering import OwnershipForm, RegistrationForm
from datasets.forms.wording import LONG_TEXT, LONGEST_DRAFT
from datasets.models import Dataset


class UploadForm(OwnershipForm):
    """A file to bring in, and whose it is."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A spreadsheet (XLSX or ODS), CSV, PC-Axis (.px) or JSON-stat, at most 50 MB. Nothing is published "
            "before you say so."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.txt,.tsv,.px,.json"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Export it again and look at its size before you bring it in."),
        },
    )
    field_order = ["file", "department"]


class PeopleFileForm(UploadForm):
    """A file with a row for each person or case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A spreadsheet (XLSX or ODS) or CSV, at most 50 MB, with headings in its first row."
        )
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.ods,.csv,.txt,.tsv"


class ImportForm(RegistrationForm):
    """A data set that begins with a file. What is filled in so far is kept, right or wrong."""

    def draft(self, lang: str) -> dict[str, Any]:
        """What is filled in, as plain JSON: cleaned where it is right, cut short where it is not."""
        return {**{name: self._plain(name) for name in self.fields}, "lang": lang}

    def _plain(self, name: str) -> Any:
        value = self.cleaned_data.get(name) if name in self.cleaned_data else self[name].value()
        if isinstance(value, (Department, Dataset)):
            return str(value.pk)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            return value[:LONGEST_DRAFT]
        if isinstance(value, list):
            return [item[:LONGEST_DRAFT] if isinstance(item, str) else item for item in value[:100]]
        return value


class NewReleaseForm(forms.Form):
    """What is new in a data set's next release."""

    changes = forms.CharField(
        label=_("What has changed"), max_length=1000, required=False, widget=LONG_TEXT,
        help_text=_("For example “Figures of 2025 added”. Readers see it."),
    )  # fmt: skip

    folds = ()

    @property
    def needed(self) -> list[forms.BoundField]:
        """The one field."""
        return [self["changes"]]

    def draft(self, lang: str) -> dict[str, Any]:
        """What is filled in, as plain JSON."""
        changes = self.cleaned_data.get("changes", self["changes"].value() or "")
        return {"changes": changes[:LONGEST_DRAFT], "lang": lang}
