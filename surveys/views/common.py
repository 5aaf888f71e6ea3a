"""What every page about survey rounds needs."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.middleware import tenant_of
from accounts.models import User
from datasets.errors import DatasetsError
from portal.views import PortalView
from surveys.errors import SurveysError
from surveys.models import SurveyRound
from surveys.selectors import rounds_own

REFUSALS = (SurveysError, DatasetsError)
"""What a service may say no with; the words are for the reader."""


def signed_in(request: HttpRequest) -> User:
    """The person at work; views with a permission always have one."""
    return cast(User, request.user)


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the person may do something in the tenant at work."""
    return signed_in(request).has_perm(permission, tenant_of(request))


class RoundView(PortalView):
    """A page about one of the tenant's own rounds; others' rounds are public facts, not pages."""

    is_abstract = True

    def survey_round(self) -> SurveyRound:
        """The round of the address, fetched once; 404 in another tenant."""
        found = getattr(self, "_survey_round", None)
        if found is None:
            round_id: UUID = self.kwargs["round_id"]
            found = self._survey_round = get_object_or_404(
                rounds_own().select_related("version", "previous_round", "tenant"), pk=round_id
            )
        return found

    def back(self) -> HttpResponse:
        """To the round's own page."""
        return redirect("survey-round-detail", self.kwargs["slug"], self.survey_round().pk)


class RoundDeedView(RoundView):
    """A deed with a page of its own that says what follows from it: GET asks, POST does."""

    is_abstract = True
    is_harm: ClassVar[bool] = False

    def get(self, request: HttpRequest, slug: str, round_id: UUID, **more: UUID) -> HttpResponse:
        if refusal := self.refusal():
            messages.warning(request, refusal)
            return self.back()
        question, consequence, label = self.words()
        context = {
            "survey_round": self.survey_round(),
            "question": question,
            "consequence": consequence,
            "button_label": label,
            "is_harm": self.is_harm,
            "back_url": reverse("survey-round-detail", args=[slug, round_id]),
        }
        return render(request, "surveys/survey_round_confirm.html", context)

    def post(self, request: HttpRequest, slug: str, round_id: UUID, **more: UUID) -> HttpResponse:
        try:
            answer = self.do(signed_in(request))
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return self.back()
        return answer

    def refusal(self) -> str:
        """Why it can't be done now; nothing where it can."""
        raise NotImplementedError

    def words(self) -> tuple[str, str, str]:
        """The question, what follows, and the button."""
        raise NotImplementedError

    def do(self, by: User) -> HttpResponse:
        """Do it, and lead on."""
        raise NotImplementedError

    def done(self, said: str) -> HttpResponse:
        """Say so on the round's own page."""
        messages.success(cast(Any, self.request), said)
        return self.back()
