"""A chart beside an official one that measures the same: two charts, each with its own scale and source."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts.middleware import tenant_of
from datasets.models import Dataset
from datasets.selectors.beside import indicators_beside, measured_in
from datasets.views.building import is_live
from datasets.views.common import DatasetView, membership_of
from datasets.views.showing import ShownChart, show, status_of
from datasets.wording import language, title_of

OTHER = "med"
"""What names, in the address, the data set to set a chart beside."""


class ChartBesideView(DatasetView):
    """Which official figures a chart can be set beside; with one chosen, both charts one above the other."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        tenant = tenant_of(request)
        own = show(self.dataset(), request.GET, lang=language(), place=tenant.code)
        shown = measured_in(own.dataset, own.cube.cube, own.selection)
        found = indicators_beside(own.dataset, shown, tenant, membership_of(request))
        page = reverse("chart-beside", args=[slug, dataset_id])
        listed = [_listed(one, f"{page}?{own.link}") for one in found]
        if is_live(request):
            return render(request, "datasets/chart_beside_list.html", {"found": listed})
        chosen = next((one for one in found if str(one.pk) == request.GET.get(OTHER)), None)
        place = tenant.code
        other = None if chosen is None else show(chosen, QueryDict(), lang=language(), place=place)
        context = {
            "found": listed,
            "own": _context(own, slug),
            "other": other and _context(other, slug),
            "problem": own.problem,
        }
        return render(request, "datasets/chart_beside.html", context, status=status_of(own))


def _listed(dataset: Dataset, address: str) -> dict[str, Any]:
    query = urlencode({OTHER: dataset.pk})
    return {"title": title_of(dataset, language()), "source": dataset.source, "url": f"{address}&{query}"}


def _context(shown: ShownChart, slug: str) -> dict[str, Any]:
    where = [slug, shown.dataset.pk]
    return shown.context(language(), reverse("chart-view", args=where), reverse("download-choose", args=where))
