"""What a preparation still lacks: perspectives, and data that the theme begins from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import Tenant
from datasets.models import Chart, Dataset
from datasets.selectors import charts_for, datasets_for, near, with_releases
from dialogues.content import Goal, Theme
from dialogues.content import Participant as Suggested
from dialogues.models import Dialogue, Participant

MOST_SUGGESTED = 3
"""How many data sets are offered for each wish of a theme."""


OUTSIDE = frozenset({"police", "civil_society", "youth_clinic"})
"""Perspectives of other organisations than the municipality."""


def missing_perspectives(
    theme: Theme | None, goal: Goal | None, present: Collection[str]
) -> tuple[Suggested, ...]:
    """Whom theme and goal ask for that nobody on the list stands for; the theme's words before the goal's."""
    asked = [*(theme.participants if theme else ()), *(goal.participants if goal else ())]
    first: dict[str, Suggested] = {}
    for one in asked:
        first.setdefault(one.perspective, one)
    return tuple(one for key, one in first.items() if key not in present)


def people_of_last_time(dialogue: Dialogue) -> list[Participant]:
    """Those with a name on the list of the dialogue before in the series; nobody for the first one."""
    if dialogue.previous_id is None:
        return []
    then = Participant.in_scope().filter(dialogue=dialogue.previous_id).exclude(name="")
    return list(then.select_related("department").order_by("name"))


def lacks_outsiders(participants: Collection[Participant]) -> bool:
    """Whether somebody is on the list, and all of them from the municipality itself."""
    return bool(participants) and not any(one.organisation or one.perspective in OUTSIDE for one in participants)


def lacks_young(participants: Collection[Participant]) -> bool:
    """Whether somebody is on the list, and nobody of those whom it is about."""
    return bool(participants) and not any(one.perspective == "young_people" for one in participants)


@dataclass(frozen=True)
class Wish:
    """What a theme would like to show, and the data sets here that could show it."""

    hint: Any
    datasets: Sequence[Dataset]


def wishes_of(theme: Theme | None, charts: Collection[Chart], tenant: Tenant) -> tuple[Wish, ...]:
    """The data that a theme begins from, as far as this municipality has it and it is not in the deck yet.

    Its own and its region's: what a neighbour let the region read is about other young people.
    """
    if theme is None:
        return ()
    factors = sorted({factor for wish in theme.data for factor in wish.factors})
    shown = {chart.dataset_id for chart in charts}
    found = list(
        with_releases(datasets_for())
        .filter(factors__overlap=factors, tenant_id__in=near(tenant))
        .exclude(pk__in=shown)
    )
    wishes = []
    for wish in theme.data:
        fitting = [one for one in found if set(one.factors) & set(wish.factors) and one.measures in wish.measures]
        wishes.append(Wish(wish.hint, fitting[:MOST_SUGGESTED]))
    return tuple(wishes)


def charts_to_choose(charts: Collection[Chart], limit: int = 30) -> QuerySet[Chart]:
    """Saved charts that are not in the deck, newest first."""
    return charts_for().exclude(pk__in=[chart.pk for chart in charts])[:limit]
