"""A municipality's own questions in a joint round: chosen, looked at, and taken out again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.drafting.own_questions import MOST_OWN, own_labels
from surveys.drafting.shelf import shelf
from surveys.models import Questionnaire
from surveys.services.joint_own_questions import own_questions_begin, own_questions_put, own_questions_take_out
from surveys.states import JointState
from surveys.views.common import REFUSALS, signed_in
from surveys.views.joint_parts import JointView
from surveys.wording import language
from surveys.wording.joint_rounds import standing_of_part


class JointOwnQuestionsView(JointView):
    """Which questions only the municipality's own young people are asked; until the round is scheduled."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        part = self.part()
        if part.invitation.state != JointState.INVITED or part.answer is None or not part.answer.takes_part:
            messages.warning(request, standing_of_part(part).now)
            return self.back()
        context: dict[str, Any] = {
            "invitation": part.invitation,
            "labels": own_labels(part.answer.own_questions, language()),
            "entries": shelf().own,
            "most": MOST_OWN,
        }
        return render(request, "surveys/joint_own_questions.html", context)

    def post(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        invitation, by = self.part().invitation, signed_in(request)
        deed = request.POST.get("do", "")
        try:
            if deed == "begin":
                draft = own_questions_begin(invitation=invitation, by=by)
                said = _("Write your questions here. Then put them in from the page of the round.")
                messages.info(request, said)
                return redirect("questionnaire-draft", slug, draft.pk)
            if deed == "out":
                own_questions_take_out(invitation=invitation, by=by)
                messages.success(request, _("They are taken out. Nothing of your own is asked."))
            else:
                count = own_questions_put(invitation=invitation, questionnaire=self.chosen(), by=by)
                said = ngettext(
                    "Put in. %(count)s question is asked of your young people alone.",
                    "Put in. %(count)s questions are asked of your young people alone.",
                    count,
                )
                messages.success(request, said % {"count": count})
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        return redirect("joint-own-questions", slug, invitation_id)

    def chosen(self) -> Questionnaire:
        """The questionnaire that was chosen; 404 for anybody else's."""
        try:
            key = UUID(self.request.POST.get("questionnaire", ""))
        except ValueError:
            key = UUID(int=0)
        found: Questionnaire = get_object_or_404(
            Questionnaire.objects.own().filter(is_composed=False, archived_at=None), pk=key
        )
        return found
