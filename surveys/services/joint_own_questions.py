"""A municipality's own questions in a joint round: begun, put in, and taken out until it is scheduled."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.drafting import outline
from surveys.drafting.own_questions import own_part_of
from surveys.drafting.problems import problems_of
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import JointAnswer, JointInvitation, Questionnaire, QuestionnaireDraft
from surveys.services.drafts import questionnaire_begin
from surveys.states import JointState


@transaction.atomic
def own_questions_begin(*, invitation: JointInvitation, by: User) -> QuestionnaireDraft:
    """A questionnaire to write them in, with the usual editor and the bank. Raises as `own_questions_put`."""
    _yes_of(invitation)
    title = {"sv": f"Egna frågor: {invitation.title}"[:120], "en": f"Our own questions: {invitation.title}"[:120]}
    definition = outline.blank("egna_fragor", title)
    outline.section_add(definition, {"sv": "Frågor från din kommun", "en": "Questions from your municipality"})
    return questionnaire_begin(definition=definition, by=by)


@transaction.atomic
def own_questions_put(*, invitation: JointInvitation, questionnaire: Questionnaire, by: User) -> int:
    """Put a questionnaire's questions in, instead of any before; gives how many. They are copied as they are now.

    Raises InvalidTransition when the region has settled the round meanwhile or nobody has said yes, SurveysError
    in words where the questions can't be put in.
    """
    answer = _yes_of(invitation)
    part = own_part_of(_definition_of(questionnaire), list(invitation.asks))
    _store(answer, part, by)
    return sum(one.get("kind") != "info" for one in part["questions"])


@transaction.atomic
def own_questions_take_out(*, invitation: JointInvitation, by: User) -> None:
    """Ask nothing of one's own after all. Raises InvalidTransition as `own_questions_put`."""
    _store(_yes_of(invitation), {}, by)


def _definition_of(questionnaire: Questionnaire) -> dict[str, Any]:
    """The draft, or else the newest version. Raises SurveysError for what must be mended first."""
    draft = QuestionnaireDraft.in_scope().filter(questionnaire=questionnaire).first()
    if draft is None:
        latest = questionnaire.versions.order_by("-number").first()
        if latest is None:
            raise SurveysError(_("There are no questions in it any more. Choose another one."))
        found: dict[str, Any] = latest.definition
        return found
    if problems := problems_of(draft.definition):
        raise SurveysError(_("Mend this in the draft first: %(problem)s") % {"problem": problems[0].words})
    return dict(draft.definition)


def _yes_of(invitation: JointInvitation) -> JointAnswer:
    asked = JointInvitation.objects.filter(pk=invitation.pk, state=JointState.INVITED)
    if not asked.exists():
        raise InvalidTransition(_("The region has settled the round: its questions don't change any more."))
    found: JointAnswer | None = (
        JointAnswer.objects.own().select_for_update().filter(invitation=invitation, takes_part=True).first()
    )
    if found is None:
        raise InvalidTransition(_("Say yes to the region first. Then you can add questions of your own."))
    return found


def _store(answer: JointAnswer, part: dict[str, Any], by: User) -> None:
    answer.own_questions = part
    answer.save(update_fields=["own_questions", "answered_at"])
    record("joint_round.own_questions", target=answer, by=by, questions=len(part.get("questions", ())))
