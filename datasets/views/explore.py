"""Exploring: somewhere to begin when one has a question and no data set in mind."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.middleware import tenant_of
from datasets.content import factors, layers, themes
from datasets.cubes import pick
from datasets.selectors import DatasetSearch, datasets_for, near, with_releases
from datasets.wording import language
from portal.views import PortalView

QUESTIONS = (
    (_("What gives young people joy and meaning here?"), _("meaning")),
    (_("Who has someone to turn to?"), _("someone")),
    (_("How do young people spend their free time?"), _("leisure")),
    (_("What happens after school?"), _("school")),
    (_("How many young people live here?"), _("inhabitants")),
)
"""Example questions, and a word to search for."""

NEWEST = 6


class ExploreView(PortalView):
    """A search box with example questions, the themes, what is new, and the factors of wellbeing."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        lang = language()
        known = list(with_releases(datasets_for(DatasetSearch(sort="newest", near=near(tenant_of(request))))))
        about = Counter(key for dataset in known for key in set(dataset.factors))
        themed = Counter(key for dataset in known for key in set(dataset.themes))
        context = {
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
            "layers": [
                {
                    "label": pick(layer.label, lang),
                    "factors": [
                        {
                            "label": pick(factor.label, lang),
                            "text": pick(factor.text, lang),
                            "count": about[factor.key],
                        }
                        for factor in factors(layer.key)
                    ],
                }
                for layer in layers()
            ],
        }
        return render(request, "datasets/explore.html", context)
