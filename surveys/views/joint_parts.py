"""A joint round from a municipality's side: the region's question, the answer, the link, and what came out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from portal.views import PortalView
from surveys.drafting.own_questions import own_labels
from surveys.forms.joint_rounds import JointAnswerForm, initial_of_answer
from surveys.joint import Part, invitations_here, joint_results, own_results, parts_of
from surveys.services.joint_rounds import joint_answer_give
from surveys.states import JointState
from surveys.views.beside import beside_the_whole
from surveys.views.common import REFUSALS, may, signed_in
from surveys.views.rounds import link_of
from surveys.wording import count_in_words, language
from surveys.wording.joint_rounds import standing_of_part


class JointView(PortalView):
    """A page about a joint round that the municipality at work was asked to take part in."""

    is_abstract = True

    def part(self) -> Part:
        """The municipality's part, fetched once; 404 for anybody else's."""
        found = getattr(self, "_part", None)
        if found is None:
            key: UUID = self.kwargs["invitation_id"]
            mine = invitations_here(tenant_of(self.request)).select_related("tenant", "municipality")
            (found,) = parts_of([get_object_or_404(mine, pk=key)])
            self._part = found
        return found

    def back(self) -> HttpResponse:
        """To the part's own page."""
        return redirect("joint-part-detail", self.kwargs["slug"], self.part().invitation.pk)


class JointPartView(JointView):
    """Where the municipality stands in the round, and what it can do now."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        part = self.part()
        link = ""
        if part.is_announced and part.survey_round is not None:
            link = link_of(part.survey_round, place=part.invitation.municipality.slug)
        context: dict[str, Any] = {
            "part": part,
            "invitation": part.invitation,
            "survey_round": part.survey_round,
            "standing": standing_of_part(part),
            "count": count_in_words(part.count) if part.count is not None else "",
            "link": link,
            "own_questions": own_labels(part.own_questions, language()),
            "may_answer": part.invitation.state == JointState.INVITED and may(request, "surveys.manage_round"),
        }
        return render(request, "surveys/joint_part_detail.html", context)


class JointAnswerView(JointView):
    """The municipality's yes or no."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        part = self.part()
        if part.invitation.state != JointState.INVITED:
            messages.warning(request, standing_of_part(part).now)
            return self.back()
        return self.show(request, JointAnswerForm(initial=initial_of_answer(part.answer)))

    def post(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        part = self.part()
        form = JointAnswerForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            joint_answer_give(invitation=part.invitation, by=signed_in(request), **form.given())
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The region sees your answer."))
        return self.back()

    def show(self, request: HttpRequest, form: JointAnswerForm, status: int = 200) -> HttpResponse:
        """The form, or the form with what is wrong in it."""
        context = {"form": form, "invitation": self.part().invitation}
        return render(request, "surveys/joint_answer_give.html", context, status=status)


class JointResultsView(JointView):
    """What came out: the municipality, or the group that it is in, beside the whole round."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        part = self.part()
        if not part.has_results or part.survey_round is None:
            raise Http404
        context = {
            "part": part,
            "invitation": part.invitation,
            "survey_round": part.survey_round,
            **beside_the_whole(
                part.survey_round,
                part.invitation.municipality,
                joint_results(part),
                language(),
                slug,
                owned=own_results(part),
            ),
        }
        return render(request, "surveys/joint_part_results.html", context)
