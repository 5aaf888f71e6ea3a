"""The base package of a region: asked for once, shared with its municipalities, checked against its sources."""

from __future__ import annotations

import contextlib
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from accounts.services.onboarding_steps import onboarding_step_reach
from datasets.connectors import Definition, Kind, SourceError, Wanted, differences, meaning
from datasets.content.base_package import Indicator, indicators
from datasets.errors import DatasetsError
from datasets.models import PackageCheck, SourceSubscription
from datasets.selectors.likeness import likeness_of
from datasets.services.likeness import likeness_make
from datasets.services.source_access import connector_for
from datasets.services.sources import REFRESH, job_for
from datasets.states import Subscription
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext
from portal.tenancy.scope import scope

CHECK, GIVE = "datasets.check_base_package", "datasets.give_base_package"


@transaction.atomic
def base_package_begin(*, region: Tenant, by: User | None) -> int:
    """Ask for every indicator that the region does not have yet, in its own scope; give how many."""
    with connection.cursor() as cursor:
        # Two who begin take turns: the second finds nothing left to ask for.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"base_package:{region.pk}"])
    have = set(SourceSubscription.objects.own().exclude(package_key="").values_list("package_key", flat=True))
    asked = [indicator for indicator in indicators() if indicator.key not in have]
    for indicator in asked:
        subscription = SourceSubscription.objects.create(
            kind=indicator.kind,
            source_id=indicator.id,
            title=indicator.source_title,
            wanted=wanted_of(indicator).to_json(),
            state=Subscription.ACTIVE,
            package_key=indicator.key,
            audience_id=region.members_audience,
            created_by=by,
        )
        job_for(subscription, REFRESH, by)
    if asked:
        record("base_package.begun", target=region, by=by, indicators=len(asked))
    return len(asked)


def wanted_of(indicator: Indicator) -> Wanted:
    """What is fetched for an indicator: all municipalities, counties and the country."""
    return Wanted(
        Kind(indicator.kind),
        (indicator.id,),
        indicator.choice,
        groups=indicator.groups,
        older=indicator.older,
    )


def base_package_give(job: JobContext) -> None:
    """Give a municipality that was taken on board its region's package; in the municipality's scope."""
    with job.transaction():
        tenant = Tenant.objects.select_related("parent").get(pk=job.tenant_id)
        with scope(tenant.region.pk):
            base_package_begin(region=tenant.region, by=None)
    with job.completing():
        base_package_reach(tenant=tenant)


def base_package_reach(*, tenant: Tenant) -> bool:
    """Note that a municipality has the base package, once each indicator has been asked for and some are in."""
    shared = SourceSubscription.objects.filter(tenant=tenant.region).exclude(package_key="")
    waiting = shared.filter(state=Subscription.ACTIVE, fetched_at=None, failing_since=None)
    if waiting.exists() or not shared.filter(fetched_at__isnull=False).exists():
        return False
    reached = onboarding_step_reach(step="base_package_in")
    if reached:
        record("base_package.in", target=tenant)
        _likeness_first(tenant)
    return reached


def _likeness_first(tenant: Tenant) -> None:
    """Make the municipality's list of similar ones, so that its first chart can be set beside them."""
    if likeness_of(tenant.pk) is None:
        # Too few municipalities with figures is no fault of the package: the page says so.
        with contextlib.suppress(DatasetsError):
            likeness_make(tenant=tenant, lang="sv", by=None)


def base_package_reach_all(*, region: Tenant) -> None:
    """Note it for every municipality that was waiting; in the region's scope, when an indicator came in."""
    waiting = SourceSubscription.objects.own().exclude(package_key="")
    if waiting.filter(state=Subscription.ACTIVE, fetched_at=None, failing_since=None).exists():
        return
    for tenant in Tenant.objects.select_related("parent").filter(parent=region):
        with scope(tenant.pk):
            base_package_reach(tenant=tenant)


@transaction.atomic
def base_package_check(*, region: Tenant, by: User) -> Job:
    """Have the package compared with what the sources have; a check that is under way is enough for all."""
    waiting = Job.in_scope().filter(task=CHECK, finished_at=None).first()
    if waiting is not None:
        return waiting
    record("base_package.check_asked", target=region, by=by)
    return enqueue(CHECK, subject=region, by=by, title=_("Checking the base package"), by_id=by.pk)


def base_package_checked(job: JobContext, *, by_id: str) -> None:
    """Ask each source what it has, and note what is missing, called otherwise or means something else."""
    with job.transaction():
        tenant = Tenant.objects.select_related("parent").get(pk=job.tenant_id)
        connectors = {kind: connector_for(tenant, kind) for kind in {one.kind for one in indicators()}}
        known = {
            one.package_key: one.definition
            for one in SourceSubscription.objects.own().exclude(package_key="")
            if one.definition
        }
    findings: list[dict[str, Any]] = []
    for number, indicator in enumerate(indicators(), start=1):
        job.progress(100 * number // (len(indicators()) + 1), "Asking about each indicator")
        findings.append({"key": indicator.key, **_finding(connectors[indicator.kind], indicator, known)})
    with job.completing():
        PackageCheck.objects.create(
            findings=findings, checked_at=timezone.now(), checked_by=User.objects.filter(pk=by_id).first()
        )
        wrong = sum(finding["outcome"] != "as_declared" for finding in findings)
        record("base_package.checked", target=tenant, differing=wrong)


def _finding(connector: Any, indicator: Indicator, known: dict[str, Any]) -> dict[str, Any]:
    wanted = wanted_of(indicator)
    try:
        described = connector.describe(wanted)
        now = meaning(described, wanted)
        missing = _missing(described, wanted)
    except SourceError as trouble:
        outcome = "missing" if trouble.code == "missing" else "not_reached" if trouble.passes else "refused"
        return {"outcome": outcome, "trouble": trouble.code, "params": trouble.params}
    if missing:
        return {"outcome": "categories", "title": described.title, "missing": missing}
    if not all(word in described.title.casefold() for word in indicator.expect):
        return {"outcome": "another", "title": described.title}
    if indicator.key in known:
        changed = differences(Definition.from_json(known[indicator.key]), now)
        if changed:
            return {"outcome": "redefined", "title": described.title, "changes": [vars(one) for one in changed]}
    renamed = " ".join(described.title.split()) != " ".join(indicator.source_title.split())
    return {"outcome": "renamed" if renamed else "as_declared", "title": described.title}


def _missing(described: Definition, wanted: Wanted) -> list[str]:
    """Variables and categories that are wanted and not there."""
    if wanted.kind is Kind.KOLADA:
        return []
    missing = []
    for code, chosen in wanted.choice.items():
        axis = described.axis(code)
        plain = [one for one in chosen if not set(one) & set("*?(")]
        if axis is None:
            missing.append(code)
        else:
            missing += [f"{code}: {one}" for one in plain if one not in axis.codes]
    return missing
