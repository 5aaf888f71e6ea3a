"""What the worker does with a source: fetches, and publishes what is new; or says since when it could not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, NoReturn

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant
from datasets.connectors import (
    Connector,
    Definition,
    Difference,
    Fetched,
    Kind,
    SourceError,
    Wanted,
    differences,
    meaning,
)
from datasets.content.base_package import Indicator, find_indicator
from datasets.cubes import Cube, Revisions, revisions
from datasets.disclosure import AggregationRule, ProtectedCube, pass_through
from datasets.models import Dataset, SourcePiece, SourceSubscription
from datasets.selectors import latest_release, load_table
from datasets.services.base_package import base_package_reach_all
from datasets.services.base_package_words import dataset_of, named
from datasets.services.importing import TABLE_CODE
from datasets.services.releases import release_publish
from datasets.services.source_access import KeptInDatabase, connector_for
from datasets.states import Subscription, subscription_move
from datasets.wording.sources import changes_in_words, trouble_in_words
from portal.audit.recording import record
from portal.jobs.running import JobContext, JobFailed

FIRST_AGAIN, LAST_AGAIN = timedelta(hours=1), timedelta(hours=24)
NIGHT = time(3)
"""Sources publish in the morning; what is new is here the next day."""
SPREAD = 180
"""Minutes of the night over which fetches are spread."""


@dataclass(frozen=True)
class _Work:
    """A subscription with all that its job needs, read in one short transaction."""

    subscription: SourceSubscription
    wanted: Wanted
    connector: Connector
    indicator: Indicator | None

    def meaning(self) -> Definition:
        """What the source says now of what is wanted."""
        now = meaning(self.connector.describe(self.wanted), self.wanted)
        known = self.subscription.definition
        return now.without_what_older_lacks(Definition.from_json(known)) if known else now

    def changes(self, now: Definition) -> Sequence[Difference]:
        """What the source means otherwise than a person, or the package's declaration, took it to."""
        if self.subscription.definition:
            return differences(Definition.from_json(self.subscription.definition), now)
        if self.indicator is None or all(word in now.title.casefold() for word in self.indicator.expect):
            return ()
        return (Difference("title", "", self.indicator.source_title, now.title),)


def source_found(job: JobContext, *, subscription_id: str) -> None:
    """Look a table or key figure up, for a person to choose of it."""
    with job.transaction():
        work = _fetch(subscription_id)
    if work.subscription.state != Subscription.LOOKING:
        return
    job.progress(20, "Asking the source what it is")
    try:
        definition = work.connector.describe(work.wanted)
    except SourceError as trouble:
        _fail(job, work, trouble)
    with job.completing():
        subscription_move(
            work.subscription,
            Subscription.FOUND,
            found=definition.to_json(),
            title=definition.title[:400],
            **_WELL,
        )


def source_refresh(job: JobContext, *, subscription_id: str) -> None:
    """Fetch the figures; publish them where they are new, hold them where they mean something else."""
    with job.transaction():
        work = _fetch(subscription_id)
    if work.subscription.state != Subscription.ACTIVE:
        return
    job.progress(5, "Asking the source what it is")
    try:
        _check_rule(work.subscription.dataset)
        now = work.meaning()
        if work.changes(now):
            _hold(job, work, now)
            return
        fetched = work.connector.fetch(
            work.wanted,
            KeptInDatabase(job, subscription_id),
            lambda done, of: job.progress(10 + 80 * done // of, "Fetching, %(done)s of %(of)s", done=done, of=of),
        )
    except SourceError as trouble:
        _fail(job, work, trouble)
    job.progress(95, "Publishing")
    with job.completing():
        _take_in(work, now, fetched)


_WELL: dict[str, Any] = {"failing_since": None, "trouble": "", "trouble_params": {}, "told_at": None}


def _fetch(subscription_id: str) -> _Work:
    subscription = SourceSubscription.objects.own().select_related("dataset", "tenant").get(pk=subscription_id)
    tenant = Tenant.objects.select_related("parent").get(pk=subscription.tenant_id)
    indicator = find_indicator(subscription.package_key) if subscription.package_key else None
    wanted = Wanted.from_json(subscription.wanted)
    return _Work(
        subscription=subscription,
        wanted=replace(wanted, older=indicator.older) if indicator else wanted,
        connector=connector_for(tenant, Kind(subscription.kind)),
        indicator=indicator,
    )


def _fail(job: JobContext, work: _Work, trouble: SourceError) -> NoReturn:
    """Note since when and why; the releases stay. Ends the job with words for whoever watches it."""
    subscription, now = work.subscription, timezone.now()
    since = subscription.failing_since or now
    with job.transaction():
        SourceSubscription.objects.own().filter(pk=subscription.pk).update(
            failing_since=since,
            trouble=trouble.code,
            trouble_params=trouble.params,
            due_at=now + _pause(trouble, now - since) if subscription.state == Subscription.ACTIVE else None,
        )
        if subscription.failing_since is None:
            record("source.failed", target=subscription, trouble=trouble.code)
        _tell_members(subscription)
    raise JobFailed(trouble_in_words(trouble.code, trouble.params))


def _pause(trouble: SourceError, failing_for: timedelta) -> timedelta:
    """Ever longer pauses while a trouble lasts, up to a day; longer where the source asked for it."""
    usual = min(LAST_AGAIN, max(FIRST_AGAIN, failing_for)) if trouble.passes else LAST_AGAIN
    return max(usual, timedelta(seconds=min(trouble.wait or 0.0, LAST_AGAIN.total_seconds())))


def _hold(job: JobContext, work: _Work, now: Definition) -> None:
    with job.completing():
        subscription_move(
            work.subscription,
            Subscription.HELD,
            found=now.to_json(),
            held_at=timezone.now(),
            due_at=None,
            **_WELL,
        )
        record("source.held", target=work.subscription)
        _tell_members(work.subscription)


def _take_in(work: _Work, now: Definition, fetched: Fetched) -> None:
    """Publish what is new and note that all is well; in the job's last transaction."""
    subscription = (
        SourceSubscription.objects.own().select_related("dataset", "tenant").get(pk=work.subscription.pk)
    )
    dataset = subscription.dataset or dataset_of(work.indicator, fetched, subscription)
    _publish(dataset, named(fetched, work.indicator, dataset))
    SourcePiece.in_scope().filter(subscription=subscription).delete()
    SourceSubscription.objects.own().filter(pk=subscription.pk).update(
        dataset=dataset,
        definition=now.to_json(),
        title=now.title[:400],
        fetched_at=timezone.now(),
        due_at=next_night(subscription),
        **_WELL,
    )
    _tell_members(subscription)


def _tell_members(subscription: SourceSubscription) -> None:
    """An indicator has been asked for, with whatever outcome: the municipalities may have it all now."""
    if subscription.package_key:
        base_package_reach_all(region=subscription.tenant)


def _publish(dataset: Dataset, cube: Cube) -> None:
    """Publish the figures as the next release, unless they are those of the last one."""
    rule = AggregationRule.from_json(dataset.rule)
    table = pass_through(cube, rule)
    last = latest_release(dataset)
    before = load_table(last, TABLE_CODE) if last else None
    found = revisions(before, table) if before else Revisions()
    if before is not None and _is_same(before, table, found):
        return
    changes = changes_in_words(found) if before else _("Fetched for the first time.")
    release_publish(dataset=dataset, tables=[(TABLE_CODE, cube.title, table)], rule=rule, by=None, changes=changes)


def _check_rule(dataset: Dataset | None) -> None:
    if dataset is not None and not AggregationRule.from_json(dataset.rule).hides_nothing:
        raise SourceError("rule")


def _is_same(before: ProtectedCube, after: ProtectedCube, found: Revisions) -> bool:
    """Whether two tables say the same; that a source has touched its table alone is no news."""
    return (
        found.is_nothing
        and before.values.shape == after.values.shape
        and np.array_equal(before.values, after.values, equal_nan=True)
        and np.array_equal(before.statuses, after.statuses)
    )


def next_night(subscription: SourceSubscription) -> datetime:
    """When it is fetched next: at night, each at a time of its own, so that no source is asked all at once."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    at_three = timezone.make_aware(datetime.combine(tomorrow, NIGHT))
    return at_three + timedelta(minutes=subscription.pk.int % SPREAD)
