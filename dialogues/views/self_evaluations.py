"""The steering group's self-evaluation: opened, answered by one link for all, closed, and followed over time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.errors import DialogueError
from dialogues.forms.evaluating import SelfEvaluationForm, SelfEvaluationOpenForm
from dialogues.models import SelfEvaluation, SelfEvaluationLine
from dialogues.selectors.evaluations import self_evaluations_over_time
from dialogues.services import evaluating
from dialogues.views.by_mail import ByMailView
from dialogues.views.common import REFUSALS, signed_in
from portal.views import PUBLIC, PortalView

COOKIE = "vaxtkraft_sjalvvardering"
LASTS = 60 * 60 * 24 * 60
LINES = 5
"""Free lines are shown from as many answers as figures are."""


class SelfEvaluationListView(PortalView):
    """The radar over time with its table, the one that is open with its link, and how to begin another."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request)

    def show(self, request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
        over_time = self_evaluations_over_time()
        now = SelfEvaluation.in_scope().filter(closed_on=None).first()
        newest = over_time.times[-1] if over_time.times else None
        may_lead = request.user.has_perm("dialogues.prepare_dialogue", tenant_of(request))
        context = {
            "over_time": over_time,
            "now": now,
            "link": settings.BASE_URL + reverse("self-evaluation-answer", args=[evaluating.grant_of(now)])
            if now and may_lead
            else "",
            "newest": newest,
            # By their random keys: not in the order in which they came.
            "lines": SelfEvaluationLine.in_scope().filter(evaluation=newest).order_by("pk") if newest else (),
            "too_few": SelfEvaluation.in_scope().exclude(closed_on=None).filter(answers__lt=LINES),
            "form": SelfEvaluationOpenForm(),
            "may_lead": may_lead,
        }
        return render(request, "dialogues/closing/self_evaluations.html", context | more, status=status)


class SelfEvaluationOpenView(SelfEvaluationListView):
    """Begins one."""

    permission = "dialogues.prepare_dialogue"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = SelfEvaluationOpenForm(request.POST)
        if not form.is_valid():
            return self.show(request, form=form, status=422)
        try:
            evaluating.self_evaluation_open(by=signed_in(request), **form.cleaned_data)
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        return redirect("self-evaluation-list", slug)


class SelfEvaluationCloseView(PortalView):
    """Takes no more answers."""

    permission = "dialogues.prepare_dialogue"

    def post(self, request: HttpRequest, slug: str, evaluation_id: UUID) -> HttpResponse:
        found = get_object_or_404(SelfEvaluation.in_scope(), pk=evaluation_id)
        evaluating.self_evaluation_close(evaluation=found, by=signed_in(request))
        messages.success(request, _("The self-evaluation is closed."))
        return redirect("self-evaluation-list", slug)


class SelfEvaluationAnswerView(ByMailView):
    """The six questions, for whoever has the link. A cookie says only that this browser has answered."""

    permission = PUBLIC
    gone_template = "dialogues/closing/self_evaluation_gone.html"
    evaluation: SelfEvaluation

    def named_in(self, token: str) -> tuple[UUID, UUID, str] | None:
        return evaluating.evaluation_named_in(token)

    def find(self, object_id: UUID, mark: str) -> bool:
        open_ones = SelfEvaluation.in_scope().select_related("tenant").filter(closed_on=None)
        found = open_ones.filter(pk=object_id).first()
        if found is None:
            return False
        self.evaluation = found
        return True

    def has_answered(self, request: HttpRequest) -> bool:
        """Whether this browser sent its answers."""
        return request.COOKIES.get(COOKIE) == "1"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.ask(request, SelfEvaluationForm(), is_thanked=self.has_answered(request))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = SelfEvaluationForm(request.POST)
        if self.has_answered(request):
            return self.ask(request, form, is_thanked=True)
        if not form.is_valid():
            return self.ask(request, form, status=422)
        try:
            line = form.cleaned_data["line"]
            evaluating.self_evaluation_answer(evaluation=self.evaluation, answers=form.answers(), line=line)
        except DialogueError as refusal:
            return self.ask(request, form, refusal=str(refusal), status=422)
        answer = self.ask(request, form, is_thanked=True)
        lasts = 60 * 60 * 24 * 60
        answer.set_cookie(
            COOKIE,
            "1",
            max_age=lasts,
            path=request.path,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return answer

    def ask(
        self, request: HttpRequest, form: SelfEvaluationForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"form": form, "evaluation": self.evaluation} | more
        return render(request, "dialogues/closing/self_evaluation_answer.html", context, status=status)
