"""Activities for tests: with a data set that is fit for one."""

from __future__ import annotations

from typing import Any

from dialogues.activities.indicators import first_view
from dialogues.models import Activity, ActivityIndicator
from dialogues.services.activities import activity_add, activity_change, indicator_add
from tests.dialogues import make_dataset
from tests.world import World


def make_activity(world: World, title: str = "Öppet på söndagar", **described: Any) -> Activity:
    """An activity that Olle answers for; call in scope."""
    activity = activity_add(title=title, by=world.alma, responsible=world.olle)
    if described:
        told = {"department": activity.department, "responsible": activity.responsible, **described}
        activity_change(activity=activity, by=world.alma, **told)
        activity.refresh_from_db()
    return activity


def make_indicator(activity: Activity, world: World, title: str = "Trivs på fritiden") -> ActivityIndicator:
    """An indicator of an activity; call in scope."""
    dataset = make_dataset(title)
    view = first_view(dataset, "")
    return indicator_add(activity=activity, dataset=dataset, view=view, by=world.alma)
