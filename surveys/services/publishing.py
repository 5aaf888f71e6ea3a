"""Making the results of a round public."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.models import Dataset
from datasets.services.registration import dataset_open_to_public
from portal.audit.recording import record
from surveys.errors import InvalidTransition
from surveys.models import SurveyRound
from surveys.states import RoundState


@transaction.atomic
def survey_round_publish(*, survey_round: SurveyRound, by: User) -> SurveyRound:
    """Let anyone see the round's results: its data sets become public, all of them together.

    Raises InvalidTransition unless the round is closed and its results are made.
    """
    claimed = (
        SurveyRound.objects.own()
        .filter(pk=survey_round.pk, state=RoundState.CLOSED, tabulated_at__isnull=False)
        .update(state=RoundState.PUBLISHED, published_at=timezone.now())
    )
    if not claimed:
        raise InvalidTransition(_("Only a closed round whose results are made can be made public."))
    made = Dataset.objects.own().filter(origin=Dataset.Origin.SURVEY, origin_ref=str(survey_round.pk))
    for dataset in made.filter(withdrawn_at=None):
        dataset_open_to_public(dataset=dataset, by=by)
    record("survey_round.published", target=survey_round, by=by)
    survey_round.refresh_from_db()
    return survey_round
