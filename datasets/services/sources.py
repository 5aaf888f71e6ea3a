"""What people do with sources: look a table up, choose of it, fetch, look at a change, stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.connectors import Definition, Kind, Wanted, without_what_is_gone
from datasets.errors import DatasetsError
from datasets.models import Dataset, SourceSubscription
from datasets.services.registration import dataset_register
from datasets.states import Subscription, subscription_move
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue

LOOK_UP, REFRESH = "datasets.look_up_source", "datasets.refresh_source"


@transaction.atomic
def source_look_up(*, kind: str, source_id: str, by: User) -> SourceSubscription:
    """Have a table or key figure looked up at its source, to choose of it; the source is asked by a job."""
    source_id = source_id.strip().upper() if kind == Kind.KOLADA else source_id.strip()
    live = SourceSubscription.objects.own().exclude(state=Subscription.STOPPED)
    if live.filter(kind=kind, source_id=source_id, state__in=[Subscription.LOOKING, Subscription.FOUND]).exists():
        raise DatasetsError(_("You are already looking at that one. You find it in the list below."))
    subscription: SourceSubscription = SourceSubscription.objects.create(
        kind=kind, source_id=source_id, wanted=Wanted(Kind(kind), (source_id,)).to_json(), created_by=by
    )
    record("source.looked_up", target=subscription, by=by)
    job_for(subscription, LOOK_UP, by)
    return subscription


@transaction.atomic
def source_look_again(*, subscription: SourceSubscription, by: User) -> Job:
    """Ask the source once more for something that it did not answer about."""
    if subscription.state != Subscription.LOOKING:
        raise DatasetsError(_("It has been found meanwhile. Choose what of it you want."))
    return job_for(subscription, LOOK_UP, by)


@transaction.atomic
def source_choose(
    *, subscription: SourceSubscription, choice: Mapping[str, tuple[str, ...]], by: User, **described: Any
) -> SourceSubscription:
    """Settle what is fetched of a table, and register the data set that it fills; the first fetch is asked for."""
    definition = Definition.from_json(subscription.found)
    wanted = replace(Wanted.from_json(subscription.wanted), choice=choice)
    dataset = dataset_register(
        by=by,
        sensitivity=Dataset.Sensitivity.OPEN,
        origin=Dataset.Origin.SOURCE,
        origin_ref=f"{subscription.kind}:{subscription.source_id}"[:100],
        **{
            "title": definition.title[:200] or subscription.source_id,
            "source": definition.source[:300] or str(subscription.get_kind_display()),
            "licence": definition.licence[:100],
            "fit_for": [Dataset.FitFor.EXPLORE],
            "unit": unit_of(definition, wanted)[:100],
            "is_synthetic": subscription.tenant.region.is_demo,
            **described,
        },
    )
    subscription_move(
        subscription, Subscription.ACTIVE, wanted=wanted.to_json(), dataset=dataset, found={}, definition={}
    )
    record("source.chosen", target=subscription, by=by)
    job_for(subscription, REFRESH, by)
    return subscription


@transaction.atomic
def source_fetch_now(*, subscription: SourceSubscription, by: User) -> Job:
    """Fetch at once, beside the schedule. Of two who ask at the same time, both get the same job."""
    if subscription.state != Subscription.ACTIVE:
        raise DatasetsError(_("Nothing is fetched while it is held or stopped."))
    return job_for(subscription, REFRESH, by)


@transaction.atomic
def source_accept(*, subscription: SourceSubscription, by: User) -> Job:
    """Take what the source now says as what the figures mean, and fetch them.

    What the source no longer has is no longer wanted.
    """
    definition = Definition.from_json(subscription.found)
    before = Definition.from_json(subscription.definition) if subscription.definition else definition
    wanted = without_what_is_gone(Wanted.from_json(subscription.wanted), before, definition)
    subscription_move(
        subscription,
        Subscription.ACTIVE,
        definition=subscription.found,
        found={},
        wanted=wanted.to_json(),
        title=definition.title[:400],
        told_at=None,
    )
    record("source.change_accepted", target=subscription, by=by)
    return job_for(subscription, REFRESH, by)


@transaction.atomic
def source_stop(*, subscription: SourceSubscription, by: User) -> SourceSubscription:
    """Fetch no more. What has been published stays."""
    subscription_move(
        subscription,
        Subscription.STOPPED,
        due_at=None,
        failing_since=None,
        trouble="",
        trouble_params={},
        told_at=None,
    )
    jobs = Job.in_scope().filter(subject_id=subscription.pk, finished_at=None)
    jobs.update(state=Job.State.CANCELLED, finished_at=timezone.now())
    record("source.stopped", target=subscription, by=by)
    return subscription


@transaction.atomic
def source_start(*, subscription: SourceSubscription, by: User) -> SourceSubscription:
    """Fetch again what was stopped. Raises DatasetsError for what never came so far as to be chosen."""
    if subscription.dataset_id is None and not subscription.package_key:
        raise DatasetsError(_("It was stopped before anything was chosen. Look it up again."))
    subscription_move(subscription, Subscription.ACTIVE, found={})
    record("source.started", target=subscription, by=by)
    job_for(subscription, REFRESH, by)
    return subscription


def job_for(subscription: SourceSubscription, task: str, by: User | None) -> Job:
    """The job that asks the source: a new one, or the one that is already waiting or running."""
    # Two who ask take turns here, so that the second sees the first one's job.
    SourceSubscription.objects.own().select_for_update().get(pk=subscription.pk)
    waiting = Job.in_scope().filter(task=task, subject_id=subscription.pk, finished_at=None).first()
    if waiting is not None:
        return waiting
    title = _("Looking up a source") if task == LOOK_UP else _("Fetching from a source")
    return enqueue(task, subject=subscription, by=by, title=title, subscription_id=subscription.pk)


def unit_of(definition: Definition, wanted: Wanted) -> str:
    """The unit of what is wanted, where it is one and the same."""
    metric = next((axis.code for axis in definition.axes if axis.role == "metric"), None)
    chosen = wanted.choice.get(metric or "", ())
    units = {unit for code, unit in definition.units if unit and (not chosen or code in chosen)}
    return units.pop() if len(units) == 1 else ""
