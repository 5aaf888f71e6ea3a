"""What one may do with a view that somebody here saved: call it something else, copy it, let it follow again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.errors import DatasetsError
from datasets.forms.charting import ChartNameForm
from datasets.models import Chart
from datasets.selectors import charts_for
from datasets.services import charts
from datasets.views.common import signed_in
from portal.views import PortalView


class OwnChartView(PortalView):
    """A page about a chart that this tenant itself saved; others find no such page."""

    is_abstract = True

    def own_chart(self, request: HttpRequest) -> Chart:
        """The chart of the address."""
        return get_object_or_404(charts_for(), pk=self.kwargs["chart_id"], tenant=tenant_of(request))


class ChartEditView(OwnChartView):
    """Another name or note for a saved view; what it shows stays."""

    permission = "datasets.save_chart"

    def get(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = self.own_chart(request)
        form = ChartNameForm(initial={"title": chart.title, "note": chart.note})
        return render(request, "datasets/chart_edit.html", {"chart": chart, "form": form})

    def post(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart, form = self.own_chart(request), ChartNameForm(request.POST)
        if not form.is_valid():
            return render(request, "datasets/chart_edit.html", {"chart": chart, "form": form}, status=422)
        charts.chart_rename(chart=chart, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("The chart is changed."))
        return redirect("chart-detail", slug=slug, chart_id=chart_id)


class ChartCopyView(OwnChartView):
    """A copy of a saved view, one's own or one that was shared, to change without touching the first."""

    permission = "datasets.save_chart"

    def post(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = get_object_or_404(charts_for(), pk=chart_id)
        title = _("%s (copy)") % chart.title[:190]
        copy = charts.chart_copy(chart=chart, title=title, by=signed_in(request))
        messages.success(request, _("This is a copy. Give it a name of its own."))
        return redirect("chart-edit", slug=slug, chart_id=copy.pk)


class ChartFollowView(OwnChartView):
    """Lets a frozen view show new figures again."""

    permission = "datasets.save_chart"

    def post(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        try:
            charts.chart_follow(chart=self.own_chart(request), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The chart follows the data: it shows new figures when they come."))
        return redirect("chart-detail", slug=slug, chart_id=chart_id)
