"""Who sees what: the table of rights, for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from datasets.wording.rights import MEANINGS, SEEN, rights_in_words
from portal.views import PortalView


class RightsTableView(PortalView):
    """The table that the code asks, as it stands."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(
            request,
            "datasets/rights_table.html",
            {
                "parts": rights_in_words(),
                "meanings": [(SEEN[seen], meaning) for seen, meaning in MEANINGS.items()],
            },
        )
