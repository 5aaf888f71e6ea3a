"""Joint rounds: a region plans one and asks its municipalities, and each of them answers for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope
from surveys.drafting.joint_version import asks_of_places
from surveys.drafting.shelf import size_of
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import JointAnswer, JointInvitation, QuestionnaireVersion, SurveyRound
from surveys.services.rounds import survey_round_create
from surveys.states import JointState, RoundState

MAIL = "surveys.mail_joint_invitation"


@transaction.atomic
def joint_round_create(
    *, region: Tenant, version: QuestionnaireVersion, by: User | None, **planned: Any
) -> SurveyRound:
    """Plan a round for several municipalities at once. Raises SurveysError for a tenant that is no region."""
    if not region.is_region:
        raise SurveysError(_("Only a region plans rounds for several municipalities."))
    if asks_of_places(version.content):
        raise SurveysError(_("These questions already ask for the municipality. Choose other questions."))
    return survey_round_create(version=version, by=by, is_joint=True, **planned)


@transaction.atomic
def municipalities_invite(*, survey_round: SurveyRound, areas: Mapping[Tenant, str], by: User) -> int:
    """Ask exactly these municipalities, each with the area that it is pooled in; give how many are newly asked.

    Whoever was asked and is not among them has the invitation taken back. Raises InvalidTransition once the
    round is scheduled, and SurveysError for a municipality of another region.
    """
    locked = (
        SurveyRound.objects.own().select_for_update(of=("self",)).select_related("version").get(pk=survey_round.pk)
    )
    if locked.state != RoundState.DRAFT or not locked.is_joint:
        raise InvalidTransition(_("Who takes part is settled when the round is scheduled."))
    if any(place.parent_id != locked.tenant_id for place in areas):
        raise SurveysError(_("Only municipalities of the region can be asked."))
    known = {one.municipality_id: one for one in JointInvitation.objects.own().filter(round=locked)}
    newly = 0
    for place, area in areas.items():
        before = known.pop(place.pk, None)
        is_new = before is None or before.state == JointState.WITHDRAWN
        invitation = before or JointInvitation(
            round=locked, municipality=place, audience_id=place.pk, invited_by=by
        )
        invitation.area, invitation.state = area.strip(), JointState.INVITED
        _tell_facts(invitation, locked)
        invitation.save()
        if is_new:
            newly += 1
            record("joint_round.invited", target=locked, by=by, municipality=place.code)
            with scope(place.pk):
                enqueue(MAIL, title=locked.title, joint_invitation_id=invitation.pk)
    for one in known.values():
        if (
            JointInvitation.objects.own()
            .filter(pk=one.pk, state=JointState.INVITED)
            .update(state=JointState.WITHDRAWN)
        ):
            record("joint_round.invitation_withdrawn", target=locked, by=by)
    return newly


def joint_round_retell(*, survey_round: SurveyRound) -> None:
    """Tell those who are invited of a change of the draft; in the caller's transaction."""
    for one in JointInvitation.objects.own().filter(round=survey_round, state=JointState.INVITED):
        _tell_facts(one, survey_round)
        one.save()


@transaction.atomic
def joint_answer_give(
    *, invitation: JointInvitation, takes_part: bool, contact: str, responsible: str, by: User
) -> JointAnswer:
    """Say yes or no for the tenant at work, as often as it likes until the round is scheduled.

    Raises InvalidTransition when that has happened meanwhile, SurveysError for a yes without a contact for the
    young people or without somebody who answers for it.
    """
    if takes_part and not (contact.strip() and responsible.strip()):
        raise SurveysError(_("Say whom young people can ask, and who is responsible for the round with you."))
    asked = JointInvitation.objects.filter(pk=invitation.pk, state=JointState.INVITED)
    if not asked.exists():
        raise InvalidTransition(_("The region has settled who takes part. Call them if something has changed."))
    answer, _made = JointAnswer.objects.own().update_or_create(
        invitation=invitation,
        defaults={
            "audience_id": invitation.tenant_id,
            "takes_part": takes_part,
            "contact": contact.strip() if takes_part else "",
            "responsible": responsible.strip() if takes_part else "",
            "answered_by": by,
        },
    )
    record("joint_round.answered", target=answer, by=by, takes_part=takes_part)
    found: JointAnswer = answer
    return found


def _tell_facts(invitation: JointInvitation, survey_round: SurveyRound) -> None:
    """What a municipality needs to know to decide, as it is now."""
    content = survey_round.version.content
    size = size_of(content)
    invitation.title, invitation.asker = survey_round.title, survey_round.asker
    invitation.asks = dict(content.title)
    invitation.questions, invitation.minutes = size.questions, size.minutes
    invitation.opens_at, invitation.closes_at = survey_round.opens_at, survey_round.closes_at
