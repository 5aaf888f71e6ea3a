"""What may be done with a round: schedule it, open, close or cancel it, and make its results public."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from surveys.selectors import rounded_counts
from surveys.services import rounds
from surveys.services.joint_settling import joint_round_refusal
from surveys.services.publishing import survey_round_publish
from surveys.states import RoundState, sources_of
from surveys.views.common import RoundDeedView
from surveys.wording import count_in_words, moment


class RoundScheduleView(RoundDeedView):
    """Lets a draft open and close by itself."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        survey_round = self.survey_round()
        if survey_round.state != RoundState.DRAFT:
            return _("Only a draft can be scheduled.")
        if not survey_round.opens_at or not survey_round.closes_at or survey_round.closes_at <= timezone.now():
            return _("Say first when the round opens and closes: days that are still to come.")
        return joint_round_refusal(survey_round=survey_round)

    def words(self) -> tuple[str, str, str]:
        survey_round = self.survey_round()
        times = {"opens": moment(survey_round.opens_at), "closes": moment(survey_round.closes_at)}
        return (
            _("Let the round open %(opens)s and close %(closes)s?") % times,
            _(
                "From now on its link says when it opens, and nothing in it can be changed. "
                "It can be cancelled until then."
            ),
            _("Yes, let it open by itself"),
        )

    def do(self, by: User) -> HttpResponse:
        survey_round = self.survey_round()
        if survey_round.opens_at is None or survey_round.closes_at is None:
            return self.done(self.refusal())
        rounds.survey_round_schedule(
            survey_round=survey_round, opens_at=survey_round.opens_at, closes_at=survey_round.closes_at, by=by
        )
        return self.done(_("It is planned. Here are the link, the code and the poster."))


class RoundOpenView(RoundDeedView):
    """Opens a round right away; the worker makes its key."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        survey_round = self.survey_round()
        if survey_round.state not in (RoundState.DRAFT, RoundState.SCHEDULED):
            return _("Only a round that has not opened yet can be opened.")
        if survey_round.closes_at is None or survey_round.closes_at <= timezone.now():
            return _("Say first when the round closes: a day that is still to come.")
        return joint_round_refusal(survey_round=survey_round)

    def words(self) -> tuple[str, str, str]:
        return (
            _("Open the round right away?"),
            _(
                "It takes answers until %(closes)s. Once it is open, "
                "its questions and its smallest group stay as they are."
            )
            % {"closes": moment(self.survey_round().closes_at)},
            _("Yes, open it now"),
        )

    def do(self, by: User) -> HttpResponse:
        job = rounds.survey_round_open_now(survey_round=self.survey_round(), by=by)
        slug, survey_round = self.kwargs["slug"], self.survey_round()
        after = reverse("survey-round-detail", args=[slug, survey_round.pk])
        return redirect(f"{reverse('job-detail', args=[slug, job.pk])}?vidare={after}")


class RoundCloseView(RoundDeedView):
    """Closes an open round before its day."""

    permission = "surveys.manage_round"
    is_harm = True

    def refusal(self) -> str:
        return "" if self.survey_round().state == RoundState.OPEN else _("This round is not open.")

    def words(self) -> tuple[str, str, str]:
        survey_round = self.survey_round()
        count = count_in_words(rounded_counts([survey_round])[survey_round.pk])
        return (
            _("Close the round now, before %(closes)s?") % {"closes": moment(survey_round.closes_at)},
            _("So far the number of answers is %(count)s. A round that is closed can't be opened again.")
            % {"count": count},
            _("Yes, close it now"),
        )

    def do(self, by: User) -> HttpResponse:
        rounds.survey_round_close(survey_round=self.survey_round(), by=by)
        return self.done(_("The round is closed. Thank you for asking."))


class RoundCancelView(RoundDeedView):
    """Calls off a round that has not opened."""

    permission = "surveys.manage_round"
    is_harm = True

    def refusal(self) -> str:
        if self.survey_round().state in sources_of(RoundState.CANCELLED):
            return ""
        return _("Only a round that has not opened can be cancelled. Close it instead.")

    def words(self) -> tuple[str, str, str]:
        return (
            _("Cancel the round?"),
            _("It will never open. Whoever follows its link reads that it was cancelled."),
            _("Yes, cancel it"),
        )

    def do(self, by: User) -> HttpResponse:
        rounds.survey_round_cancel(survey_round=self.survey_round(), by=by)
        return self.done(_("The round is cancelled."))


class RoundPublishView(RoundDeedView):
    """Lets anyone see the results."""

    permission = "datasets.open_to_public"

    def refusal(self) -> str:
        survey_round = self.survey_round()
        if survey_round.state == RoundState.CLOSED and survey_round.tabulated_at:
            return ""
        return _("Only a closed round whose results are made can be made public.")

    def words(self) -> tuple[str, str, str]:
        return (
            _("Make the results public?"),
            _("Anyone can then see and copy them. Small groups are hidden there as they are here."),
            _("Yes, make them public"),
        )

    def do(self, by: User) -> HttpResponse:
        survey_round_publish(survey_round=self.survey_round(), by=by)
        return self.done(_("The results are public."))
