"""One factor of wellbeing: what it is, what research says, its data, voices, and what is done about it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.middleware import tenant_of
from datasets.content import layers, themes
from datasets.cubes import pick
from datasets.selectors.system_map import current_map, datasets_about
from datasets.system_map import SystemMap, is_own
from datasets.wording import language
from datasets.wording.system_map import said_factor, said_research
from portal.views import PortalView

MOST = 9
"""How many data sets the page shows; the others are found by a search."""


class FactorDetailView(PortalView):
    """A factor opens what is known about it here."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        tenant, lang = tenant_of(request), language()
        content = current_map(tenant).map
        factor = content.find(key)
        if factor is None:
            raise Http404
        datasets = list(datasets_about(key, tenant)[: MOST + 1])
        context = {
            # Its own name stays readable where the region has hidden it: data sets still name it.
            "factor": said_factor(_with(content, key), key, lang),
            "layer": next(pick(layer.label, lang) for layer in layers() if layer.key == factor.layer),
            "themes": [pick(theme.label, lang) for theme in themes() if key in theme.factors],
            "research": said_research(key, lang),
            "is_own": is_own(key),
            "region": tenant.region,
            "datasets": datasets[:MOST],
            "more_url": f"{reverse('dataset-list', args=[slug])}?q={pick(factor.label, lang)}"
            if len(datasets) > MOST
            else "",
        }
        return render(request, "datasets/factor_detail.html", context)


def _with(content: SystemMap, key: str) -> SystemMap:
    """The map as it is shown, and the factor itself also where it is hidden."""
    shown = content.shown()
    factor = content.find(key)
    return shown if factor is None or shown.find(key) else shown.with_factor(factor)
