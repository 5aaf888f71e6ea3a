"""Joint rounds from the region's side: planning one, and asking the municipalities."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.middleware import tenant_of
from surveys.forms import RoundForm, defaults_for
from surveys.forms.joint_rounds import JointPlacesForm
from surveys.joint import foreseen, places_of
from surveys.models import SurveyRound
from surveys.services.joint_rounds import joint_round_create, municipalities_invite
from surveys.services.questionnaires import wellbeing_version
from surveys.states import RoundState
from surveys.views.common import REFUSALS, RoundView, signed_in
from surveys.views.questionnaires import version_of
from surveys.views.rounds import RoundCreateView
from surveys.wording.joint_rounds import answer_in_words


class JointRoundCreateView(RoundCreateView):
    """The form of a round, for several municipalities at once."""

    permission = "surveys.manage_round"

    def may_open(self, request: HttpRequest) -> bool:
        return tenant_of(request).is_region and super().may_open(request)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, RoundForm(initial=defaults_for(tenant_of(request))))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = RoundForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        chosen = form.cleaned_data["questionnaire"]
        try:
            made = joint_round_create(
                region=tenant_of(request),
                version=version_of(chosen) if chosen else wellbeing_version(),
                by=signed_in(request),
                **form.planned(),
            )
        except REFUSALS as refusal:
            form.add_error("questionnaire", str(refusal))
            return self.show(request, form, status=422)
        return redirect("joint-round-places", slug, made.pk)

    def show(self, request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
        """The form, or the form with what is wrong in it."""
        context = {"form": form, "is_joint": True}
        return render(request, "surveys/survey_round_create.html", context, status=status)


class JointRoundPlacesView(RoundView):
    """Which municipalities are asked, what each has said, and who is put together with whom."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.joint()
        return self.show(request, JointPlacesForm(places=places_of(survey_round)))

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.joint()
        form = JointPlacesForm(request.POST, places=places_of(survey_round))
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            newly = municipalities_invite(survey_round=survey_round, areas=form.chosen(), by=signed_in(request))
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        else:
            words = ngettext(
                "Saved. %(count)s municipality is asked by mail.",
                "Saved. %(count)s municipalities are asked by mail.",
                newly,
            )
            messages.success(request, words % {"count": newly} if newly else _("Saved. Nobody new was asked."))
        return redirect("joint-round-places", slug, round_id)

    def joint(self) -> SurveyRound:
        """The round; 404 where it is no joint one."""
        survey_round = self.survey_round()
        if not survey_round.is_joint:
            raise Http404
        return survey_round

    def show(self, request: HttpRequest, form: JointPlacesForm, status: int = 200) -> HttpResponse:
        """The municipalities with what each has said."""
        survey_round = self.joint()
        context: dict[str, Any] = {
            "survey_round": survey_round,
            "form": form,
            "rows": [(place, ask, area, *answer_in_words(place)) for place, ask, area in form.rows],
            "is_settled": survey_round.state != RoundState.DRAFT,
            "foreseen": foreseen(survey_round),
        }
        return render(request, "surveys/joint_round_places.html", context, status=status)
