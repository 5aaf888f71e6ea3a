"""Watching sources: what is due is fetched, and whoever answers for the data hears of a trouble once."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Tenant, User
from accounts.models.onboarding import Onboarding
from datasets.emails.sources import source_troubles_mail
from datasets.models import SourcePiece, SourceSubscription
from datasets.rights import ADMINISTRATORS
from datasets.services.alarms import answerable
from datasets.services.base_package import base_package_reach
from datasets.services.sources import REFRESH, job_for
from datasets.states import Subscription
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

QUIET = timedelta(hours=1)
"""What is well again within this time is nobody's trouble."""
FORGET = timedelta(days=2)
"""So long a half-made fetch can be taken up again."""
MAIL = "datasets.source_troubles_mail"


def sources_keep_time(*, tenant: Tenant) -> int:
    """Ask for the fetches of one tenant that are due; give how many. May run late, twice, or in two workers."""
    now = timezone.now()
    due = SourceSubscription.objects.own().filter(state=Subscription.ACTIVE, due_at__lte=now)
    for subscription in due.exclude(dataset__withdrawn_at__isnull=False):
        job_for(subscription, REFRESH, None)
    SourcePiece.in_scope().filter(fetched_at__lt=now - FORGET).delete()
    if troubles().exists() and not Job.in_scope().filter(task=MAIL, finished_at=None).exists():
        enqueue(MAIL, title=_("Telling about sources"))
    if Onboarding.objects.filter(base_package_in_at=None).exists():
        base_package_reach(tenant=tenant)
    return len(due)


def troubles() -> QuerySet[SourceSubscription]:
    """What has failed for a while or is held, of the tenant at work, and nobody was told of."""
    since = timezone.now() - QUIET
    found: QuerySet[SourceSubscription] = SourceSubscription.objects.own().filter(told_at=None)
    return found.filter(
        Q(state=Subscription.HELD) | Q(state=Subscription.ACTIVE, failing_since__lt=since)
    ).select_related("dataset", "tenant")


def troubles_told(job: JobContext) -> None:
    """Write one mail to each person with all that they answer for; then note that it was told."""
    with job.transaction():
        found = list(troubles())
        letters: dict[User, list[SourceSubscription]] = {}
        for subscription in found:
            for person in _answerable(subscription):
                letters.setdefault(person, []).append(subscription)
    for person, theirs in letters.items():
        source_troubles_mail(theirs, person).send()
    with job.completing():
        for subscription in found:
            SourceSubscription.objects.own().filter(
                pk=subscription.pk,
                told_at=None,
                failing_since=subscription.failing_since,
                held_at=subscription.held_at,
            ).update(told_at=timezone.now())


def _answerable(subscription: SourceSubscription) -> list[User]:
    if subscription.dataset is not None:
        return answerable(subscription.dataset)
    members = Membership.in_scope().filter(is_active=True, user__is_active=True, role__in=ADMINISTRATORS)
    return [membership.user for membership in members.select_related("user").order_by("user__email")]
