"""What stands around a chart that can be built further: comparisons, years put together, and the live preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Tenant
from datasets.charts import Beside, Offer, Selection, offers, pool_offer
from datasets.selectors import about_of
from datasets.selectors.likeness import likeness_of
from datasets.views.showing import ShownChart

BESIDE: Mapping[Beside, Promise] = {
    Beside.COUNTY: _("The county"),
    Beside.COUNTRY: _("The country"),
    Beside.LIKE: _("Municipalities like ours"),
    Beside.SPREAD: _("All municipalities"),
    Beside.TREND: _("Our own trend"),
}


def builder_of(shown: ShownChart, page: str, tenant: Tenant, *, lang: str, kept: str = "") -> dict[str, Any]:
    """What the page of a chart offers beside its form. `page` is the chart's address without its query.

    `kept` ends every address: what must not be forgotten while somebody builds.
    """
    made = likeness_of(tenant.pk)

    def address(selection: Selection) -> str:
        return f"{page}?{shown.link_to(selection)}{kept}"

    found = offers(
        shown.cube, shown.selection, place=tenant.code, like=made.codes if made is not None else (), lang=lang
    )
    pool = pool_offer(shown.cube, shown.selection, about_of(shown.dataset))
    return {
        "offers": [
            {"label": BESIDE[offer.beside], "url": address(offer.selection), "is_on": offer.is_on}
            for offer in found
            if offer.selection is not None
        ],
        "refused": [
            {"key": offer.beside, "label": BESIDE[offer.beside], "problem": offer.problem}
            for offer in found
            if offer.selection is None
        ],
        "beside_url": _beside_url(shown, found, tenant),
        "like_url": reverse("likeness-detail", args=[tenant.slug]),
        "is_like": shown.selection.is_like,
        "pool": pool and {"offer": pool, "url": address(pool.selection)},
        "apart_url": address(apart(shown.selection)) if shown.selection.pool else "",
    }


def _beside_url(shown: ShownChart, found: Sequence[Offer], tenant: Tenant) -> str:
    """Where figures that have neither county nor country of their own find official ones; else empty."""
    larger = {offer.beside for offer in found if offer.selection is not None} & {Beside.COUNTY, Beside.COUNTRY}
    if larger or not shown.dataset.factors:
        return ""
    return f"{reverse('chart-beside', args=[tenant.slug, shown.dataset.pk])}?{shown.link}"


def apart(selection: Selection) -> Selection:
    """The view with each year by itself again."""
    return replace(selection, pool=0)


def is_live(request: HttpRequest) -> bool:
    """Whether a page asks for the part that changes alone; going back asks for all of it."""
    asks = request.headers
    return asks.get("HX-Request") == "true" and asks.get("HX-History-Restore-Request") != "true"


def live(request: HttpRequest, shown: ShownChart, context: dict[str, Any]) -> HttpResponse:
    """The chart anew, and the parts of the form that follow from it; the address becomes the chart's own.

    A view that cannot be shown leaves the chart as it stands, and says why.
    """
    response = render(request, "datasets/chart_live.html", context)
    if shown.problem:
        response["HX-Reswap"] = "none"
    else:
        response["HX-Push-Url"] = str(context["here"])
    return response
