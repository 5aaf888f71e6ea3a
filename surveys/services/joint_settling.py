"""What becomes of a joint round's invitations when it is scheduled or called off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Tenant
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.drafting.joint_version import with_municipalities
from surveys.drafting.own_questions import OwnPart, with_own_questions
from surveys.errors import SurveysError
from surveys.joint import areas_of
from surveys.models import JointAnswer, JointInvitation, Questionnaire, QuestionnaireVersion, SurveyRound
from surveys.models.questionnaire_version import definition_hash
from surveys.questionnaire import read
from surveys.states import JointState, RoundState

FEWEST = 2
"""So many municipalities a joint round needs."""


def joint_round_settle(*, survey_round: SurveyRound) -> dict[str, Any]:
    """Fix who takes part, and give what the round has from now on: its composed version, and its areas.

    In the caller's transaction, and in the region's scope. Raises SurveysError when fewer than two said yes.
    """
    invited = list(
        JointInvitation.objects.own()
        .select_for_update(of=("self",))
        .select_related("municipality")
        .filter(round=survey_round, state=JointState.INVITED)
    )
    willing = yes_of(survey_round)
    joining = [one for one in invited if one.pk in willing]
    if len(joining) < FEWEST:
        raise SurveysError(_too_few())
    mine = JointInvitation.objects.own().filter(round=survey_round, state=JointState.INVITED)
    for one in joining:
        mine.filter(pk=one.pk).update(state=JointState.TAKES_PART, contact=willing[one.pk].contact)
    mine.update(state=JointState.LEFT_OUT)
    joining.sort(key=lambda one: one.municipality.sort_key)
    version, own = _composed(survey_round, [(one.municipality, willing[one.pk].own_questions) for one in joining])
    rule = {**survey_round.rule, "areas": areas_of(joining)} | ({"own": own} if own else {})
    return {"version": version, "rule": rule}


def joint_round_refusal(*, survey_round: SurveyRound) -> str:
    """Why a joint round can't be announced yet; nothing where it can, and for any other round."""
    if not survey_round.is_joint or survey_round.state != RoundState.DRAFT:
        return ""
    asked = JointInvitation.objects.own().filter(round=survey_round, state=JointState.INVITED)
    willing = asked.filter(pk__in=list(yes_of(survey_round))).count()
    return "" if willing >= FEWEST else _too_few()


def _too_few() -> str:
    return _("A joint round needs at least two municipalities that said yes. Wait for them, or ask more.")


def joint_round_call_off(*, survey_round: SurveyRound) -> None:
    """Take back the invitations of a round that will not be: whoever was asked need not answer."""
    mine = JointInvitation.objects.own().filter(round=survey_round, state=JointState.INVITED)
    mine.update(state=JointState.WITHDRAWN)


def yes_of(survey_round: SurveyRound) -> dict[UUID, JointAnswer]:
    """By invitation the yes of its own municipality; in the region's scope."""
    answers = JointAnswer.objects.filter(invitation__round=survey_round, tenant_id=F("invitation__municipality"))
    return {one.invitation_id: one for one in answers.filter(takes_part=True)}


def _composed(
    survey_round: SurveyRound, places: Sequence[tuple[Tenant, dict[str, Any]]]
) -> tuple[QuestionnaireVersion, dict[str, str]]:
    """The round's version, frozen as any version is, for this round alone; and whose each added section is.

    It asks for the municipality first, and last each municipality's own questions of those who live there. Anyone
    may read it, as they may on the round's link: the municipalities that take part see what is asked.
    """
    base = survey_round.version
    code = f"joint_{survey_round.public_code}"
    choices = [(place.slug, place.name) for place, _own in places]
    definition, owners = with_own_questions(
        with_municipalities(base.definition, choices, code=code),
        [OwnPart(place.slug, place.name, own) for place, own in places if own],
    )
    content = read(definition)
    questionnaire = Questionnaire.objects.create(
        code=code,
        title=dict(content.title),
        builds_on_id=base.questionnaire_id,
        is_composed=True,
        audience_id=PUBLIC_AUDIENCE,
    )
    made: QuestionnaireVersion = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=content.version,
        definition=definition,
        definition_hash=definition_hash(definition),
        audience_id=PUBLIC_AUDIENCE,
    )
    return made, owners
