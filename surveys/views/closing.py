"""Moving the last day of a round that is open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.errors import SurveysError
from surveys.forms import MOMENT
from surveys.models import InvitationList
from surveys.services.rounds import survey_round_closing_move
from surveys.states import RoundState
from surveys.views.common import RoundView, signed_in
from surveys.wording import moment


class ClosingForm(forms.Form):
    """The new last day, and the one that the page showed."""

    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT, f"{MOMENT}:%S"],
    )
    before = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_before(self) -> datetime:
        try:
            before = datetime.fromisoformat(self.cleaned_data["before"])
        except ValueError:
            raise forms.ValidationError(_("Open the page anew, and choose again.")) from None
        return before if timezone.is_aware(before) else timezone.make_aware(before)


class RoundClosingMoveView(RoundView):
    """One date: GET asks for it, POST moves the last day there unless somebody else has done so meanwhile."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        if not self.is_open():
            return self.refused(_("This round is not open."))
        return self.show(request, self.form())

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        if not self.is_open():
            return self.refused(_("This round is not open."))
        form = ClosingForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            survey_round_closing_move(survey_round=self.survey_round(), by=signed_in(request), **form.cleaned_data)
        except SurveysError as refusal:
            if not self.is_open():
                return self.refused(str(refusal))
            # With the day as it is now: whoever chooses again has seen it.
            form = self.form(closes_at=form.cleaned_data["closes_at"])
            messages.warning(request, str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, self.told())
        return redirect("survey-round-detail", slug, round_id)

    def form(self, closes_at: datetime | None = None) -> ClosingForm:
        """The form, with the day as it is."""
        now = self.survey_round().closes_at
        return ClosingForm(initial={"closes_at": closes_at or now, "before": now.isoformat() if now else ""})

    def is_open(self) -> bool:
        """Whether there is a last day to move."""
        return self.survey_round().state == RoundState.OPEN

    def refused(self, said: str) -> HttpResponse:
        """Back to the round, with why."""
        messages.warning(self.request, said)
        return self.back()

    def told(self) -> str:
        """What is done, and who was told another day."""
        survey_round = self.survey_round()
        said = _("The round is now open until %(when)s.") % {"when": moment(survey_round.closes_at)}
        if InvitationList.in_scope().filter(round=survey_round, mailings__gt=0).exists():
            said += " " + _("Those who are invited were told another day: a reminder tells everyone the new one.")
        return said

    def show(self, request: HttpRequest, form: ClosingForm, status: int = 200) -> HttpResponse:
        """The form, with the day as it is now."""
        context = {"survey_round": self.survey_round(), "form": form}
        return render(request, "surveys/survey_round_closing_move.html", context, status=status)
