"""A public chart for other sites' frames: no cookie, no session, no script, a link back to its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt

from datasets.charts import chart_table
from datasets.embedding import Drawn
from datasets.models import Chart
from datasets.selectors import charts_for
from datasets.views.charts import link_of
from datasets.views.downloads import PUBLIC_FOR, outgoing_of, public_place_of
from datasets.views.public import PublicView
from datasets.views.showing import ShownChart, show
from datasets.wording import language
from portal.views import PUBLIC

IN_ANY_FRAME = {"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]}
"""Anyone may frame these pages, and nothing on them runs or sends."""


@method_decorator((xframe_options_exempt, csp_replace(IN_ANY_FRAME)), name="dispatch")
class EmbedView(PublicView):
    """One view of an open data set, in a frame."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponseBase:
        dataset = self.dataset()
        return self.frame(request, show(dataset, request.GET, lang=language(), place=dataset.tenant.code))

    def frame(self, request: HttpRequest, shown: ShownChart, chart: Chart | None = None) -> HttpResponse:
        """The page in the frame."""
        place = public_place_of(shown.dataset)
        outgoing = outgoing_of(shown, place, chart=chart)
        context: dict[str, Any] = {
            "spec": shown.spec.as_json(),
            "table": chart_table(shown.spec),
            "drawn": Drawn.of(shown.spec),
            "imprint": outgoing.imprint,
            "facts": [fact for fact in outgoing.imprint.facts() if fact.key in _UNDER],
            "owner": shown.dataset.tenant,
            "problem": shown.problem,
        }
        response = render(request, "datasets/embed_view.html", context, status=400 if shown.problem else 200)
        response["Cache-Control"] = PUBLIC_FOR
        return response


class EmbedChartView(EmbedView):
    """A saved chart that was opened to everyone, in a frame."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, chart_id: UUID) -> HttpResponseBase:  # type: ignore[override]
        chart = public_chart(slug, chart_id)
        shown = show(chart.dataset, link_of(chart), lang=language(), place=chart.tenant.code)
        return self.frame(request, shown, chart)


def public_chart(slug: str, chart_id: UUID) -> Chart:
    """A saved chart that anyone may see; 404 where there is none, or its data set is not open."""
    found = charts_for().select_related("tenant", "dataset__tenant", "release")
    return get_object_or_404(found, pk=chart_id, tenant__slug=slug)


_UNDER = (
    "note", "caution", "framing", "break", "pooled", "processing", "updated", "release", "revised", "licence",
)  # fmt: skip
"""What stands under the chart in a frame, beside source, reasons and link; the rest is on the page it leads to."""
