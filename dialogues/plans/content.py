"""A plan as plain data: what a version keeps, what changed between two, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dialogues.models import ActionPlan, ActionPlanEntry, Activity

MOST_CHANGES = 60


def lines_of(text: str) -> list[str]:
    """What is written one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def content_of(plan: ActionPlan, entries: Iterable[ActionPlanEntry]) -> dict[str, Any]:
    """The whole plan, with its activities as they stand. No person's name is in it."""
    return {
        "title": plan.title,
        "period": plan.period,
        "about": plan.about,
        "long_goals": lines_of(plan.long_goals),
        "short_goals": lines_of(plan.short_goals),
        "areas": lines_of(plan.areas),
        "participation": plan.participation,
        "activities": [
            {
                "id": str(entry.activity_id),
                "title": entry.activity.title,
                "state": entry.activity.state,
                "kind": entry.activity.kind,
                "goal": entry.activity.goal,
                "department": str(entry.activity.department or ""),
                "place": entry.place,
                "area": entry.area,
            }
            for entry in entries
        ],
    }


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What changed from one version to the next, in sentences; nothing where nothing did."""
    said: list[str] = []
    for key, added, removed in (
        ("long_goals", _("New long-term goal: %s"), _("Long-term goal taken away: %s")),
        ("short_goals", _("New short-term goal: %s"), _("Short-term goal taken away: %s")),
        ("areas", _("New area: %s"), _("Area taken away: %s")),
    ):
        old, new = before.get(key, []), after.get(key, [])
        said += [added % one for one in new if one not in old]
        said += [removed % one for one in old if one not in new]
    old_ones = {one["id"]: one for one in before.get("activities", [])}
    new_ones = {one["id"]: one for one in after.get("activities", [])}
    said += [_("New activity: %s") % one["title"] for key, one in new_ones.items() if key not in old_ones]
    said += [_("Activity taken away: %s") % one["title"] for key, one in old_ones.items() if key not in new_ones]
    said += [
        _("%(title)s: %(before)s → %(after)s")
        % {"title": one["title"], "before": state_in_words(was["state"]), "after": state_in_words(one["state"])}
        for key, one in new_ones.items()
        if (was := old_ones.get(key)) is not None and was["state"] != one["state"]
    ]
    return said[:MOST_CHANGES]


def state_in_words(state: str) -> str:
    """A state of an activity by its label."""
    return str(Activity.State(state).label) if state in Activity.State.values else state


@dataclass(frozen=True)
class Progress:
    """How many activities of a plan are in each state, in the order of their life."""

    counts: tuple[tuple[str, str, int], ...]

    @property
    def total(self) -> int:
        """How many there are, dropped ones left out."""
        return sum(count for state, _label, count in self.counts if state != Activity.State.DROPPED)

    @property
    def begun(self) -> int:
        """How many have begun or are finished."""
        begun = (Activity.State.ONGOING, Activity.State.PAUSED, Activity.State.DONE)
        return sum(count for state, _label, count in self.counts if state in begun)


def progress_of(activities: Sequence[Mapping[str, Any]]) -> Progress:
    """How far the activities of a plan's content have come."""
    states = [one["state"] for one in activities]
    return Progress(tuple((str(s.value), str(s.label), states.count(s.value)) for s in Activity.State))


@dataclass(frozen=True)
class Area:
    """An area of a plan with its activities, prioritised ones first."""

    title: str
    prioritised: tuple[Mapping[str, Any], ...]
    ongoing: tuple[Mapping[str, Any], ...]


def areas_of(content: Mapping[str, Any]) -> list[Area]:
    """The activities under their areas, in the plan's order; those without an area last."""
    titles = [*content.get("areas", []), ""]
    known = set(titles)
    found = []
    for title in titles:
        ours = [
            {**one, "state_label": state_in_words(one["state"])}
            for one in content.get("activities", [])
            if one["area"] == title or (title == "" and one["area"] not in known)
        ]
        if ours or title:
            found.append(Area(
                title,
                tuple(one for one in ours if one["place"] == ActionPlanEntry.Place.PRIORITISED),
                tuple(one for one in ours if one["place"] != ActionPlanEntry.Place.PRIORITISED),
            ))  # fmt: skip
    return found
