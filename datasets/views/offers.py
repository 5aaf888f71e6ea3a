"""The offer map: who offers what to which ages, and the gaps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from accounts.models import Tenant
from datasets.forms.offering import OfferSearchForm, OfferShareForm
from datasets.models import AgeBand, Offer
from datasets.reach import reach_of
from datasets.selectors import offer_gaps
from datasets.selectors.offers import offers_for
from datasets.selectors.system_map import current_map, factor_choices
from datasets.views.common import may
from datasets.wording import language
from portal.files.csv import csv_bytes
from portal.views import PUBLIC, PortalView


def shown_map(tenant: Tenant, form: OfferSearchForm) -> dict[str, Any]:
    """The grid, the gaps and the list that a search gives."""
    lang = language()
    labels = [pair for _layer, choices in form.factors for pair in choices]
    offers = list(offers_for(tenant, form.search()))
    rows = offer_gaps.by_factor(labels) if form.is_by_factor else offer_gaps.by_department(offers)
    is_whole = bool(offers) and not form.is_filtered
    return {
        "form": form,
        "offers": offers,
        "bands": list(AgeBand),
        "grid": offer_gaps.grid_of(offers, rows),
        "is_by_factor": form.is_by_factor,
        "is_filtered": form.is_filtered,
        "gaps": offer_gaps.gaps_in_words(offers) if is_whole else [],
        "factors_without": offer_gaps.factors_without(offers, labels) if is_whole else [],
        "labels": dict(labels),
        "lang": lang,
    }


def search_form(request: HttpRequest, tenant: Tenant) -> OfferSearchForm:
    """The conditions of the map, from the address."""
    return OfferSearchForm(request.GET, factors=factor_choices(tenant, language()))


class OfferListView(PortalView):
    """The map as a grid, its gaps in words, and each offer."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        context = shown_map(tenant, search_form(request, tenant)) | {
            "may_manage": may(request, "datasets.manage_offer"),
            "may_open": may(request, "datasets.open_to_public"),
            "share_form": OfferShareForm(),
            "query": request.GET.urlencode(),
        }
        return render(request, "datasets/offer_list.html", context)


class OfferPrintView(PortalView):
    """The map on paper, for a meeting."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        return render(request, "datasets/offer_print.html", shown_map(tenant, search_form(request, tenant)))


class OfferCsvView(PortalView):
    """The offers of a search as a file."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant, lang = tenant_of(request), language()
        form = search_form(request, tenant)
        current = current_map(tenant)
        offers = list(offers_for(tenant, form.search()))
        content = csv_bytes(
            [
                _("What is offered"), _("Kind"), _("Who offers it"), _("Ages"), _("For whom"),
                _("Factors of wellbeing"), _("In short"), _("Where"), _("Where one turns"), _("Web page"),
                _("Since"), _("Until"), _("Who may see it"),
            ],
            [_row(offer, [current.label(key, lang) for key in offer.factors]) for offer in offers],
            lang=lang,
        )  # fmt: skip
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="insatskarta.csv"'
        return response


class PublicOfferListView(PortalView):
    """What a municipality or region offers, as far as it has let anyone see it."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        owner = get_object_or_404(Tenant, slug=slug)
        band = request.GET.get("alder", "")
        offers = [
            offer
            for offer in offers_for(owner).filter(tenant=owner)
            if band not in AgeBand.values or band in offer.age_bands
        ]
        context = {"owner": owner, "offers": offers, "bands": list(AgeBand), "band": band}
        return render(request, "datasets/public_offer_list.html", context)


def _row(offer: Offer, factors: list[str]) -> list[str]:
    situations = {str(value): str(label) for value, label in Offer.Situation.choices}
    return [
        offer.title, offer.get_kind_display(), offer_gaps.provider_of(offer),
        ", ".join(str(AgeBand(band).label) for band in offer.age_bands),
        ", ".join(situations[one] for one in offer.situations), ", ".join(filter(None, factors)),
        offer.description, offer.place, offer.contact, offer.link,
        offer.since.isoformat() if offer.since else "", offer.until.isoformat() if offer.until else "",
        str(reach_of(offer).label),
    ]  # fmt: skip
