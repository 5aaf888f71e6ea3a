"""How ready a dialogue is to be held: the six steps of preparing it, each with a default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import pick
from dialogues.content import find_theme
from dialogues.models import Dialogue

STEPS = ("tema", "vilka", "data", "stod", "tid", "plats")
"""The steps in order, as their addresses name them."""

BLOOM = 5
"""The last stage of the plant that grows with the steps."""


@dataclass(frozen=True)
class Step:
    """One step of preparing: its words, what is decided, and whether that is enough to hold the dialogue."""

    key: str
    label: str
    text: str
    state: str


@dataclass(frozen=True)
class Readiness:
    """All six steps. `next_step` is the first that is not done, None when everything is."""

    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.state == "done" for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """What to do next."""
        return next((step for step in self.steps if step.state == "next"), None)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left; a dialogue can be held without."""
        return self.done == len(self.steps)

    @property
    def stage(self) -> int:
        """The plant's stage, from a seed to bloom."""
        return self.done * BLOOM // len(self.steps)

    def after(self, key: str) -> str:
        """The step that follows; nothing after the last."""
        return dict(zip(STEPS, (*STEPS[1:], ""), strict=True))[key]


def readiness_of(
    dialogue: Dialogue, *, participants: int, slides: int, lang: str, when: str = "", to_find: int = 0
) -> Readiness:
    """How far the preparation has come, given how many people and charts there are.

    `to_find` says how many of the people are places that nobody fills yet. `when` is the booked time in words;
    the fourth step is done from the start, since the principles and the frame open every dialogue by themselves.
    """
    theme = find_theme(dialogue.theme)
    people = ngettext("%(count)s person", "%(count)s people", participants) % {"count": participants}
    if to_find:
        found = participants - to_find
        people = _("%(found)s found, %(to_find)s to find") % {"found": found, "to_find": to_find}
    charts = ngettext("%(count)s chart", "%(count)s charts", slides) % {"count": slides}
    facts: dict[str, tuple[Any, str, str]] = {
        "tema": (dialogue.goal, _("Theme and goal"), pick(theme.title, lang) if theme else dialogue.title),
        "vilka": (participants, _("Who takes part"), people if participants else _("Nobody yet")),
        "data": (slides, _("Data"), charts if slides else _("No charts yet")),
        "stod": (True, _("Principles and frame"), _("Ready for everybody")),
        "tid": (dialogue.starts_at, _("Time"), when or _("No day yet")),
        "plats": (dialogue.place, _("In the room"), dialogue.place or _("No place yet")),
    }
    steps: list[Step] = []
    has_next = False
    for key in STEPS:
        is_done, label, text = facts[key]
        state = "done" if is_done else "later" if has_next else "next"
        has_next = has_next or state == "next"
        steps.append(Step(key, label, text, state))
    return Readiness(tuple(steps))
