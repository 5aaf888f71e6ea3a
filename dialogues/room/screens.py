"""What fills the wall during a dialogue, one screen at a time, in the agenda's order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from datasets.cubes import pick
from dialogues.content import find_theme, frame, principles
from dialogues.evaluating.questions import CLOSING
from dialogues.models import Dialogue, Slide
from dialogues.preparing.agendas import agenda_of
from dialogues.preparing.deck import deck_of
from dialogues.selectors.evaluations import closing_of
from dialogues.selectors.last_time import from_last_time
from dialogues.wording import goal_of

FRAME_IN = {"wellbeing": "wellbeing", "two_dimensions": "wellbeing", "promoting": "promoting"}
"""Which point of the agenda each part of the frame belongs to."""

ELSEWHERE = {
    "wellbeing": "welcome",
    "promoting": "welcome",
    "last_time": "welcome",
    "dialogue_1": "data",
    "dialogue_2": "data",
}
"""Where a screen belongs in an agenda that lacks its own point."""


@dataclass(frozen=True)
class Screen:
    """One thing that fills the screen: its number, a short name, which template draws it, and with what.

    `part` is the point of the agenda that it belongs to: the presenter's clock compares with it.
    """

    number: int
    name: str
    kind: str
    part: str
    content: Any = None


def screens_of(dialogue: Dialogue, lang: str) -> tuple[Screen, ...]:
    """Principles, last time and frame, the charts, the questions of both talks, the closing; a screen a point."""
    theme = find_theme(dialogue.theme)
    made = [
        Screen(0, _("Welcome"), "welcome", "welcome", {"theme": theme, "goal": goal_of(dialogue)}),
        Screen(0, _("Four principles"), "principles", "welcome", principles()),
    ]
    if before := from_last_time(dialogue):
        made.append(Screen(0, _("From last time"), "last_time", "last_time", before))
    made += [Screen(0, pick(part.title, lang), "frame", FRAME_IN[part.key], part) for part in frame()]
    for one in deck_of(dialogue, lang).shown:
        made.append(Screen(0, one.title, "chart" if one.slide.kind == Slide.Kind.CHART else "slide", "data", one))
    for number, name in ((1, _("Dialogue 1: What do we see?")), (2, _("Dialogue 2: What does it stir?"))):
        questions = theme.questions_for(dialogue.goal, number) if theme else ()
        if questions:
            made.append(Screen(0, name, "questions", f"dialogue_{number}", questions))
    made.append(Screen(0, _("What we take with us"), "close", "close"))
    if dialogue.state != Dialogue.State.CANCELLED:
        content = {"asked": CLOSING, "read": closing_of(dialogue)}
        made.append(Screen(0, _("Three short questions"), "evaluate", "evaluation", content))
    return _in_order(made, dialogue, lang)


def _in_order(made: list[Screen], dialogue: Dialogue, lang: str) -> tuple[Screen, ...]:
    """The screens as the agenda has its points; a point that nothing is shown for gets a screen of its own."""
    points = agenda_of(dialogue)
    place = {point.key: number for number, point in enumerate(points)}
    made = [one if one.part in place else replace(one, part=ELSEWHERE.get(one.part, one.part)) for one in made]
    shown = {one.part for one in made}
    if dialogue.format != "dialogue" or dialogue.agenda:
        made += [
            Screen(0, pick(point.title, lang), "point", point.key, point)
            for point in points
            if point.key not in shown
        ]
    last = {"close": len(points), "evaluation": len(points) + 1}
    # The title, and the button that starts the clock, come first whatever the agenda begins with.
    made.sort(key=lambda one: -2 if one.kind == "welcome" else place.get(one.part, last.get(one.part, -1)))
    return tuple(replace(one, number=number) for number, one in enumerate(made, start=1))
