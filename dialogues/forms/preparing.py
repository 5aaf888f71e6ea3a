"""Forms of preparing a dialogue: theme and goal, who comes, when and where, and what the charts show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Membership, User
from accounts.models.membership import Role
from datasets.cubes import pick
from dialogues.content import LENGTHS, find_theme, goals, perspectives, themes
from dialogues.forms.choosing import set_choices
from dialogues.models import Dialogue, Participant

OWN_THEME = ""


class ThemeField(forms.ChoiceField):
    """A theme; one's own is a choice like the others, though nothing is sent for it."""

    def validate(self, value: Any) -> None:
        if value != OWN_THEME:
            super().validate(value)


class DialogueForm(forms.Form):
    """What a dialogue is about and what it is for. The title is proposed from the theme when it is left out."""

    theme = ThemeField(label=_("Theme"), widget=forms.RadioSelect)
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
        set_choices(self, "theme", [*known, (OWN_THEME, _now("A theme of our own"))])
        set_choices(
            self, "goal", [(one.key, f"{pick(one.title, lang)}. {pick(one.when, lang)}") for one in goals()]
        )

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


class WhoForm(FacilitatorForm):
    """Who leads the dialogue, and who fills each place on its list that is without a name: all in one go."""

    def __init__(self, *args: Any, places: Iterable[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = list(places)
        for place in self.places:
            who, where = _names_of(place)
            # The form stands below the list: its fields name it.
            self.fields[who] = forms.CharField(
                label=_now("Who is it?"),
                max_length=100,
                required=False,
                widget=forms.TextInput(attrs={"class": "ds-input", "form": "who-form", "autocomplete": "off"}),
            )
            self.fields[where] = forms.EmailField(
                label=_now("Where do we write to them?"),
                max_length=254,
                required=False,
                widget=forms.EmailInput(attrs={"class": "ds-input", "form": "who-form", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in self.places:
            who, where = _names_of(place)
            if cleaned.get(where) and not cleaned.get(who) and who not in self.errors:
                self.add_error(who, _now("Write whose address it is."))
        return cleaned

    def named(self) -> list[tuple[Participant, str, str]]:
        """The places that somebody now fills: the place, the name, the address."""
        sent = [(place, *(self.cleaned_data.get(name, "") for name in _names_of(place))) for place in self.places]
        return [(place, name, email) for place, name, email in sent if name]

    def fields_of(self, place: Participant) -> tuple[forms.BoundField, forms.BoundField] | None:
        """The two fields of a place; None for one that somebody fills already."""
        who, where = _names_of(place)
        return (self[who], self[where]) if who in self.fields else None


def _names_of(place: Participant) -> tuple[str, str]:
    return f"name_{place.pk.hex}", f"email_{place.pk.hex}"


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
        set_choices(self, "perspective", [("", _now("Another perspective")), *known])
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.in_scope().order_by("sort_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and not cleaned.get("role") and not self.errors:
            self.add_error("name", _now("Write a name, or the role that somebody is to fill."))
        return cleaned


class ParticipantChangeForm(ParticipantForm):
    """The same with what they said, for an answer that came by telephone."""

    answer = forms.ChoiceField(label=_("Do they come?"), required=False, choices=Participant.Answer.choices)


class TimeForm(forms.Form):
    """When, and for how long."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, choices=[(m, f"{m} min") for m in LENGTHS], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (self.initial or {}).get("minutes")
        lengths = LENGTHS if own is None or own in LENGTHS else (*LENGTHS, own)
        set_choices(self, "minutes", [(str(length), f"{length} min") for length in lengths])

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
