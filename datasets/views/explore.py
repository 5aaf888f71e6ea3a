"""Exploring: somewhere to begin when one has a question and no data set in mind."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.middleware import tenant_of
from accounts.models import Tenant
from datasets.content import themes
from datasets.cubes import pick
from datasets.exploring import Idea, ideas_in
from datasets.exploring.filing import themes_of
from datasets.exploring.finding import did_you_mean, tables_answering, told_by
from datasets.exploring.gaps import COLUMNS, GapRow, factor_gaps, stages, theme_gaps
from datasets.models import Dataset
from datasets.selectors import DatasetSearch, charts_answering, datasets_for, near, with_releases
from datasets.selectors.system_map import current_map
from datasets.selectors.voices import voices_answering
from datasets.wording import language, named_tables
from datasets.wording.groups import GROUPS, STAGES
from datasets.wording.system_map import SaidFactor, said_layers
from portal.views import PortalView

QUESTIONS = (
    _("How are young people who neither work nor study?"),
    _("What gives young people joy and meaning here?"),
    _("Who has someone to turn to?"),
    _("How do young people spend their free time?"),
    _("What happens after school?"),
    _("How many young people live here?"),
)
"""Example questions, each one searched for as it stands."""

NEWEST = 6
BEST = 9
VOICES = 4
A_STAGE = 8
LONGEST = 200


class _ExploringView(PortalView):
    """A page about everything that the tenant may see."""

    permission = "datasets.view_dataset"
    is_abstract = True

    def known(self, request: HttpRequest, words: str = "", sort: str = "") -> list[Dataset]:
        """The data sets with figures, its own and those shared with it."""
        return list(with_releases(self.near(request, words, sort)))

    def near(self, request: HttpRequest, words: str = "", sort: str = "") -> QuerySet[Dataset]:
        """The data sets, with figures or without."""
        return datasets_for(DatasetSearch(words=words, sort=sort, near=near(tenant_of(request))))


class ExploreView(_ExploringView):
    """A search box with example questions, the themes, what is new, and the factors; or what a question found."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        question = request.GET.get("q", "").strip()[:LONGEST]
        if question:
            return render(request, "datasets/explore_found.html", self.found(request, slug, question))
        return render(request, "datasets/explore.html", self.start(request))

    def found(self, request: HttpRequest, slug: str, question: str) -> dict[str, Any]:
        """What answers a question: data first, then saved charts, factors and themes."""
        ideas = ideas_in(question)
        known = self.known(request, question)
        best = known[:BEST]
        told, answers = told_by(best, question), tables_answering(best, question)
        return {
            "question": question,
            "found": [
                (dataset, told[dataset.pk], named_tables(answers.get(dataset.pk, []), language()))
                for dataset in best
            ],
            "count": len(known),
            "more_url": f"{reverse('dataset-list', args=[slug])}?{urlencode({'q': question})}",
            "charts": charts_answering(ideas)[:NEWEST],
            "factors": _named(ideas, tenant_of(request)),
            "voices": voices_answering(tenant_of(request), ideas)[:VOICES],
            "meant": "" if known else did_you_mean(self.near(request), question),
        }

    def start(self, request: HttpRequest) -> dict[str, Any]:
        """Where one begins without a question."""
        lang = language()
        known = self.known(request, sort="newest")
        about = Counter(key for dataset in known for key in set(dataset.factors))
        themed = Counter(key for dataset in known for key in themes_of(dataset))
        return {
            "questions": QUESTIONS,
            "themes": [
                {
                    "key": theme.key,
                    "label": pick(theme.label, lang),
                    "text": pick(theme.text, lang),
                    "count": themed[theme.key],
                }
                for theme in themes()
            ],
            "newest": known[:NEWEST],
            "layers": said_layers(current_map(tenant_of(request)).map.shown(), lang),
            "counts": about,
        }


class GapsView(_ExploringView):
    """What there is no data on: each theme and factor by group, those that are hardly known always among them."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        known = self.known(request)
        rows = theme_gaps(known)
        by_group = [
            (GROUPS[group], [pick(row.about.label, language()) for row in rows if group in row.missing], len(rows))
            for group in COLUMNS
        ]
        context = {
            "columns": [GROUPS[group] for group in COLUMNS],
            "themes": [_gap_row(row, "tema") for row in rows],
            "factors": [_gap_row(row, "faktor") for row in factor_gaps(known)],
            "by_group": by_group,
        }
        return render(request, "datasets/gaps.html", context)


class StagesView(_ExploringView):
    """Data by stage of life: from upper secondary school to settling down."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = [
            {
                "key": stage.group.value,
                "datasets": stage.datasets,
                "group": GROUPS[stage.group],
                **STAGES[stage.group],
            }
            for stage in stages(self.known(request), most=A_STAGE)
        ]
        return render(request, "datasets/stages.html", {"stages": found})


def _gap_row(row: GapRow, key: str) -> dict[str, Any]:
    """A row of the table, with the part of the address that finds what it counts."""
    return {
        "query": urlencode({key: row.about.key}),
        "label": pick(row.about.label, language()),
        "cells": [(group.value, GROUPS[group], count) for group, count in zip(COLUMNS, row.counts, strict=True)],
        "total": row.total,
    }


def _named(ideas: tuple[Idea, ...], tenant: Tenant) -> list[SaidFactor]:
    """The factors of the map that holds here that a question is about."""
    shown = current_map(tenant).map.shown()
    keys = {key for idea in ideas for key in idea.factors}
    words = [idea.said for idea in ideas]
    return [
        factor
        for layer in said_layers(shown, language())
        for factor in layer.factors
        if factor.key in keys or any(word in factor.label.casefold() for word in words)
    ]
