"""Personal codes, as a coordinator sees them: who is invited, and mail to all of them alike."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from surveys.models import Invitation, InvitationList
from surveys.services.inviting import invitations_add, mailing_ask
from surveys.states import RoundState
from surveys.views.codes import WayInDeedView
from surveys.views.common import REFUSALS, RoundView, signed_in
from surveys.ways_in.forms import InvitationForm


class InvitationAddView(RoundView):
    """Puts people on the list. It is never shown again: only how many there are."""

    permission = "surveys.manage_round"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        form = InvitationForm(request.POST, request.FILES)
        try:
            if not form.is_valid():
                for errors in form.errors.values():
                    messages.warning(request, " ".join(str(error) for error in errors))
            else:
                added = invitations_add(survey_round=survey_round, people=form.people, by=signed_in(request))
                said = ngettext("%(n)s person is on the list.", "%(n)s people more are on the list.", added)
                messages.success(request, said % {"n": added})
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        return redirect("survey-round-ways-in", slug, round_id)


class MailingView(WayInDeedView):
    """Mails everyone who is invited: first the invitation, then reminders that go to all of them alike."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        if self.survey_round().state != RoundState.OPEN:
            return _("Mail goes out when the round is open, so that the link works at once.")
        return ""

    def words(self) -> tuple[str, str, str]:
        found = InvitationList.in_scope().filter(round=self.survey_round()).first()
        if found is None or not found.mailings:
            return (
                _("Mail the invitation to everyone on the list?"),
                _("Each gets a personal link that is good for one answer. Nobody sees who has used it."),
                _("Yes, mail the invitation"),
            )
        return (
            _("Mail a reminder to everyone on the list?"),
            _("It goes to all, since nobody knows who has answered, and says so."),
            _("Yes, remind everyone"),
        )

    def do(self, by: User) -> HttpResponse:
        job = mailing_ask(survey_round=self.survey_round(), by=by)
        slug, survey_round = self.kwargs["slug"], self.survey_round()
        after = reverse("survey-round-ways-in", args=[slug, survey_round.pk])
        return redirect(f"{reverse('job-detail', args=[slug, job.pk])}?vidare={after}")


def invited_count(round_id: UUID) -> tuple[int, int]:
    """How many are invited by mail, and how many by letter."""
    people = Invitation.in_scope().filter(round_id=round_id)
    by_letter = people.filter(email="").count()
    return people.count() - by_letter, by_letter
