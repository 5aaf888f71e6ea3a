"""What waits for officials in surveys, mailed to those who may do something about it: at most once a day.

Somebody is mailed only where more of something waits than they were told of. No mail says how much waits, or
quotes what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Tenant, User
from accounts.roles import PERMISSIONS
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext
from portal.tenancy.scope import scope
from surveys.emails import notice_mail as mail_of
from surveys.models import Notice, Proposal, ReadText, RoundReport, SurveyRound
from surveys.states import ProposalState, RoundState, TextState

NOTICE = "surveys.mail_notice"
WORKING_HOURS = range(8, 17)
TEXTS, PROPOSALS, REPORTS, RESULTS = "texts", "proposals", "reports", "results"
DONE_BY: Mapping[str, str] = {
    TEXTS: "datasets.review_voice",
    PROPOSALS: "surveys.manage_round",
    REPORTS: "surveys.publish_report",
    RESULTS: "surveys.manage_round",
}
"""By kind of what waits the permission that it takes to do it."""


def waiting() -> dict[str, int]:
    """How much waits in the tenant at work, by kind."""
    unread = ReadText.in_scope().filter(state__in=(TextState.WAITING, TextState.ONE_YES))
    return {
        TEXTS: unread.count(),
        PROPOSALS: Proposal.objects.own().filter(state=ProposalState.WAITING).count(),
        REPORTS: reports_unpublished().count(),
        RESULTS: SurveyRound.objects.own().filter(state=RoundState.CLOSED, tabulated_at__isnull=False).count(),
    }


def reports_unpublished() -> QuerySet[RoundReport]:
    """The reports that have been written on since they were published last, or never were."""
    reports = RoundReport.in_scope().annotate(told_at=Max("round__report_editions__published_at"))
    return reports.filter(Q(told_at=None) | Q(edited_at__gt=F("told_at")))


def notices_ask() -> int:
    """In working hours, ask for a mail to each person for whom more waits than they know; give how many."""
    if timezone.localtime().hour not in WORKING_HOURS:
        return 0
    asked = 0
    for tenant in Tenant.objects.order_by("pk"):
        with transaction.atomic(), scope(tenant.pk):
            found = waiting()
            if not any(found.values()):
                continue
            for membership in Membership.in_scope().filter(is_active=True, user__is_active=True):
                asked += _ask(membership, found)
    return asked


def notice_mail(job: JobContext, *, membership_id: str) -> None:
    """Send one mail. A job that is interrupted while sending is done with: rather none than two."""
    with job.completing():
        membership = Membership.in_scope().select_related("user", "tenant").get(pk=membership_id)
        kinds = [kind for kind in _kinds_of(membership) if waiting()[kind]]
    if kinds:
        mail_of(membership.user, membership.tenant, kinds).send()


@transaction.atomic
def notices_choose(*, user: User, is_wanted: bool) -> None:
    """Want the mails of the tenant at work, or no more of them."""
    Notice.objects.update_or_create(user=user, defaults={"is_wanted": is_wanted})


def notices_are_wanted(user: User) -> bool:
    """Whether a person gets the mails: everyone does who has not said no."""
    return not Notice.in_scope().filter(user=user, is_wanted=False).exists()


def _kinds_of(membership: Membership) -> list[str]:
    allowed = PERMISSIONS[membership.role]
    return [kind for kind, permission in DONE_BY.items() if permission in allowed]


def _ask(membership: Membership, found: Mapping[str, int]) -> bool:
    """Ask for a mail where it is due, and note what it tells. Two beats at once ask once: the row is locked."""
    own = {kind: found[kind] for kind in _kinds_of(membership)}
    if not any(own.values()):
        return False
    Notice.objects.get_or_create(user_id=membership.user_id)
    notice = Notice.in_scope().select_for_update().get(user_id=membership.user_id)
    today = timezone.localdate()
    is_new = any(count > notice.told.get(kind, 0) for kind, count in own.items())
    is_due = notice.is_wanted and is_new and (notice.mailed_on is None or notice.mailed_on < today)
    if is_due:
        notice.mailed_on, notice.told = today, own
        enqueue(NOTICE, membership_id=membership.pk)
    else:
        # What was done meanwhile is known; what came on the same day is told tomorrow.
        notice.told = {kind: min(count, notice.told.get(kind, 0)) for kind, count in own.items()}
    notice.save(update_fields=["mailed_on", "told"])
    return is_due
