"""Rounds: the list, planning one, and the page of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.cubes import pick
from portal.views import PortalView
from surveys.forms import RoundForm, defaults_for, initial_of
from surveys.joint import foreseen, invitations_here, parts_of
from surveys.making import idle_among, making_of
from surveys.models import SurveyRound
from surveys.results.forecast import forecast_of, together_of
from surveys.selectors import OPEN, cubes_of, job_of, results_of, rounded_counts, rounds_by_stage
from surveys.services.planning import survey_round_change
from surveys.services.questionnaires import wellbeing_version
from surveys.services.retention import delete_on
from surveys.services.rounds import survey_round_create
from surveys.states import JointState, RoundState
from surveys.views.common import REFUSALS, RoundView, may, signed_in
from surveys.views.questionnaires import version_of
from surveys.ways_in.wording import CODES, reach_of_round
from surveys.wording import count_in_words, language, standing_of, steps_after_closing
from surveys.wording.joint_rounds import places_told, standing_of_part

ANNOUNCED = (RoundState.SCHEDULED, RoundState.OPEN)
"""The states in which a round's link is worth spreading."""


class RoundListView(PortalView):
    """Open now, planned, closed with results; or the first one to start."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        asked = [] if tenant.is_region else invitations_here(tenant).exclude(state=JointState.WITHDRAWN)
        rounds = rounds_by_stage()
        context = {
            "rounds": rounds,
            "idle": idle_among(rounds.closed),
            "may_manage": may(request, "surveys.manage_round"),
            "parts": [(part, standing_of_part(part)) for part in parts_of(asked)],
        }
        return render(request, "surveys/survey_round_list.html", context)


class RoundCreateView(PortalView):
    """One short form, filled in beforehand."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        chosen = {"questionnaire": request.GET.get("version", "")}
        return self.show(request, RoundForm(initial=defaults_for(tenant_of(request)) | chosen))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = RoundForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        chosen = form.cleaned_data["questionnaire"]
        version = version_of(chosen) if chosen else wellbeing_version()
        created = survey_round_create(version=version, by=signed_in(request), **form.planned())
        return redirect("survey-round-detail", slug, created.pk)

    def show(self, request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
        """The form, or the form with what is wrong in it."""
        return render(request, "surveys/survey_round_create.html", {"form": form}, status=status)


class RoundEditView(RoundView):
    """The same form for a draft."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        if survey_round.state != RoundState.DRAFT:
            messages.warning(request, _("Only a draft can be changed. This round is already announced."))
            return self.back()
        return self.show(request, RoundForm(initial=initial_of(survey_round), survey_round=survey_round))

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        form = RoundForm(request.POST, survey_round=self.survey_round())
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            survey_round_change(survey_round=self.survey_round(), by=signed_in(request), **form.planned())
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Your changes are saved."))
        return self.back()

    def show(self, request: HttpRequest, form: RoundForm, status: int = 200) -> HttpResponse:
        """The form, or the form with what is wrong in it."""
        context = {"form": form, "survey_round": self.survey_round()}
        return render(request, "surveys/survey_round_edit.html", context, status=status)


class RoundDetailView(RoundView):
    """Where the round is, what comes next, and what is needed for that."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        making = making_of(survey_round)
        context: dict[str, Any] = {
            "survey_round": survey_round,
            "standing": standing_of(survey_round, making),
            "making": making,
            "what_happens": pick(survey_round.what_happens, language()),
            "may_manage": may(request, "surveys.manage_round"),
            "may_publish": may(request, "datasets.open_to_public"),
            "public_link": link_of(survey_round) if survey_round.state in ANNOUNCED else "",
        }
        if survey_round.is_joint:
            context["places"] = places_told(survey_round)
        if survey_round.state in (RoundState.DRAFT, RoundState.SCHEDULED):
            context["forecast"] = forecast_of(survey_round, language())
            context["together"] = together_of(survey_round, language())
            context["foreseen"] = foreseen(survey_round) if survey_round.is_joint else None
        if survey_round.state == RoundState.SCHEDULED:
            context |= self.job(request, OPEN)
        if survey_round.state == RoundState.OPEN:
            context["count"] = count_in_words(rounded_counts([survey_round])[survey_round.pk])
        if survey_round.closed_at is not None:
            context["delete_on"] = delete_on(survey_round)
            context["may_read_texts"] = may(request, "datasets.review_voice")
            context["steps"] = steps_after_closing(survey_round)
        if survey_round.tabulated_at is not None:
            context |= reach_of_round(
                survey_round, cubes_of(results_of(survey_round, codes=CODES)[survey_round.pk])
            )
        return render(request, "surveys/survey_round_detail.html", context)

    def job(self, request: HttpRequest, task: str) -> dict[str, Any]:
        """The round's work in progress, with the address of its page for those who may watch it."""
        job = job_of(self.survey_round(), task)
        if job is None or job.state == job.State.DONE:
            return {}
        is_mine = job.asked_by_id == signed_in(request).pk
        watches = is_mine or may(request, "datasets.import_file")
        return {"job": job, "job_url": self._watch(job.pk) if watches else ""}

    def _watch(self, job_id: UUID) -> str:
        slug, survey_round = self.kwargs["slug"], self.survey_round()
        after = reverse("survey-round-detail", args=[slug, survey_round.pk])
        return f"{reverse('job-detail', args=[slug, job_id])}?vidare={after}"


def link_of(survey_round: SurveyRound, letters: str = "", place: str = "") -> str:
    """The round's public link, or that of a channel or a municipality, whole, to be copied and printed."""
    way = ["survey-answer-channel", survey_round.public_code, letters] if letters else None
    if place:
        way = ["survey-answer-place", survey_round.public_code, place]
    name, *arguments = way or ["survey-answer", survey_round.public_code]
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"
