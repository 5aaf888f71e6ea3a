"""Choosing whether a round's results are weighted."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.errors import SurveysError
from surveys.models import SurveyRound
from surveys.states import Weighing


@transaction.atomic
def survey_round_weigh(*, survey_round: SurveyRound, by: User) -> SurveyRound:
    """Weight the results of a round to the population, or stop it. Raises SurveysError before they are made."""
    locked: SurveyRound = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if locked.tabulated_at is None:
        raise SurveysError(_("Results are weighted when they are made."))
    locked.weighing = Weighing.NONE if locked.weighing == Weighing.POPULATION else Weighing.POPULATION
    locked.save(update_fields=["weighing"])
    record("survey_round.weighed", target=locked, by=by, weighing=str(locked.weighing))
    return locked
