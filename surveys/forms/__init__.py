"""The form of a round: everything has a default, so that planning one takes two minutes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Tenant
from datasets.cubes import pick
from surveys.drafting.shelf import Size, ready_size, size_of, usable_versions
from surveys.models import SurveyRound
from surveys.models.survey_round import LEAST_THRESHOLD
from surveys.selectors import rounds_held
from surveys.wording import language

OPEN_FOR = timedelta(weeks=4)
OPENING_HOUR = time(9)
MOST_THRESHOLD = 30
MOMENT = "%Y-%m-%dT%H:%M"


def _moment(**given: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(widget=widget, input_formats=[MOMENT, f"{MOMENT}:%S"], **given)


class RoundForm(forms.Form):
    """What a round is called, when it is open, and what it tells those who answer."""

    questionnaire = forms.ChoiceField(label=_("What you ask"), required=False)
    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("For you and your colleagues, and on the results.")
    )
    opens_at = _moment(label=_("Opens"))
    closes_at = _moment(label=_("Closes"))
    asker = forms.CharField(
        label=_("Who asks"), max_length=120, help_text=_("The first thing that young people read.")
    )
    what_happens_sv = forms.CharField(
        label=_("What happens with the answers, in Swedish"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "sv"}),
        help_text=_("Promise only what you will do. Write to one person, in short sentences."),
    )
    what_happens_en = forms.CharField(
        label=_("What happens with the answers, in English"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )
    contact = forms.CharField(
        label=_("Where questions are answered"),
        max_length=200,
        required=False,
        help_text=_("A shared address or telephone number. Anyone can read it."),
    )
    expected_answers = forms.IntegerField(
        label=_("How many answers do you count on?"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("A guess will do. It tells you beforehand what you will be able to see."),
    )
    threshold = forms.IntegerField()
    wave = forms.CharField(
        label=_("Which measurement in order"),
        max_length=60,
        required=False,
        help_text=_("Such as “autumn 2026”. It is written beside the figures when rounds are compared."),
    )
    previous_round: forms.ModelChoiceField[SurveyRound] = forms.ModelChoiceField(
        queryset=None,
        label=_("Compare with an earlier round"),
        required=False,
        empty_label=_("No earlier round"),
    )

    MORE = ("threshold", "wave", "previous_round")
    """What most never need to change; the page folds it."""

    def __init__(self, *args: Any, survey_round: SurveyRound | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey_round = survey_round
        if survey_round is None:
            self.fields["questionnaire"] = forms.ChoiceField(
                label=_("What you ask"), required=False, choices=questionnaires_in_words()
            )
        else:
            # A round keeps the questions that it was planned with.
            del self.fields["questionnaire"]
        field = self.fields["previous_round"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rounds_held()
        least = survey_round.rule["threshold"] if survey_round else LEAST_THRESHOLD
        self.fields["threshold"] = forms.IntegerField(
            label=_("The smallest number of people that is shown"),
            min_value=least,
            max_value=max(MOST_THRESHOLD, least),
            help_text=_("Never fewer than 5. You can raise it until the round opens, but never lower it again."),
        )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What one looks through."""
        return [field for field in self if field.name not in self.MORE]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in self.MORE]

    @property
    def has_more_errors(self) -> bool:
        """Whether the fold must be open for the reader to find what is wrong."""
        return any(name in self.errors for name in self.MORE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _now("The round must close after it opens."))
        elif closes and closes <= timezone.now():
            self.add_error("closes_at", _now("That time has passed. Choose a day that is still to come."))
        return cleaned

    def planned(self) -> dict[str, Any]:
        """What the services take."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "questionnaire"}
        words = {"sv": given.pop("what_happens_sv"), "en": given.pop("what_happens_en")}
        return {**given, "what_happens": words}


def defaults_for(tenant: Tenant) -> dict[str, Any]:
    """What a new round begins with: open four weeks from next Monday at nine."""
    opens_at = next_monday(timezone.localtime())
    earlier = rounds_held().first()
    return {
        "title": _season(opens_at),
        "opens_at": opens_at,
        "closes_at": opens_at + OPEN_FOR,
        "asker": tenant.official_name,
        **{f"what_happens_{lang}": _what_happens(lang) for lang in ("sv", "en")},
        "contact": earlier.contact if earlier else "",
        "expected_answers": earlier.response_count if earlier else None,
        "threshold": earlier.rule["threshold"] if earlier else LEAST_THRESHOLD,
        "previous_round": earlier.pk if earlier else None,
    }


def initial_of(survey_round: SurveyRound) -> dict[str, Any]:
    """A draft as the form shows it."""
    fields = (
        "title", "opens_at", "closes_at", "asker", "contact", "wave", "expected_answers",
    )  # fmt: skip
    return {
        **{name: getattr(survey_round, name) for name in fields},
        **{f"what_happens_{lang}": survey_round.what_happens.get(lang, "") for lang in ("sv", "en")},
        "threshold": survey_round.rule["threshold"],
        "previous_round": survey_round.previous_round_id,
    }


def questionnaires_in_words() -> list[tuple[str, str]]:
    """The ready questionnaire, and the newest version of each other one, with how long they are."""
    words = _now("%(title)s: %(count)s questions, about %(minutes)s min")

    def said(title: str, size: Size) -> str:
        return words % {"title": title, "count": size.questions, "minutes": size.minutes}

    return [
        ("", said(_now("The ready questionnaire"), ready_size())),
        *(
            (str(one.pk), said(pick(one.content.title, language()), size_of(one.content)))
            for one in usable_versions()
        ),
    ]


def next_monday(now: datetime) -> datetime:
    """Nine o'clock on the first Monday after today, by the clock on the wall."""
    day = now.date() + timedelta(days=7 - now.weekday())
    return timezone.make_aware(datetime.combine(day, OPENING_HOUR))


def _season(at: datetime) -> str:
    words = _now("Wellbeing, spring %(year)s") if at.month < 7 else _now("Wellbeing, autumn %(year)s")
    return words % {"year": at.year}


def _what_happens(lang: str) -> str:
    if lang not in dict(settings.LANGUAGES):
        return ""
    with translation.override(lang):
        return _now(
            "We put everyone's answers together into figures. Nobody reads the answers one by one. "
            "Then people from schools, leisure and support meet, talk about what you said and decide what to do. "
            "Afterwards we tell you what came of it."
        )
