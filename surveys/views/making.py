"""The making of results: how far it has come, stopping it, and having it done again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from accounts.models import User
from surveys.making import Making, Stage, making_of
from surveys.services.making import results_begin, results_stop
from surveys.views.common import RoundDeedView, RoundView


class RoundMakingStateView(RoundView):
    """What the progress bar asks for, in the words of the whole."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> JsonResponse:
        making = making_of(self.survey_round())
        return JsonResponse(
            {"percent": making.percent, "words": making.words, "is_finished": not making.is_going_on}
        )


class RoundMakingStopView(RoundDeedView):
    """Stops the making of results before anything is published."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        if making_of(self.survey_round()).stage is Stage.WORKING:
            return ""
        return _("There is nothing to stop: no results are being made now.")

    def words(self) -> tuple[str, str, str]:
        return (
            _("Stop making the results?"),
            _("Nothing is published. The answers stay, and the results can be made again later."),
            _("Yes, stop it"),
        )

    def do(self, by: User) -> HttpResponse:
        results_stop(survey_round=self.survey_round(), by=by)
        return self.done(_("It is stopped. Nothing has been published."))


class RoundMakingBeginView(RoundDeedView):
    """Has the results made after a stop or a failure."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        making = making_of(self.survey_round())
        return "" if making.may_begin else self._why_not(making)

    def words(self) -> tuple[str, str, str]:
        return (
            _("Make the results now?"),
            _("The answers are counted and small groups hidden. It takes some minutes; you can go on meanwhile."),
            _("Yes, make them"),
        )

    def do(self, by: User) -> HttpResponse:
        results_begin(survey_round=self.survey_round(), by=by)
        return self.done(_("The results are being made."))

    def _why_not(self, making: Making) -> str:
        if making.is_going_on:
            return _("Somebody has asked for that already. Wait until it is done.")
        return _("Results are made once, when the round is closed and the last answers are in.")
