"""Changing a round while it is still a draft."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import SurveyRound
from surveys.services.joint_rounds import joint_round_retell
from surveys.services.rounds import rule_for
from surveys.states import RoundState

CHANGEABLE = frozenset({
    "title", "opens_at", "closes_at", "asker", "what_happens", "contact", "wave", "previous_round",
    "expected_answers",
})  # fmt: skip
"""What may be changed before a round is scheduled, beside the smallest group."""


@transaction.atomic
def survey_round_change(
    *, survey_round: SurveyRound, by: User, threshold: int | None = None, **planned: Any
) -> SurveyRound:
    """Change a draft. `threshold` is the smallest group shown, which may be raised and never lowered.

    Raises InvalidTransition once the round is scheduled: its link may have been read by then.
    """
    if unknown := set(planned) - CHANGEABLE:
        raise TypeError(f"A round has no {', '.join(sorted(unknown))} to change.")
    if "what_happens" in planned:
        planned["what_happens"] = {lang: text for lang, text in planned["what_happens"].items() if text}
    if threshold is not None:
        if threshold < survey_round.rule["threshold"]:
            raise SurveysError(_("The smallest group that is shown can be raised, not lowered."))
        planned["rule"] = rule_for(survey_round.version, threshold=threshold, is_joint=survey_round.is_joint)
    changed = SurveyRound.objects.own().filter(pk=survey_round.pk, state=RoundState.DRAFT).update(**planned)
    if not changed:
        raise InvalidTransition(_("Only a draft can be changed. This round is already announced."))
    record("survey_round.changed", target=survey_round, by=by)
    survey_round.refresh_from_db()
    joint_round_retell(survey_round=survey_round)
    return survey_round
