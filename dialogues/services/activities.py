"""Activities: begun, described, moved on, and followed by indicators."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from datasets.charts import SelectionError
from datasets.models import Dataset
from datasets.uses import Purpose, Use, use_verdict
from dialogues.activities.indicators import NotFollowed, View, drawn_over_time
from dialogues.errors import DialogueError
from dialogues.models import Activity, ActivityIndicator, NextStep, Note
from dialogues.states import ACTIVITY_TRANSITIONS
from portal.audit.recording import record

MOST_INDICATORS = 6


@transaction.atomic
def activity_add(
    *,
    title: str,
    by: User,
    responsible: User | None = None,
    note: Note | None = None,
    step: NextStep | None = None,
) -> Activity:
    """Begin an activity, by itself or from what a dialogue gave. It takes the theme of that dialogue.

    Raises DialogueError without a title.
    """
    if not title.strip():
        raise DialogueError(_("Give the activity a name."))
    source = note or step
    activity: Activity = Activity.objects.create(
        title=title.strip()[:200],
        responsible=responsible,
        responsible_name=responsible.name if responsible else (step.owner_name if step else ""),
        department=_department_of(responsible),
        theme=source.dialogue.theme if source else "",
        note=note,
        step=step,
        created_by=by,
    )
    record("activity.added", target=activity, by=by)
    return activity


def _department_of(person: User | None) -> Any:
    if person is None:
        return None
    membership = Membership.objects.filter(user=person).select_related("department").first()
    return membership.department if membership else None


@transaction.atomic
def activity_change(*, activity: Activity, by: User, **described: Any) -> None:
    """Say more about an activity."""
    locked = Activity.in_scope().select_for_update().get(pk=activity.pk)
    for name, value in described.items():
        setattr(locked, name, value)
    locked.responsible_name = locked.responsible.name if locked.responsible else locked.responsible_name
    locked.changed_at = timezone.now()
    locked.save()
    record("activity.changed", target=locked, by=by)


@transaction.atomic
def activity_move(*, activity: Activity, to: Activity.State, by: User, line: str = "") -> None:
    """Begin, pause, finish, drop or take up an activity. What begins without a day begins today.

    Raises DialogueError when somebody has moved it on meanwhile.
    """
    sources = [state for state, targets in ACTIVITY_TRANSITIONS.items() if to in targets]
    moved = Activity.in_scope().filter(pk=activity.pk, state__in=sources)
    if not moved.update(state=to, line=line.strip()[:500] or activity.line, changed_at=timezone.now()):
        activity.refresh_from_db(fields=["state"])
        raise DialogueError(
            _("This activity is already marked “%(state)s”. Look at it once more before you change it.")
            % {"state": activity.get_state_display()}
        )
    if to == Activity.State.ONGOING:
        Activity.in_scope().filter(pk=activity.pk, starts_on=None).update(starts_on=timezone.localdate())
    record(f"activity.{to.value}", target=activity, by=by)


@transaction.atomic
def indicator_add(*, activity: Activity, dataset: Dataset, view: View, by: User) -> ActivityIndicator:
    """Follow an activity by a view of a data set.

    Raises DialogueError for figures that may only be explored, that do not run over time, or beyond six.
    """
    Activity.in_scope().select_for_update().get(pk=activity.pk)
    known = ActivityIndicator.in_scope().filter(activity=activity)
    if known.count() >= MOST_INDICATORS:
        raise DialogueError(_("Six indicators are enough for one activity. Remove one first."))
    check_follows(dataset, activity)
    spec = _drawn(dataset, view)
    indicator: ActivityIndicator = ActivityIndicator.objects.create(
        activity=activity,
        dataset=dataset,
        table_code=view.table_code,
        query=view.query,
        line=spec.series[0].key,
        position=1 + (known.aggregate(last=Max("position"))["last"] or 0),
    )
    record("activity.indicator_added", target=activity, by=by)
    return indicator


@transaction.atomic
def indicator_aim(
    *, indicator: ActivityIndicator, by: User, line: str, baseline_period: str, target: float | None,
    target_period: str,
) -> None:  # fmt: skip
    """Say which line is followed, from when, and what is aimed at.

    Raises DialogueError for a target on figures that no goal can be set on, or over a break in the series.
    """
    dataset = indicator.dataset
    check_follows(dataset, indicator.activity)
    if target is not None and Purpose.MEASURE in dataset.fit_for:
        verdict = use_verdict(
            dataset, Purpose.MEASURE, Use.TARGET, since=baseline_period, whole_from=dataset.whole_from
        )
        if verdict.is_refused:
            raise DialogueError(verdict.text(_language()))
    spec = _drawn(dataset, View(indicator.table_code, indicator.query))
    if line not in {one.key for one in spec.series}:
        raise DialogueError(_("Choose one of the lines of the chart."))
    if baseline_period and baseline_period not in {place.code for place in spec.x.places}:
        raise DialogueError(_("Choose a time that the chart has."))
    ActivityIndicator.in_scope().filter(pk=indicator.pk).update(
        line=line, baseline_period=baseline_period, target=target, target_period=target_period.strip()[:40]
    )
    record("activity.indicator_changed", target=indicator.activity, by=by)


@transaction.atomic
def indicator_remove(*, indicator: ActivityIndicator, by: User) -> None:
    """Follow the activity by it no more. The figures stay where they are."""
    activity = indicator.activity
    indicator.delete()
    record("activity.indicator_removed", target=activity, by=by)


def check_follows(dataset: Dataset, activity: Activity) -> None:
    """Raise DialogueError where a data set is not fit to follow an activity."""
    verdict = use_verdict(dataset, Purpose.FOLLOW_UP, Use.ACTIVITY, activity=str(activity.pk))
    if verdict.is_refused:
        raise DialogueError(verdict.text(_language()))


def _drawn(dataset: Dataset, view: View) -> Any:
    try:
        return drawn_over_time(dataset, view, _language())
    except NotFollowed as refusal:
        raise DialogueError(str(refusal)) from refusal
    except SelectionError as refusal:
        raise DialogueError(refusal.text(_language())) from refusal


def _language() -> str:
    return (get_language() or "sv").partition("-")[0]
