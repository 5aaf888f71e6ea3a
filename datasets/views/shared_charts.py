"""Saved charts for anyone: their page, their short address, and opening and closing them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.middleware import tenant_of
from datasets.embedding import embed_of
from datasets.errors import DatasetsError
from datasets.selectors import charts_for
from datasets.selectors.following import chart_of_code, short_code, since_of
from datasets.services import chart_sharing
from datasets.views.charts import SavedChartView, link_of
from datasets.views.common import signed_in
from datasets.views.downloads import public_place_of
from datasets.views.embedding import public_chart
from datasets.views.public import PublicView
from datasets.views.showing import show
from datasets.wording import language
from portal.views import PUBLIC


class ChartOpenView(SavedChartView):
    """Lets anyone see a saved chart."""

    permission = "datasets.open_to_public"
    deed: ClassVar[Any] = staticmethod(chart_sharing.chart_open_to_public)
    done: ClassVar[Promise] = gettext_lazy("Anyone can see the chart now. Its address is on this page.")

    def post(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = get_object_or_404(charts_for(), pk=chart_id, tenant=tenant_of(request))
        try:
            type(self).deed(chart=chart, by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, str(self.done))
        return redirect("chart-detail", slug=slug, chart_id=chart_id)


class ChartCloseView(ChartOpenView):
    """Lets only the tenant's own people see a saved chart again."""

    permission = "datasets.open_to_public"
    deed = staticmethod(chart_sharing.chart_close)
    done = gettext_lazy("Only your own people can see the chart now.")


class PublicChartDetailView(PublicView):
    """A saved chart that was opened to everyone."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = public_chart(slug, chart_id)
        place = public_place_of(chart.dataset)
        shown = show(chart.dataset, link_of(chart), lang=language(), place=chart.tenant.code)
        context = shown.context(language(), place.page, place.choose, stays=chart.is_frozen)
        context |= {
            "chart": chart,
            "owner": chart.tenant,
            "since": since_of([(chart, shown.spec)], language()).get(chart.pk),
            "download_url": f"{context['download_url']}&diagram={chart.pk}",
            "short_code": short_code(chart),
            **embed_of(chart.dataset, shown.spec, shown.link, chart),
        }
        return render(request, "datasets/public_chart_detail.html", context)


class PublicChartShortView(PublicView):
    """A short address that leads to a chart that anyone may see."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, short_code: str) -> HttpResponse:
        chart = chart_of_code(short_code).filter(tenant__slug=slug).first()
        if chart is None:
            raise Http404
        return redirect("public-chart-detail", slug=slug, chart_id=chart.pk)
