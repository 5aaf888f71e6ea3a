"""A thank-you that is drawn: where it is set, where the drawn are seen, and the page where anyone enters."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from datasets.cubes import pick
from portal.views import PUBLIC
from surveys.answering.form_key import new_key, read_key
from surveys.errors import SurveysError
from surveys.forms.thank_you import ThankYouForm
from surveys.models import ThankYou, ThankYouWinner
from surveys.public_round import DatabaseUnavailable
from surveys.services.thank_you import (
    BEFORE_DRAWING,
    EntryOutcome,
    address_of,
    thank_you_enter,
    thank_you_set,
    thank_you_take_back,
    winners_forget,
)
from surveys.states import RoundState
from surveys.views.common import REFUSALS, RoundView, signed_in
from surveys.views.public_reports import RoundInPublicView, reading_language


class RoundThankYouView(RoundView):
    """What is drawn in a round; afterwards the addresses of those who get it."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        return self.show(request, ThankYouForm(initial=ThankYouForm.initial_of(self.thank_you())))

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round, form = self.survey_round(), ThankYouForm(request.POST)
        try:
            if request.POST.get("do") == "take_back":
                thank_you_take_back(survey_round=survey_round, by=signed_in(request))
                messages.success(request, _("Nothing is drawn in this round."))
                return redirect("survey-round-thank-you", slug, round_id)
            if request.POST.get("do") == "forget":
                return self.forget(request, slug, round_id)
            if not form.is_valid():
                return self.show(request, form, status=422)
            thank_you_set(survey_round=survey_round, by=signed_in(request), **form.given())
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Saved. Everyone who has answered is shown the way to it."))
        return redirect("survey-round-thank-you", slug, round_id)

    def forget(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        """Delete the addresses that were drawn."""
        found = self.thank_you()
        if found is not None and winners_forget(thank_you=found, by=signed_in(request)):
            messages.success(request, _("The addresses are deleted."))
        return redirect("survey-round-thank-you", slug, round_id)

    def thank_you(self) -> ThankYou | None:
        """The round's, if it has one."""
        found: ThankYou | None = (
            ThankYou.objects.own().filter(round=self.survey_round()).select_related("round").first()
        )
        return found

    def show(self, request: HttpRequest, form: ThankYouForm, status: int = 200) -> HttpResponse:
        survey_round, thank_you = self.survey_round(), self.thank_you()
        context: dict[str, Any] = {
            "form": form,
            "survey_round": survey_round,
            "thank_you": thank_you,
            "may_change": survey_round.state in BEFORE_DRAWING,
            "may_take_back": thank_you is not None
            and survey_round.state in (RoundState.DRAFT, RoundState.SCHEDULED),
            "winners": ThankYouWinner.in_scope().filter(thank_you=thank_you).order_by("address")
            if thank_you is not None
            else (),
        }
        return render(request, "surveys/survey_round_thank_you.html", context, status=status)


@method_decorator(csrf_exempt, name="dispatch")
class ThankYouEnterView(RoundInPublicView):
    """An address, sealed and apart from every answer. The form's own key stands instead of a cookie."""

    permission = PUBLIC
    is_for_every_language = True

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.ask()

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        written, survey_round = request.POST.get("address", ""), self.survey_round()
        if not self.is_open():
            return self.ask()
        key = read_key(self.keyring, request.POST.get("form", ""), request.POST.get("key", ""))
        if key is None:
            return self.ask(written, _("The page had been open for too long. Send it again."), status=400)
        try:
            outcome = thank_you_enter(
                round_id=survey_round.pk,
                public_key=bytes(survey_round.public_key or b""),
                number=key.number,
                address=address_of(written),
            )
        except SurveysError as refusal:
            return self.ask(written, str(refusal), status=422)
        except DatabaseUnavailable:
            return self.ask(
                written, _("It could not be stored just now. Wait a moment and send it again."), status=503
            )
        if outcome is EntryOutcome.CLOSED:
            return self.ask()
        return self.page("thank_you_entered.html", self.shared(), survey_round.tenant)

    def thank_you(self) -> ThankYou:
        """What is drawn. Raises Http404 where nothing is."""
        found: ThankYou | None = ThankYou.objects.filter(round=self.survey_round()).first()
        if found is None:
            raise Http404
        return found

    def is_open(self) -> bool:
        return self.survey_round().state == RoundState.OPEN and bool(self.survey_round().public_key)

    def shared(self) -> dict[str, Any]:
        thank_you = self.thank_you()
        what = pick(thank_you.what, reading_language())
        return {"survey_round": self.survey_round(), "thank_you": thank_you, "what": what}

    def ask(self, address: str = "", error: str = "", status: int = 200) -> HttpResponse:
        """The form with what is wrong in it; or that it is over."""
        shared = self.shared()
        if not self.is_open():
            return self.page("thank_you_over.html", shared, self.survey_round().tenant)
        context = {"key": new_key(self.keyring), "address": address, "error": error}
        return self.page("thank_you.html", shared | context, self.survey_round().tenant, status=status)

    @property
    def keyring(self) -> UUID:
        """What keys are signed for: this round's draw, not its answers."""
        return uuid5(self.survey_round().pk, "thank-you")
