"""Proposals: where young people write one, and where a coordinator reads and answers them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from portal.views import PUBLIC
from surveys.answering.form_key import new_key, read_key
from surveys.drafting.own_words import cleaned
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import Proposal
from surveys.public_round import DatabaseUnavailable
from surveys.services.proposals import ProposalOutcome, proposal_answer, proposal_submit
from surveys.states import ProposalState
from surveys.views.common import RoundView, signed_in
from surveys.views.public_reports import RoundInPublicView

ANSWERS = [choice for choice in ProposalState.choices if choice[0] != ProposalState.WAITING]


@method_decorator(csrf_exempt, name="dispatch")
class ProposeView(RoundInPublicView):
    """One short text, without a sender. The form's own key stands instead of a cookie, as when answering."""

    permission = PUBLIC
    is_for_every_language = True

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.ask()

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        written = request.POST.get("text", "")
        key = read_key(self.keyring, request.POST.get("form", ""), request.POST.get("key", ""))
        if key is None:
            said = _(
                "The page had been open for too long, or in another way. Look at your text and send it again."
            )
            return self.ask(written, said, status=400)
        try:
            text = cleaned(written, Proposal.LONGEST)
            if not text:
                raise SurveysError(_("Write something first."))
            outcome = proposal_submit(round_id=self.survey_round().pk, number=key.number, text=text)
        except SurveysError as refusal:
            return self.ask(written, str(refusal), status=422)
        except DatabaseUnavailable:
            return self.ask(
                written, _("It could not be stored just now. Wait a moment and send it again."), status=503
            )
        if outcome is ProposalOutcome.FULL:
            said = _("Many are writing right now. Wait a while and send it again.")
            return self.ask(written, said, status=429)
        if outcome is ProposalOutcome.CLOSED:
            return self.page("proposal_closed.html", {"survey_round": self.survey_round()}, self.owner, status=410)
        return self.page("proposal_thanks.html", {"survey_round": self.survey_round()}, self.owner)

    def ask(self, text: str = "", error: str = "", status: int = 200) -> HttpResponse:
        """The form, with what is wrong in it."""
        context = {
            "survey_round": self.survey_round(),
            "key": new_key(self.keyring),
            "text": text,
            "error": error,
            "longest": Proposal.LONGEST,
        }
        return self.page("propose.html", context, self.owner, status=status)

    @property
    def keyring(self) -> UUID:
        """What keys are signed for: this round's proposals, not its answers."""
        return uuid5(self.survey_round().pk, "proposals")

    @property
    def owner(self) -> Any:
        """The municipality whose round it is."""
        return self.survey_round().tenant


class ProposalForm(forms.Form):
    """What becomes of a proposal, and why."""

    to = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=ANSWERS)
    reason_sv = forms.CharField(
        label=gettext_lazy("Your answer, in Swedish"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "sv"}),
        help_text=gettext_lazy("Anyone can read it. A no needs its reason."),
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Your answer, in English"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )

    def reason(self) -> dict[str, str]:
        """The answer by language."""
        given = {lang: self.cleaned_data[f"reason_{lang}"].strip() for lang in ("sv", "en")}
        return {lang: text for lang, text in given.items() if text}


class ProposalListView(RoundView):
    """What waits to be read, then what has been answered."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        return self.show(request)

    def show(
        self, request: HttpRequest, sent: tuple[UUID, ProposalForm] | None = None, status: int = 200
    ) -> HttpResponse:
        """The page; `sent` is the form that could not be taken, with the proposal it is about."""
        proposals = list(
            Proposal.objects.own().filter(round=self.survey_round()).exclude(state=ProposalState.HELD_BACK)
        )
        cards = [
            {"proposal": one, "form": sent[1] if sent and sent[0] == one.pk else form_of(one)} for one in proposals
        ]
        context = {
            "survey_round": self.survey_round(),
            "waiting": [card for card in cards if card["proposal"].state == ProposalState.WAITING],
            "answered": [card for card in cards if card["proposal"].state != ProposalState.WAITING],
            "public_page": reverse("public-report-detail", args=[self.survey_round().public_code]),
        }
        return render(request, "surveys/proposal_list.html", context, status=status)


class ProposalAnswerView(ProposalListView):
    """One proposal answered; where something lacks, the list again with that said beside it."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, proposal_id: UUID) -> HttpResponse:  # type: ignore[override]
        return redirect("proposal-list", slug, self.survey_round().pk)

    def post(self, request: HttpRequest, slug: str, round_id: UUID, proposal_id: UUID) -> HttpResponse:
        proposals = Proposal.objects.own().filter(round=self.survey_round())
        proposal = get_object_or_404(proposals, pk=proposal_id)
        form = ProposalForm(request.POST, prefix=str(proposal.pk))
        if form.is_valid():
            to = ProposalState(form.cleaned_data["to"])
            try:
                proposal_answer(proposal=proposal, to=to, reason=form.reason(), by=signed_in(request))
            except InvalidTransition as refusal:
                messages.warning(request, str(refusal))
                return redirect("proposal-list", slug, round_id)
            except SurveysError as refusal:
                form.add_error("reason_sv", str(refusal))
        if form.errors:
            return self.show(request, (proposal.pk, form), status=422)
        is_gone = to is ProposalState.HELD_BACK
        messages.success(
            request, _("Its words are gone.") if is_gone else _("Your answer is on the round's page.")
        )
        return redirect("proposal-list", slug, round_id)


def form_of(proposal: Proposal) -> ProposalForm:
    """The form beside a proposal, with the answer that it has."""
    to = proposal.state if proposal.state != ProposalState.WAITING else ProposalState.CONSIDERED
    reason = {f"reason_{lang}": proposal.reason.get(lang, "") for lang in ("sv", "en")}
    return ProposalForm(initial={"to": to, **reason}, prefix=str(proposal.pk))
