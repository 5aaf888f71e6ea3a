"""Choosing whether a round's results are also told as the whole population would answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from surveys.results.population import weighting_now
from surveys.results.weighting import NoWeights, Weighting
from surveys.selectors import cubes_of, results_of
from surveys.services.weighing import survey_round_weigh
from surveys.states import Weighing
from surveys.views.common import RoundDeedView
from surveys.wording.results import no_weights_in_words, weighting_in_words


class RoundWeighView(RoundDeedView):
    """Tells a round's results weighted to the population too, or no longer."""

    permission = "surveys.manage_round"

    def refusal(self) -> str:
        survey_round = self.survey_round()
        if survey_round.tabulated_at is None:
            return _("Results are weighted when they are made.")
        found = self.found()
        if survey_round.weighing == Weighing.NONE and isinstance(found, NoWeights):
            return _("The answers can't be weighted. %(why)s") % {"why": no_weights_in_words(found)}
        return ""

    def words(self) -> tuple[str, str, str]:
        if self.survey_round().weighing == Weighing.POPULATION:
            return (
                _("Stop weighting the results?"),
                _("Only what those who answered said is told then. Nothing is lost: it can be weighted again."),
                _("Yes, stop weighting"),
            )
        found = self.found()
        return (
            _("Weight the results to the population?"),
            weighting_in_words(found) if isinstance(found, Weighting) else no_weights_in_words(found),
            _("Yes, weight them"),
        )

    def do(self, by: User) -> HttpResponse:
        if said := self.refusal():
            return self.done(said)
        survey_round = survey_round_weigh(survey_round=self.survey_round(), by=by)
        if survey_round.weighing == Weighing.POPULATION:
            return self.done(_("The results are told weighted too."))
        return self.done(_("The results are told as they were answered."))

    def found(self) -> Weighting | NoWeights:
        """The weights that there would be now."""
        survey_round = self.survey_round()
        published = results_of(survey_round)[survey_round.pk]
        return weighting_now(survey_round, cubes_of(published))
