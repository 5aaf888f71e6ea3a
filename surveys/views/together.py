"""Two rounds that are counted as one: their results, their groups, and their files, as a round has them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from surveys.results.outcome import Outcome, outcome_of_both
from surveys.results.weighting import Weighting
from surveys.services.pooling import Pooled, pooled_with
from surveys.views.common import RoundView
from surveys.views.files import RoundFilesView
from surveys.views.results import said_of, weights_of
from surveys.views.told_results import Told
from surveys.views.waves import RoundGroupsView
from surveys.wording import language


class OfBoth(RoundView):
    """A page about a round and the one that it is counted together with; 404 where there is none."""

    is_abstract = True

    def pooled(self) -> Pooled:
        """Both rounds, fetched once."""
        found: Pooled | None = getattr(self, "_pooled", None) or pooled_with(self.survey_round())
        if found is None:
            raise Http404
        self._pooled = found
        return found

    def outcome(self) -> Outcome:
        """What is told of both together."""
        pooled = self.pooled()
        return outcome_of_both(pooled.before, pooled.now, pooled.dataset)

    def weighting(self, outcome: Outcome) -> Weighting | None:
        """The weights of both together, where the later round is told weighted."""
        return weights_of(self.pooled().now, outcome.tables)

    def title(self) -> str:
        """What both are called."""
        pooled = self.pooled()
        return _("%(first)s and %(second)s together") % {"first": pooled.before.title, "second": pooled.now.title}

    def page(self) -> str:
        """Where the results of both are told."""
        return reverse("survey-round-together", args=[self.kwargs["slug"], self.survey_round().pk])


class RoundTogetherView(OfBoth):
    """What came out of both rounds together, as far as it can be shown."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        pooled = self.pooled()
        outcome = self.outcome()
        told = Told(outcome, {}, self.weighting(outcome), slug, language())
        rounds = (pooled.before, pooled.now)
        expected = [one.expected_answers for one in rounds]
        context = {
            "survey_round": self.survey_round(),
            "pooled": pooled,
            "rounds": rounds,
            "title": self.title(),
            **said_of(
                told,
                sum(filter(None, expected)) if all(expected) else None,
                sum(one.response_count or 0 for one in rounds),
            ),
        }
        return render(request, "surveys/survey_round_together.html", context)


class RoundTogetherGroupsView(OfBoth, RoundGroupsView):
    """Each group of both rounds beside everybody else in them."""

    permission = "surveys.view_results"


class RoundTogetherFilesView(OfBoth, RoundFilesView):
    """Every table of both rounds together in one form, as one ZIP."""

    permission = "surveys.view_results"

    def name(self) -> str:
        return slugify(self.title())[:80] or "enkater"
