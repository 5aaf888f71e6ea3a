"""The survey's jobs and the work that beat asks for."""

from __future__ import annotations

from celery import shared_task

from portal.jobs.running import JobContext, job_task
from surveys.making import DISCARD, POOL, PROTECT, PROTECT_SCORES, PUBLISH, TABULATE
from surveys.models import SurveyRound
from surveys.services import inviting, joint_mailing, notices, pooling, results, rounds, timekeeping
from surveys.services.inviting import MAIL
from surveys.services.joint_rounds import MAIL as JOINT_MAIL
from surveys.services.notices import NOTICE


@shared_task(name="surveys.rounds_keep_time", ignore_result=True)
def rounds_keep_time() -> int:
    """Open and close rounds by the clock, and finish those whose last answers are in."""
    return timekeeping.rounds_keep_time()


@shared_task(name="surveys.intake_shuffle", ignore_result=True)
def intake_shuffle() -> int:
    """Shuffle the envelopes that wait."""
    return timekeeping.intakes_shuffle()


@shared_task(name="surveys.answers_forget", ignore_result=True)
def answers_forget() -> int:
    """Delete the answers of rounds whose time is up."""
    return timekeeping.answers_forget()


@shared_task(name="surveys.notices_ask", ignore_result=True)
def notices_ask() -> int:
    """Have those mailed for whom something waits."""
    return notices.notices_ask()


@job_task(NOTICE)
def mail_notice(job: JobContext, *, membership_id: str) -> None:
    """Mail one person what waits for them."""
    notices.notice_mail(job, membership_id=membership_id)


@job_task("surveys.open_round")
def open_round(job: JobContext, *, survey_round_id: str) -> None:
    """Make the key of a round that somebody opens now."""
    with job.completing():
        rounds.survey_round_open(survey_round=SurveyRound.objects.own().get(pk=survey_round_id))


@job_task(MAIL, is_long=True)
def mail_invitations(job: JobContext, *, survey_round_id: str, mailing: str) -> None:
    """Mail everyone who is invited the same thing: the invitation, or a reminder."""
    inviting.invitations_mail(job, survey_round_id=survey_round_id, mailing=int(mailing))


@job_task(JOINT_MAIL)
def mail_joint_invitation(job: JobContext, *, joint_invitation_id: str) -> None:
    """Tell those who answer for a municipality that the region asks it to take part."""
    joint_mailing.joint_invitation_tell(job, joint_invitation_id=joint_invitation_id)


@job_task(TABULATE)
def tabulate(job: JobContext, *, survey_round_id: str) -> None:
    """Count a closed round, and ask for a job for each question."""
    results.round_tabulate(job, survey_round_id=survey_round_id)


@job_task(PROTECT, is_long=True)
def protect_question(job: JobContext, *, survey_round_id: str, part_id: str) -> None:
    """Protect one question of a round."""
    results.question_protect(job, survey_round_id=survey_round_id, part_id=part_id)


@job_task(PROTECT_SCORES, is_long=True)
def protect_scores(job: JobContext, *, survey_round_id: str) -> None:
    """Protect a round's scores, when their items are."""
    results.scores_protect(job, survey_round_id=survey_round_id)


@job_task(PUBLISH)
def publish_results(job: JobContext, *, survey_round_id: str) -> None:
    """Publish a round's results, all together."""
    results.results_publish(job, survey_round_id=survey_round_id)


@job_task(DISCARD)
def discard_results(job: JobContext, *, survey_round_id: str) -> None:
    """Forget what was kept of results that somebody stopped."""
    results.results_discard(job, survey_round_id=survey_round_id)


@job_task(POOL, is_long=True)
def pool_rounds(job: JobContext, *, survey_round_id: str) -> None:
    """Put a round together with the one before."""
    pooling.rounds_pool(job, survey_round_id=survey_round_id)
