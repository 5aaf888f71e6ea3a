"""What the report of a survey round fetches from dialogues: what was decided, and where it stands now.

Surveys and dialogues do not know one another; the page of the report is where they meet. A step goes into a
report as words and an id, by a button that an official presses, and from then on the words are the official's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import template

from dialogues.models import Activity, Dialogue, NextStep
from dialogues.selectors.activities import activities_to_choose
from dialogues.selectors.dialogues import dialogues_showing
from dialogues.selectors.next_steps import steps_of_dialogues_held

register = template.Library()
MOST = 20

STANDINGS = {
    NextStep.State.OPEN: "planned",
    NextStep.State.STUCK: "stuck",
    NextStep.State.DONE: "done",
}
"""How a report names where a step stands; what was dropped is not offered."""
ACTIVITY_STANDINGS = {
    Activity.State.PLANNED: "planned",
    Activity.State.ONGOING: "going_on",
    Activity.State.PAUSED: "stuck",
    Activity.State.DONE: "done",
}
"""The same for an activity."""
IN_WORK = {"going_on": {"going_on"}, "planned": {"planned", "going_on"}, "stuck": {"stuck"}, "done": {"done"}}


@dataclass(frozen=True)
class OfferedStep:
    """A step as it can be taken into a report; `taken` is what the button sends."""

    text: str
    label: Any
    due_on: date | None
    dialogue: str
    taken: str


@register.simple_tag(takes_context=True)
def steps_to_tell(context: dict[str, Any], round_id: UUID, told: Collection[str] = ()) -> list[OfferedStep]:
    """The steps of dialogues that looked at the round first, then of others; without those already told."""
    if not _may_see(context):
        return []
    steps = steps_of_dialogues_held(round_id)[: MOST + len(told)]
    return [_offered(step) for step in steps if str(step.pk) not in told][:MOST]


@register.simple_tag(takes_context=True)
def activities_to_tell(context: dict[str, Any], told: Collection[str] = ()) -> list[OfferedStep]:
    """The activities that are not dropped, without those already told; what is not chosen stays here."""
    if not _may_see(context):
        return []
    found = activities_to_choose()[: MOST + len(told)]
    return [_offered_activity(one) for one in found if str(one.pk) not in told][:MOST]


@register.simple_tag(takes_context=True)
def dialogues_after(context: dict[str, Any], round_id: UUID) -> list[Dialogue]:
    """The dialogues that had a chart of the round's results in front of them, newest first."""
    return list(dialogues_showing(round_id)[:MOST]) if _may_see(context) else []


@register.simple_tag(takes_context=True)
def step_now(context: dict[str, Any], origin: Any, told: str) -> dict[str, Any] | None:
    """Where a step stands now, if that is another than the report tells; None where it is the same or unknown."""
    try:
        key = UUID(str(origin))
    except ValueError:
        return None
    if not _may_see(context):
        return None
    found: NextStep | Activity | None = NextStep.in_scope().filter(pk=key).first()
    if isinstance(found, NextStep):
        standing = STANDINGS.get(NextStep.State(found.state), "")
    else:
        found = Activity.in_scope().filter(pk=key).first()
        standing = ACTIVITY_STANDINGS.get(Activity.State(found.state), "") if found else ""
    if found is None or told in IN_WORK.get(standing, set()):
        return None
    return {"label": found.get_state_display(), "line": found.line}


def _offered(step: NextStep) -> OfferedStep:
    day = step.due_on.isoformat() if step.due_on else ""
    return OfferedStep(
        text=step.text,
        label=step.get_state_display(),
        due_on=step.due_on,
        dialogue=step.dialogue.title,
        taken=f"{step.pk}|{STANDINGS[NextStep.State(step.state)]}|{day}|{step.text}",
    )


def _offered_activity(activity: Activity) -> OfferedStep:
    day = activity.ends_on.isoformat() if activity.ends_on else ""
    return OfferedStep(
        text=activity.title,
        label=activity.get_state_display(),
        due_on=activity.ends_on,
        dialogue="",
        taken=f"{activity.pk}|{ACTIVITY_STANDINGS[Activity.State(activity.state)]}|{day}|{activity.title}",
    )


def _may_see(context: dict[str, Any]) -> bool:
    request = context["request"]
    return bool(request.user.has_perm("dialogues.view_dialogue", request.tenant))
