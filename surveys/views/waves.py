"""Comparisons, each with whether it is certain: with the round before, and between the groups of one round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.questionnaire import Questionnaire
from surveys.results.comparing import Change
from surveys.results.outcome import Outcome, outcome_of
from surveys.results.waves import Break
from surveys.views.common import RoundView
from surveys.wording import language
from surveys.wording.results import break_in_words, change_in_words


class RoundWavesView(RoundView):
    """Each share of this round beside the one before, and whether the difference is certain."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        before = survey_round.previous_round
        if before is None or survey_round.tabulated_at is None:
            raise Http404
        found = outcome_of(survey_round).waves
        assert found is not None
        context = {
            "survey_round": survey_round,
            "title": survey_round.title,
            "page": reverse("survey-round-results", args=[slug, round_id]),
            "previous": before,
            "found": found,
            "first": _("Last time"),
            "second": _("Now"),
            **compared_in_words(survey_round.told, found.changes, found.breaks, language()),
        }
        return render(request, "surveys/survey_round_waves.html", context)


class RoundGroupsView(RoundView):
    """Each group of a round beside everybody else in it: all that its findings were chosen among."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        survey_round = self.survey_round()
        if survey_round.tabulated_at is None:
            raise Http404
        outcome = self.outcome()
        context = {
            "survey_round": survey_round,
            "title": self.title(),
            "page": self.page(),
            "previous": outcome.before if outcome.earlier else None,
            "found": outcome.findings,
            "first": _("The others"),
            "second": _("The group"),
            **compared_in_words(outcome.questionnaire, outcome.between_groups, {}, language()),
        }
        return render(request, "surveys/survey_round_groups.html", context)

    def outcome(self) -> Outcome:
        """What came out of the round."""
        return outcome_of(self.survey_round())

    def title(self) -> str:
        """What is told of: the round."""
        title: str = self.survey_round().title
        return title

    def page(self) -> str:
        """Where its results are told."""
        return reverse("survey-round-results", args=[self.kwargs["slug"], self.survey_round().pk])


def compared_in_words(
    questionnaire: Questionnaire, changes: Sequence[Change], breaks: Mapping[str, Break], lang: str
) -> dict[str, Any]:
    """What the page says: first all that is certain, then section by section."""
    certain = [
        {"label": _label(one, lang), "row": change_in_words(one, lang)} for one in changes if one.is_certain
    ]
    return {"certain": certain, "sections": sections_of(questionnaire, changes, breaks, lang)}


def _label(change: Change, lang: str) -> str:
    """What a change is about, and which groups it is of."""
    label = pick(change.question.label, lang)
    if change.by is None:
        return label
    words = {"question": label, "background": pick(change.by.label, lang).lower()}
    return _("%(question)s, by %(background)s") % words


def sections_of(
    questionnaire: Questionnaire, changes: Sequence[Change], breaks: Mapping[str, Break], lang: str
) -> list[dict[str, Any]]:
    """The page's sections: the items of each with their changes, or with why they can't be compared."""
    of: dict[str, list[Change]] = {}
    for change in changes:
        of.setdefault(change.question.code, []).append(change)
    sections = []
    for section in questionnaire.sections:
        items = [
            {
                "label": pick(question.label, lang),
                "question": pick(question.text, lang),
                "why_not": break_in_words(breaks[question.code]) if question.code in breaks else "",
                "parts": _parts(of.get(question.code, ()), lang),
            }
            for question in section.questions
            if question.code in of or question.code in breaks
        ]
        if items:
            sections.append({"code": section.code, "title": pick(section.title, lang), "items": items})
    return sections


def _parts(changes: Sequence[Change], lang: str) -> list[dict[str, Any]]:
    """An item's changes: of everyone first, then by each background; those that are certain open their fold."""
    parts: dict[str, dict[str, Any]] = {}
    for change in changes:
        code = change.by.code if change.by else ""
        part = parts.setdefault(
            code,
            {"by": pick(change.by.label, lang).lower() if change.by else "", "rows": [], "is_certain": False},
        )
        words = change_in_words(change, lang)
        part["rows"].append(words)
        part["is_certain"] |= words.is_certain
    return list(parts.values())
