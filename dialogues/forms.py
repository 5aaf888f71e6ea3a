"""Forms of dialogues. Choices that depend on the tenant are set when a form is made, inside the scope."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Membership, User
from accounts.models.membership import Role
from datasets.cubes import pick
from dialogues.content import LENGTHS, find_theme, goals, perspectives, themes
from dialogues.models import Dialogue, NextStep, Note

OWN_THEME = ""


class DialogueForm(forms.Form):
    """What a dialogue is about and what it is for. The title is proposed from the theme when it is left out."""

    theme = forms.ChoiceField(label=_("Theme"), required=False, widget=forms.RadioSelect)
    goal = forms.ChoiceField(label=_("Goal"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left out, it gets the name of the theme. You can change it later."),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang
        known = [(one.key, pick(one.title, lang)) for one in themes()]
        _choices(self, "theme", [*known, (OWN_THEME, _now("A theme of our own"))])
        _choices(self, "goal", [(one.key, f"{pick(one.title, lang)}. {pick(one.when, lang)}") for one in goals()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        theme = find_theme(cleaned.get("theme", ""))
        if not cleaned.get("title") and "title" not in self.errors:
            if theme is None:
                self.add_error("title", _now("A theme of your own needs a title: what is the dialogue about?"))
            else:
                cleaned["title"] = pick(theme.title, self.lang)
        return cleaned


class ThemeForm(DialogueForm):
    """The same with the aim in the facilitator's own words."""

    aim = forms.CharField(
        label=_("What do you hope to have when you leave the room?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FacilitatorForm(forms.Form):
    """Who leads the dialogue."""

    facilitator = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Facilitator"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.in_scope().filter(is_active=True).exclude(role__in=(Role.GUEST, Role.VIEWER))
        field = self.fields["facilitator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=members.values("user")).order_by("name")


class ParticipantForm(forms.Form):
    """Somebody to invite, or a place that somebody is to fill."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    role = forms.CharField(label=_("Role"), max_length=100, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=100, required=False)
    perspective = forms.ChoiceField(label=_("Perspective"), required=False)
    department: forms.ModelChoiceField[Department] = forms.ModelChoiceField(
        queryset=None, label=_("Department"), required=False, empty_label=_("No department")
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("Members find the dialogue on their start page. Others can be invited by mail."),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(key, pick(label, lang)) for key, label in perspectives().items()]
        _choices(self, "perspective", [("", _now("Another perspective")), *known])
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.in_scope().order_by("sort_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and not cleaned.get("role") and not self.errors:
            self.add_error("name", _now("Write a name, or the role that somebody is to fill."))
        return cleaned


class TimeForm(forms.Form):
    """When, and for how long."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, choices=[(m, f"{m} min") for m in LENGTHS], widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "day" in cleaned and "clock" in cleaned:
            at = datetime.combine(cleaned["day"], cleaned["clock"])
            cleaned["starts_at"] = timezone.make_aware(at)
        return cleaned

    @staticmethod
    def initial_of(dialogue: Dialogue) -> dict[str, Any]:
        """What is booked."""
        at = timezone.localtime(dialogue.starts_at) if dialogue.starts_at else None
        return {"day": at and at.date(), "clock": at and at.time(), "minutes": dialogue.minutes}


class PlaceForm(forms.Form):
    """Where: a room, a link, or both."""

    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A room, a link to a meeting, or both.")
    )


class SlideForm(forms.Form):
    """What one is looking at, in a sentence."""

    looking_at = forms.CharField(label=_("What are we looking at?"), max_length=300, required=False)


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


class NextStepForm(forms.Form):
    """Who does what, by when. The owner is somebody here, or else a name."""

    text = forms.CharField(label=_("What is to be done?"), max_length=500)
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who?"), required=False, empty_label=_("Somebody else")
    )
    owner_name = forms.CharField(label=_("Somebody else: their name"), max_length=100, required=False)
    owner_email = forms.EmailField(
        label=_("Somebody else: their e-mail address"),
        max_length=254,
        required=False,
        help_text=_("They get a mail about it, and say with one click how it goes."),
    )
    due_on = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    write_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = owners

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("owner") and not cleaned.get("owner_name") and not self.errors:
            self.add_error(
                "owner", _now("Choose who does it, or write a name. A step without an owner is not taken.")
            )
        return cleaned


class NextStepUpdateForm(forms.Form):
    """How a step goes."""

    to = forms.ChoiceField(label=_("How does it go?"), choices=NextStep.State.choices, widget=forms.RadioSelect)
    line = forms.CharField(label=_("A line about it"), max_length=500, required=False)
    due_on = forms.DateField(
        label=_("A new day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StepByMailForm(forms.Form):
    """How a step goes, from a mail: each answer is a button of its own."""

    MOVED = "moved"

    to = forms.ChoiceField(choices=[(value, value) for value in ("done", "stuck", "open", MOVED)])
    line = forms.CharField(label=_("A line about it"), max_length=500, required=False)
    due_on = forms.DateField(
        label=_("A new day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == self.MOVED and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _now("Choose the new day."))
        return cleaned


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
