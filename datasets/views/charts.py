"""Charts: one view of a data set, its download, and the views that people saved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.embedding import sharing_of
from datasets.errors import DatasetsError
from datasets.forms import ChartForm
from datasets.models import Chart, Dataset
from datasets.selectors import charts_for, latest_release, opened_chart
from datasets.selectors.following import short_code, since_of
from datasets.services import charts
from datasets.views.building import builder_of, is_live, live
from datasets.views.common import DatasetView, may, membership_of, signed_in
from datasets.views.showing import ShownChart, show, status_of, was_sent
from datasets.wording import language
from portal.views import PortalView

PAGE = 30
OPENED = "sparad"
"""What names, in the address of a chart, the saved one that it was opened from."""


class ChartView(DatasetView):
    """The finding in a sentence, the picture, how to read it, the table, and what one may do with it."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        chosen = request.GET.get("f-table", "")
        if chosen and chosen != request.GET.get("table", ""):
            # Another table has other breakdowns: it begins with its own first view, and its own form.
            return _leave_for(request, f"{request.path}?{_query(request, table=chosen)}")
        place = tenant_of(request).code
        shown = show(self.dataset(), request.GET, lang=language(), place=place)
        opened = getattr(shown.dataset, "opened", None)
        kept = f"&{OPENED}={opened['id']}" if opened else ""
        if was_sent(request) and not shown.problem and not is_live(request):
            return redirect(f"{request.path}?{shown.link}{kept}")
        may_save = may(request, "datasets.save_chart")
        context = context_of(shown, slug) | {
            "form": ChartForm(initial=_saved_as(shown, opened)) if may_save else None,
            "is_own": shown.dataset.tenant_id == tenant_of(request).pk,
            "opened": opened,
            "here": f"{request.path}?{shown.link}{kept}",
            **builder_of(shown, request.path, tenant_of(request), lang=language(), kept=kept),
        }
        if is_live(request):
            return live(request, shown, context)
        return render(request, "datasets/chart_view.html", context, status=status_of(shown))

    def among(self) -> QuerySet[Dataset]:
        chart_id, found = _opened_id(self.request.GET), super().among()
        if chart_id is None or not may(self.request, "datasets.save_chart"):
            return found
        return found.annotate(opened=opened_chart(chart_id, tenant_of(self.request)))


class ChartSaveView(DatasetView):
    """Keeps a view under a name of its own, or in place of the one of the saved chart that was opened."""

    permission = "datasets.save_chart"

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset, form = self.dataset(), ChartForm(request.POST)
        data = QueryDict(mutable=True)
        if form.is_valid():
            data = QueryDict(form.cleaned_data["query"], mutable=True)
            data["table"] = form.cleaned_data["table"]
        shown = show(dataset, data, lang=language(), place=tenant_of(request).code)
        if form.is_valid() and not shown.problem:
            try:
                chart = self.save(request, form.cleaned_data, shown)
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%s is saved.") % chart.title)
                return redirect("chart-detail", slug=slug, chart_id=chart.pk)
        context = context_of(shown, slug) | {"form": form, "opened": getattr(dataset, "opened", None)}
        return render(request, "datasets/chart_view.html", context, status=422)

    def among(self) -> QuerySet[Dataset]:
        chart_id, found = _opened_id(self.request.POST), super().among()
        if chart_id is None:
            return found
        return found.annotate(opened=opened_chart(chart_id, tenant_of(self.request)))

    @transaction.atomic
    def save(self, request: HttpRequest, given: dict[str, Any], shown: ShownChart) -> Chart:
        """The chart that was asked for: the opened one with the new view, or one more."""
        release = shown.release if given["is_frozen"] else None
        view: dict[str, Any] = {
            "table_code": shown.table.code,
            "query": given["query"],
            "title": given["title"],
            "note": given["note"],
            "by": signed_in(request),
        }
        if request.POST.get("deed") != "over":
            return charts.chart_save(dataset=shown.dataset, release=release, **view)
        chart_id = _opened_id(request.POST)
        own = charts_for(shown.dataset).filter(tenant=tenant_of(request))
        chart = charts.chart_save_over(chart=get_object_or_404(own, pk=chart_id), **view)
        if release is not None:
            charts.chart_freeze(chart=chart, release=release, by=signed_in(request))
        return chart


class ChartListView(PortalView):
    """The views that people here have saved."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        page = Paginator(charts_for(), PAGE).get_page(request.GET.get("page"))
        return render(request, "datasets/chart_list.html", {"page": page})


class SavedChartView(PortalView):
    """A page about one saved view."""

    is_abstract = True

    def chart(self) -> Chart:
        """The saved view of the address, fetched once."""
        found = getattr(self, "_chart", None)
        if found is None:
            found = self._chart = get_object_or_404(charts_for(), pk=self.kwargs["chart_id"])
        return found

    def may_open(self, request: HttpRequest) -> bool:
        return super().may_open(request) or (
            membership_of(request) is not None and request.user.has_perm(str(self.permission), self.chart())
        )


class ChartDetailView(SavedChartView):
    """A saved view, with its newest figures or those that it was frozen to."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = self.chart()
        shown = show(chart.dataset, link_of(chart), lang=language(), place=tenant_of(request).code)
        context: dict[str, Any] = context_of(shown, slug, stays=chart.is_frozen)
        context |= {
            "chart": chart,
            "since": since_of([(chart, shown.spec)], language()).get(chart.pk),
            "newest_url": f"{context['chart_url']}?{urlencode({'table': chart.table_code})}&{chart.query}",
            "download_url": f"{context['download_url']}&diagram={chart.pk}",
            "share_url": reverse("chart-short", args=[slug, short_code(chart)]),
            "opened_key": OPENED,
            "may_change": chart.tenant_id == tenant_of(request).pk and may(request, "datasets.save_chart"),
        }
        context |= sharing_of(chart, shown.spec, may(request, "datasets.open_to_public") and context["may_change"])
        return render(request, "datasets/chart_detail.html", context)


class ChartFreezeView(SavedChartView):
    """Keeps a saved view at the newest figures."""

    permission = "datasets.save_chart"

    def post(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        chart = self.own_chart(request)
        newest = latest_release(chart.dataset)
        if newest is None:
            raise Http404
        try:
            charts.chart_freeze(chart=chart, release=newest, by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The chart stays at these figures."))
        return redirect("chart-detail", slug=slug, chart_id=chart_id)

    def own_chart(self, request: HttpRequest) -> Chart:
        """A chart that this tenant itself saved."""
        return get_object_or_404(charts_for(), pk=self.kwargs["chart_id"], tenant=tenant_of(request))


class ChartRemoveView(ChartFreezeView):
    """Removes a saved view; the figures stay."""

    permission = "datasets.save_chart"

    def post(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponse:
        try:
            charts.chart_remove(chart=self.own_chart(request), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
            return redirect("chart-detail", slug=slug, chart_id=chart_id)
        messages.success(request, _("The chart is removed. The figures are where they were."))
        return redirect("chart-list", slug=slug)


def context_of(shown: ShownChart, slug: str, *, stays: bool | None = None) -> dict[str, Any]:
    """What a chart's page needs, with the addresses inside the tenant at work."""
    where = [slug, shown.dataset.pk]
    return shown.context(
        language(), reverse("chart-view", args=where), reverse("download-choose", args=where), stays=stays
    )


def link_of(chart: Chart) -> QueryDict:
    """What a saved view asks for."""
    data = QueryDict(chart.query, mutable=True)
    data["table"] = chart.table_code
    if chart.release is not None:
        data["utgava"] = str(chart.release.number)
    return data


def _leave_for(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, also where only a part of this one was asked for."""
    if is_live(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _query(request: HttpRequest, **wanted: str) -> str:
    data = QueryDict(mutable=True)
    data.update(wanted)
    for name in ("utgava", OPENED):
        if value := request.GET.get(name):
            data[name] = value
    return data.urlencode()


def _opened_id(data: QueryDict) -> UUID | None:
    """The saved chart that somebody opened to change it."""
    try:
        return UUID(data.get(OPENED, ""))
    except ValueError:
        return None


def _saved_as(shown: ShownChart, opened: dict[str, Any] | None) -> dict[str, str]:
    title = " · ".join(filter(None, (shown.spec.title, shown.spec.subtitle)))
    named = {"title": opened["title"], "note": opened["note"]} if opened else {"title": title[:200]}
    return {**named, "query": shown.selection.to_query(), "table": shown.table.code}
