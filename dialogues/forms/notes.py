"""Forms of the log: a note as it is written, and as it is changed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.models import Note


class NoteForm(forms.Form):
    """A note as it is sent. How long it may be is the service's to say, so that the text is never cut."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Note.Kind.choices)
    text = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False, strip=False)
    write_key = forms.UUIDField(widget=forms.HiddenInput)
    slide = forms.UUIDField(widget=forms.HiddenInput, required=False)


class VoicedNoteForm(NoteForm):
    """A note from a device that joined: its writer may tell an organisation or a role."""

    voice = forms.CharField(label=_("Your organisation or role"), max_length=60, required=False)


class NoteChangeForm(NoteForm):
    """A change of a note, with the version that the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
