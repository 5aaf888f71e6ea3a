"""A round's life: planned, scheduled, opened, closed, published; or cancelled before it began."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.onboarding_steps import onboarding_step_reach
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import QuestionnaireVersion, SurveyRound
from surveys.models.survey_round import LEAST_BASE, LEAST_THRESHOLD
from surveys.services.codes import codes_forget, codes_lose_their_sheets
from surveys.services.joint_settling import joint_round_call_off, joint_round_settle
from surveys.services.keys import key_make
from surveys.states import RoundState, sources_of

LONGEST_OPEN = timedelta(days=366)


def rule_for(
    version: QuestionnaireVersion, *, threshold: int = LEAST_THRESHOLD, is_joint: bool = False
) -> dict[str, Any]:
    """The rule of a new round: every background question, and shares of twice the threshold or more.

    A joint round is broken down by municipality too, from the beginning: a rule never becomes looser.
    """
    asked = [question.code for question in version.content.background]
    rule = {"threshold": threshold, "base": max(LEAST_BASE, 2 * threshold)}
    if is_joint:
        return {**rule, "breakdowns": [MUNICIPALITY, *asked], "areas": []}
    return {**rule, "breakdowns": asked}


@transaction.atomic
def survey_round_create(
    *,
    title: str,
    version: QuestionnaireVersion,
    asker: str,
    what_happens: dict[str, str],
    by: User | None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    contact: str = "",
    wave: str = "",
    previous_round: SurveyRound | None = None,
    expected_answers: int | None = None,
    threshold: int = LEAST_THRESHOLD,
    is_joint: bool = False,
) -> SurveyRound:
    """Plan a round. Nobody outside the tenant sees it before it is scheduled."""
    survey_round = SurveyRound.objects.create(
        title=title,
        version=version,
        asker=asker,
        what_happens={language: text for language, text in what_happens.items() if text},
        contact=contact,
        wave=wave,
        previous_round=previous_round,
        expected_answers=expected_answers,
        rule=rule_for(version, threshold=threshold, is_joint=is_joint),
        opens_at=opens_at,
        closes_at=closes_at,
        created_by=by,
    )
    record("survey_round.created", target=survey_round, by=by)
    return survey_round


@transaction.atomic
def survey_round_schedule(
    *, survey_round: SurveyRound, opens_at: datetime, closes_at: datetime, by: User | None
) -> SurveyRound:
    """Let the round open and close by itself. From now on its link says when."""
    if closes_at <= max(opens_at, timezone.now()):
        raise SurveysError(_("The round must close after it opens, and later than now."))
    settled = joint_round_settle(survey_round=survey_round) if survey_round.is_joint else {}
    public: dict[str, Any] = {"opens_at": opens_at, "closes_at": closes_at, "audience_id": PUBLIC_AUDIENCE}
    _claim(survey_round, RoundState.SCHEDULED, **public, **settled)
    record("survey_round.scheduled", target=survey_round, by=by)
    return survey_round


@transaction.atomic
def survey_round_open_now(*, survey_round: SurveyRound, by: User | None) -> Job:
    """Have the round opened at once: the worker makes its key, which takes a second or two."""
    now = timezone.now()
    if survey_round.closes_at is None or survey_round.closes_at <= now:
        raise SurveysError(_("Say first when the round closes: a day that is still to come."))
    if survey_round.state == RoundState.DRAFT:
        survey_round_schedule(survey_round=survey_round, opens_at=now, closes_at=survey_round.closes_at, by=by)
    else:
        _claim(survey_round, RoundState.SCHEDULED, sources={RoundState.SCHEDULED}, opens_at=now)
    return enqueue(
        "surveys.open_round",
        subject=survey_round,
        by=by,
        title=survey_round.title,
        survey_round_id=survey_round.pk,
    )


@transaction.atomic
def survey_round_open(*, survey_round: SurveyRound) -> bool:
    """Make the key and open; false when the round is open already. For the worker, which holds the keys."""
    public_key = key_make(round_id=survey_round.pk)
    try:
        _claim(survey_round, RoundState.OPEN, opened_at=timezone.now(), public_key=public_key)
    except InvalidTransition:
        return False
    codes_lose_their_sheets(survey_round=survey_round)
    record("survey_round.opened", target=survey_round)
    onboarding_step_reach(step="first_round")
    return True


@transaction.atomic
def survey_round_close(*, survey_round: SurveyRound, by: User | None) -> SurveyRound:
    """Take no new answers. Those begun are still taken for the round's grace; then the results are made."""
    _claim(survey_round, RoundState.CLOSED, closed_at=timezone.now())
    # Who was invited is forgotten at once; codes are, when no answer that was begun can come any more.
    codes_forget(survey_round=survey_round)
    record("survey_round.closed", target=survey_round, by=by)
    return survey_round


@transaction.atomic
def survey_round_closing_move(
    *, survey_round: SurveyRound, closes_at: datetime, before: datetime, by: User
) -> SurveyRound:
    """Move the last day of an open round, to sooner or later. All else stays as it was when the round opened.

    `before` is the day that the person saw: where somebody else moved it meanwhile nothing is done. A round whose
    time is over is not prolonged, also where it has not been closed yet; PostgreSQL holds that too. Raises
    SurveysError.
    """
    now = timezone.now()
    if not now < closes_at <= now + LONGEST_OPEN:
        raise SurveysError(_("Choose a day that is still to come, within a year."))
    moved = (
        SurveyRound.objects.own()
        .filter(pk=survey_round.pk, state=RoundState.OPEN, closes_at=before, closes_at__gt=now)
        .update(closes_at=closes_at, closing_moved_at=now)
    )
    survey_round.refresh_from_db()
    if not moved:
        if survey_round.state == RoundState.OPEN and survey_round.closes_at and survey_round.closes_at > now:
            raise SurveysError(_("Somebody else has moved the last day meanwhile. Look at it, and choose again."))
        raise InvalidTransition(_("The round's time is over. A round that has closed is not opened again."))
    record(
        "survey_round.closing_moved",
        target=survey_round,
        by=by,
        before=before.isoformat(),
        closes_at=closes_at.isoformat(),
    )
    return survey_round


@transaction.atomic
def survey_round_cancel(*, survey_round: SurveyRound, by: User) -> SurveyRound:
    """Call off a round that has not opened. One that has can only be closed: answers are not thrown away."""
    _claim(survey_round, RoundState.CANCELLED)
    joint_round_call_off(survey_round=survey_round)
    codes_forget(survey_round=survey_round)
    record("survey_round.cancelled", target=survey_round, by=by)
    return survey_round


def _claim(
    survey_round: SurveyRound, to: RoundState, *, sources: set[RoundState] | None = None, **values: Any
) -> None:
    """Move the round on by a conditional update, so that of two who try at once one succeeds."""
    claimed = (
        SurveyRound.objects.own()
        .filter(pk=survey_round.pk, state__in=sources or sources_of(to))
        .update(state=to, **values)
    )
    if not claimed:
        raise InvalidTransition(_refusal(to))
    survey_round.refresh_from_db()


def _refusal(to: RoundState) -> str:
    return {
        RoundState.SCHEDULED: _("Only a draft can be scheduled."),
        RoundState.OPEN: _("Only a scheduled round can be opened."),
        RoundState.CLOSED: _("This round is not open."),
        RoundState.PUBLISHED: _("Only a closed round can be published."),
        RoundState.CANCELLED: _("Only a round that has not opened can be cancelled. Close it instead."),
    }.get(to, _("That can't be done now."))
