"""How long a round's answers are kept, and their deletion when the time is up."""

from __future__ import annotations

import calendar
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.errors import SurveysError
from surveys.models import RoundFigures, SurveyRound
from surveys.services.shuffle import answers_delete
from surveys.states import RoundState

LONGEST = 12


def delete_on(survey_round: SurveyRound) -> datetime | None:
    """When the answers are deleted: so many months after results were made, or else after closing."""
    since = survey_round.tabulated_at or survey_round.closed_at
    return None if since is None else _months_later(since, survey_round.kept_months)


def is_due(survey_round: SurveyRound) -> bool:
    """Whether the answers of a round are to be deleted now."""
    ends = delete_on(survey_round)
    is_over = survey_round.state in (RoundState.CLOSED, RoundState.PUBLISHED)
    return is_over and survey_round.answers_deleted_at is None and ends is not None and ends <= timezone.now()


@transaction.atomic
def answers_forget(*, survey_round: SurveyRound) -> bool:
    """Delete a round's answers and unread texts for good; false when they are gone or it is not time."""
    locked = SurveyRound.objects.own().select_for_update(no_key=True).filter(pk=survey_round.pk).first()
    if locked is None or not is_due(locked):
        return False
    answers_delete(survey_round=locked)
    RoundFigures.in_scope().filter(round=locked).delete()
    locked.answers_deleted_at = timezone.now()
    locked.save(update_fields=["answers_deleted_at"])
    record("survey_round.answers_deleted", target=locked, months=locked.kept_months)
    return True


@transaction.atomic
def retention_shorten(*, survey_round: SurveyRound, months: int, by: User) -> SurveyRound:
    """Keep a round's answers for fewer months. Raises SurveysError: they are never kept longer than was said."""
    locked: SurveyRound = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if not 1 <= months < locked.kept_months:
        raise SurveysError(
            _("Answers are kept for %(months)s months. That can only be made shorter, at the least one month.")
            % {"months": locked.kept_months}
        )
    locked.kept_months = months
    locked.save(update_fields=["kept_months"])
    record("survey_round.kept_shorter", target=locked, by=by, months=months)
    return locked


def _months_later(at: datetime, months: int) -> datetime:
    """The same day so many months on, or the month's last."""
    year, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + year, month + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))
