"""The forms with which a coordinator sets up the ways into a round."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.models import Channel, SurveyRound
from surveys.ways_in.codes import MOST_A_SHEET
from surveys.ways_in.people import emails_in, letters_in

_SPREAD = [choice for choice in Channel.Kind.choices if choice[0] not in (Channel.Kind.MAIL, Channel.Kind.LETTER)]
"""Those who are invited have their channel by themselves."""

MOST_BYTES = 2 * 1024 * 1024


class ChannelForm(forms.Form):
    """One more channel: picked from the usual ones, and named where it needs a name of its own."""

    kind = forms.ChoiceField(label=_("Where is the link spread?"), choices=_SPREAD)
    name = forms.CharField(
        label=_("What you call it"),
        max_length=60,
        required=False,
        help_text=_("Such as “Alvik's gymnasium”. Only you and your colleagues see it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Channel.Kind.OTHER and not cleaned.get("name"):
            self.add_error("name", _("Give the channel a name, so that you know it again in the results."))
        return cleaned

    def chosen(self) -> dict[str, str]:
        """What `channel_add` takes; a usual channel without a name is called what it is."""
        kind = Channel.Kind(self.cleaned_data["kind"])
        return {"kind": kind.value, "name": self.cleaned_data["name"] or str(kind.label)[:60]}


class CodeSheetForm(forms.Form):
    """One sheet of codes for a class or group."""

    label = forms.CharField(
        label=_("For which class or group?"),
        max_length=60,
        help_text=_(
            "Such as “9B”. It stands on no slip, and when the round opens it is forgotten which codes were whose."
        ),
    )
    count = forms.IntegerField(
        label=_("How many codes?"),
        min_value=1,
        max_value=MOST_A_SHEET,
        help_text=_("One for each, and a few to spare."),
    )
    channel: forms.ModelChoiceField[Channel] = forms.ModelChoiceField(
        queryset=None,
        label=_("Count the answers under which channel?"),
        required=False,
        empty_label=_("The round's own link"),
        help_text=_("It is in the link, the same on all slips. Nobody sees which code was used."),
    )
    language = forms.ChoiceField(
        label=_("Language of the slips"), choices=[("sv", "Svenska"), ("en", "English")], required=False
    )

    def __init__(self, *args: Any, survey_round: SurveyRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ModelChoiceField)
        channel.queryset = Channel.in_scope().filter(round=survey_round)


class InvitationForm(forms.Form):
    """People to invite: mail addresses, a file for letters, or both."""

    emails = forms.CharField(
        label=_("Mail addresses"),
        required=False,
        max_length=600_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line."),
    )
    letters = forms.FileField(
        label=_("A file for letters"),
        required=False,
        help_text=_("CSV with a row for each person: name, then the address in one or more columns. No heading."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.people = [*emails_in(cleaned.get("emails") or ""), *letters_in(self._file_text(cleaned))]
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if not self.people:
            raise forms.ValidationError(_("Write at least one mail address, or choose a file."))
        return cleaned

    def _file_text(self, cleaned: dict[str, Any]) -> str:
        file = cleaned.get("letters")
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise ValueError(_("The file is larger than 2 MB."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValueError(_("Save the file as CSV with UTF-8 and choose it again.")) from None
