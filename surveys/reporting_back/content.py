"""What a report says, as values: the official's own words, and which findings, voices and steps stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LocalText = dict[str, str]

MOST_FINDINGS = 5
MOST_STEPS = 8
MOST_NOES = 4
MOST_VOICES = 6


class Standing(TextChoices):
    """Where a step stands, in a word for the public."""

    PLANNED = "planned", _("Planned")
    GOING_ON = "going_on", _("Going on")
    DONE = "done", _("Done")
    STUCK = "stuck", _("Has come to a halt")


@dataclass(frozen=True)
class FindingTold:
    """A finding by its key among the evidence (`surveys.reporting_back.evidence`), and what we say of it."""

    key: str
    words: LocalText = field(default_factory=dict)


@dataclass(frozen=True)
class StepTold:
    """A step that was decided, in words for the public. `origin` is the step's id in the dialogues, if any."""

    text: LocalText
    standing: str = Standing.PLANNED.value
    due_on: str = ""
    origin: str = ""


@dataclass(frozen=True)
class NoTold:
    """What we will not do, and why not."""

    text: LocalText
    reason: LocalText


@dataclass(frozen=True)
class Promise:
    """What we promise, and by which day."""

    text: LocalText = field(default_factory=dict)
    due_on: str = ""


@dataclass(frozen=True)
class Content:
    """Everything of a report but the figures."""

    lead: LocalText = field(default_factory=dict)
    findings: tuple[FindingTold, ...] = ()
    voices: tuple[str, ...] = ()
    dialogues: LocalText = field(default_factory=dict)
    steps: tuple[StepTold, ...] = ()
    promise: Promise = field(default_factory=Promise)
    noes: tuple[NoTold, ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Content:
        """A report as it was kept; parts that are not there are empty."""
        return cls(
            lead=kept.get("lead", {}),
            findings=tuple(FindingTold(**one) for one in kept.get("findings", ())),
            voices=tuple(kept.get("voices", ())),
            dialogues=kept.get("dialogues", {}),
            steps=tuple(StepTold(**one) for one in kept.get("steps", ())),
            promise=Promise(**kept.get("promise", {})),
            noes=tuple(NoTold(**one) for one in kept.get("noes", ())),
        )

    def to_json(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    def texts(self, lang: str) -> Iterator[str]:
        """Everything that is written in a language, in the order in which it is read."""
        yield self.lead.get(lang, "")
        yield from (one.words.get(lang, "") for one in self.findings)
        yield self.dialogues.get(lang, "")
        yield from (one.text.get(lang, "") for one in self.steps)
        yield self.promise.text.get(lang, "")
        for no in self.noes:
            yield no.text.get(lang, "")
            yield no.reason.get(lang, "")

    @property
    def languages(self) -> tuple[str, ...]:
        """Swedish, and every other language in which something is written."""
        return tuple(lang for lang in ("sv", "en") if lang == "sv" or any(map(str.strip, self.texts(lang))))


def day_of(kept: str) -> date | None:
    """A day as it is kept; None where none was set."""
    return date.fromisoformat(kept) if kept else None
