"""The form of a report: slots for findings, voices, steps and noes, each text in Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from datasets.models import Voice
from surveys.reporting_back.content import (
    MOST_FINDINGS,
    MOST_NOES,
    MOST_STEPS,
    MOST_VOICES,
    Content,
    FindingTold,
    LocalText,
    NoTold,
    Promise,
    Standing,
    StepTold,
)

LANGUAGES = ("sv", "en")
LONGEST = 600
EMPTY_STEPS = 1
"""Room for so many more steps than there are."""


def _text(label: Any, lang: str, *, rows: int = 3, longest: int = LONGEST, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "lang": lang})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, help_text=help_text)


class ReportForm(forms.Form):
    """What an official writes. Nothing is needed to save a draft; publishing says what it lacks."""

    def __init__(
        self,
        *args: Any,
        content: Content,
        findings: Sequence[tuple[str, str]],
        voices: Sequence[Voice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps_shown = min(MOST_STEPS, len(content.steps) + EMPTY_STEPS)
        self.noes_shown = min(MOST_NOES, len(content.noes) + 1)
        for lang, suffix in (("sv", _("in Swedish")), ("en", _("in English"))):
            self._add_texts(lang, suffix)
        known = {key for key, _label in findings}
        gone = [(one.key, _("Not among the results any more")) for one in content.findings if one.key not in known]
        for at in range(MOST_FINDINGS):
            choices = [("", _("No finding here")), *findings, *gone]
            self.fields[f"finding-{at}"] = forms.ChoiceField(label=_("Finding"), choices=choices, required=False)
        for at in range(self.steps_shown):
            self.fields[f"step-{at}-standing"] = forms.ChoiceField(
                label=_("Where it stands"), choices=Standing.choices, required=False
            )
            self.fields[f"step-{at}-due"] = _day(_("By which day"))
            hidden = forms.UUIDField(required=False, widget=forms.HiddenInput())
            self.fields[f"step-{at}-origin"] = hidden
        self.fields["promise-due"] = _day(_("By which day"))
        if voices:
            self.fields["voices"] = forms.MultipleChoiceField(
                label=_("Voices"),
                choices=[(str(voice.pk), voice.text) for voice in voices],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.initial = {**_initial(content), **(kwargs.get("initial") or {})}
        for at in range(self.steps_shown):
            self.initial.setdefault(f"step-{at}-standing", Standing.PLANNED.value)

    def _add_texts(self, lang: str, suffix: Any) -> None:
        self.fields[f"lead-{lang}"] = _text(_labelled(_("To begin with"), suffix), lang)
        self.fields[f"dialogues-{lang}"] = _text(
            _labelled(_("What we talked about"), suffix), lang, rows=4, longest=1500
        )
        self.fields[f"promise-{lang}"] = _text(_labelled(_("What you promise"), suffix), lang, rows=2)
        for at in range(MOST_FINDINGS):
            self.fields[f"finding-{at}-{lang}"] = _text(_labelled(_("In your own words"), suffix), lang)
        for at in range(self.steps_shown):
            self.fields[f"step-{at}-{lang}"] = _text(_labelled(_("What is done"), suffix), lang, rows=2)
        for at in range(self.noes_shown):
            self.fields[f"no-{at}-{lang}"] = _text(_labelled(_("What we will not do"), suffix), lang, rows=2)
            self.fields[f"why-{at}-{lang}"] = _text(_labelled(_("Because"), suffix), lang, rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(cleaned.get("voices", ())) > MOST_VOICES:
            self.add_error("voices", gettext("Choose at most %(most)s voices.") % {"most": MOST_VOICES})
        chosen = [key for at in range(MOST_FINDINGS) if (key := cleaned.get(f"finding-{at}"))]
        for at in range(MOST_FINDINGS):
            if chosen.count(cleaned.get(f"finding-{at}") or "") > 1:
                self.add_error(f"finding-{at}", gettext("You have chosen this finding twice."))
        for at in range(self.noes_shown):
            if cleaned.get(f"no-{at}-sv") and not cleaned.get(f"why-{at}-sv"):
                self.add_error(f"why-{at}-sv", gettext("Say why. A no is easier to take with its reason."))
        return cleaned

    def content(self) -> Content:
        """What was written, as a report keeps it; empty slots are left out."""
        given = self.cleaned_data
        findings = [FindingTold(given[f"finding-{n}"], self._said(f"finding-{n}")) for n in range(MOST_FINDINGS)]
        steps = [self._step(at) for at in range(self.steps_shown)]
        noes = [NoTold(self._said(f"no-{at}"), self._said(f"why-{at}")) for at in range(self.noes_shown)]
        return Content(
            lead=self._said("lead"),
            findings=tuple(one for one in findings if one.key),
            voices=tuple(given.get("voices", ())),
            dialogues=self._said("dialogues"),
            steps=tuple(one for one in steps if one.text),
            promise=Promise(self._said("promise"), _iso(given["promise-due"])),
            noes=tuple(one for one in noes if one.text),
        )

    def _said(self, name: str) -> LocalText:
        return {lang: text for lang in LANGUAGES if (text := self.cleaned_data[f"{name}-{lang}"].strip())}

    def _step(self, at: int) -> StepTold:
        given = self.cleaned_data
        origin = given[f"step-{at}-origin"]
        return StepTold(
            text=self._said(f"step-{at}"),
            standing=given[f"step-{at}-standing"] or Standing.PLANNED.value,
            due_on=_iso(given[f"step-{at}-due"]),
            origin=str(origin) if origin else "",
        )

    def slots(self, name: str, count: int, parts: Sequence[str]) -> list[dict[str, Any]]:
        """The fields of each slot by their short names, for the page."""
        return [
            {
                "number": at + 1,
                **{part or "key": self[f"{name}-{at}-{part}" if part else f"{name}-{at}"] for part in parts},
            }
            for at in range(count)
        ]

    @property
    def finding_slots(self) -> list[dict[str, Any]]:
        return self.slots("finding", MOST_FINDINGS, ("", "sv", "en"))

    @property
    def step_slots(self) -> list[dict[str, Any]]:
        return self.slots("step", self.steps_shown, ("sv", "en", "standing", "due", "origin"))

    @property
    def no_slots(self) -> list[dict[str, Any]]:
        why = self.slots("why", self.noes_shown, ("sv", "en"))
        return [
            {**slot, "why_sv": reason["sv"], "why_en": reason["en"]}
            for slot, reason in zip(self.slots("no", self.noes_shown, ("sv", "en")), why, strict=True)
        ]

    @property
    def texts(self) -> Mapping[str, BoundField]:
        """The fields that stand by themselves."""
        names = ("lead", "dialogues", "promise")
        return {f"{name}_{lang}": self[f"{name}-{lang}"] for name in names for lang in LANGUAGES} | {
            "promise_due": self["promise-due"]
        }


class NewsForm(forms.Form):
    """What is new, from the second edition on."""

    new_sv = _text(_("What is new, in Swedish"), "sv", rows=2, longest=300)
    new_en = _text(_("What is new, in English"), "en", rows=2, longest=300)

    def news(self) -> LocalText:
        """What was written."""
        return {lang: text for lang in LANGUAGES if (text := self.cleaned_data[f"new_{lang}"].strip())}


def _labelled(label: Any, suffix: Any) -> Any:
    return format_lazy("{}, {}", label, suffix)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _initial(content: Content) -> dict[str, Any]:
    """A report as the form shows it."""
    initial: dict[str, Any] = {"voices": list(content.voices), "promise-due": content.promise.due_on}

    def put(name: str, text: LocalText) -> None:
        initial.update({f"{name}-{lang}": text.get(lang, "") for lang in LANGUAGES})

    put("lead", content.lead)
    put("dialogues", content.dialogues)
    put("promise", content.promise.text)
    for at, finding in enumerate(content.findings):
        initial[f"finding-{at}"] = finding.key
        put(f"finding-{at}", finding.words)
    for at, step in enumerate(content.steps):
        put(f"step-{at}", step.text)
        initial |= {
            f"step-{at}-standing": step.standing,
            f"step-{at}-due": step.due_on,
            f"step-{at}-origin": step.origin,
        }
    for at, no in enumerate(content.noes):
        put(f"no-{at}", no.text)
        put(f"why-{at}", no.reason)
    return initial
