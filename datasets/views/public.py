"""Open data sets for anyone: no account, and nothing but what was opened to the public."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.models import Tenant
from datasets import wording
from datasets.disclosure import AggregationRule
from datasets.embedding import embed_of
from datasets.models import Dataset
from datasets.selectors import DatasetSearch, datasets_for, with_releases
from datasets.views.showing import show, status_of, was_sent
from datasets.wording import language
from portal.views import PUBLIC, PortalView

PAGE = 30


class PublicView(PortalView):
    """A page of one tenant's open data."""

    is_abstract = True

    def tenant(self) -> Tenant:
        """The tenant of the address."""
        return get_object_or_404(Tenant, slug=self.kwargs["slug"])

    def dataset(self) -> Dataset:
        """The open data set of the address; in a public scope there are no others."""
        return get_object_or_404(datasets_for(), pk=self.kwargs["dataset_id"], tenant__slug=self.kwargs["slug"])


class PublicDatasetListView(PublicView):
    """What a municipality or region has opened."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = self.tenant()
        words = request.GET.get("q", "")[:100]
        found = with_releases(datasets_for(DatasetSearch(words=words))).filter(tenant=tenant)
        context = {
            "owner": tenant,
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "words": words,
        }
        return render(request, "datasets/public_dataset_list.html", context)


class PublicDatasetDetailView(PublicView):
    """An open data set as a chart, with what is known of it."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        tenant, dataset = self.tenant(), self.dataset()
        chosen = request.GET.get("f-table", "")
        if chosen and chosen != request.GET.get("table", ""):
            return redirect(f"{request.path}?table={chosen}")
        shown = show(dataset, request.GET, lang=language(), place=tenant.code)
        if was_sent(request) and not shown.problem:
            return redirect(f"{request.path}?{shown.link}")
        context: dict[str, Any] = shown.context(
            language(), request.path, reverse("public-download-choose", args=[slug, dataset_id])
        ) | {
            "owner": tenant,
            "described": wording.described(dataset, language()),
            **embed_of(dataset, shown.spec, shown.link),
            "rule": wording.rule_in_words(AggregationRule.from_json(shown.release.rule)),
        }
        return render(request, "datasets/public_dataset_detail.html", context, status=status_of(shown))
