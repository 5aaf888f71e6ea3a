"""Charts that stay at a release: what has been revised since; and short addresses."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.middleware import tenant_of
from datasets.selectors.following import chart_of_code, since_of
from datasets.views.charts import SavedChartView, link_of
from datasets.views.common import may
from datasets.views.showing import show
from datasets.wording import language
from portal.views import PortalView


class ChartRevisedView(SavedChartView):
    """Which figures of a frozen chart have another value in the newest release."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = self.chart()
        shown = show(chart.dataset, link_of(chart), lang=language(), place=tenant_of(request).code)
        since = since_of([(chart, shown.spec)], language()).get(chart.pk)
        if since is None:
            return redirect("chart-detail", slug=slug, chart_id=chart_id)
        context = {
            "chart": chart,
            "release": shown.release,
            "since": since,
            "spec": shown.spec,
            "may_change": chart.tenant_id == tenant_of(request).pk and may(request, "datasets.save_chart"),
        }
        return render(request, "datasets/chart_revised.html", context)


class ChartShortView(PortalView):
    """A short address that leads to a saved chart, and always will."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, short_code: str) -> HttpResponse:
        chart = chart_of_code(short_code).first()
        if chart is None:
            raise Http404
        return redirect("chart-detail", slug=slug, chart_id=chart.pk)
