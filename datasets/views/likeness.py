"""Municipalities like ours: who they are, why, and by what they are found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.errors import DatasetsError
from datasets.models import Likeness
from datasets.selectors.likeness import MOST_WEIGHT, Candidate, candidates, likeness_of
from datasets.services.likeness import likeness_make
from datasets.views.common import may, signed_in
from datasets.wording import language, title_of
from datasets.wording.likeness import WEIGHTS, named_variables, shown_places
from portal.views import PortalView

MAY_CHANGE = "datasets.set_comparison"


class LikenessDetailView(PortalView):
    """The list with its reasons, and for those who may change it the weights."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, "datasets/likeness_detail.html", likeness_context(request))


class LikenessChangeView(PortalView):
    """Makes the list anew, by the weights that were chosen."""

    permission = MAY_CHANGE

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        weights = None
        if "weighed" in request.POST:
            given = {key.removeprefix("w-"): str(value) for key, value in request.POST.items() if key[:2] == "w-"}
            allowed = {str(weight): weight for weight in range(MOST_WEIGHT + 1)}
            weights = {key: allowed.get(value, 0) for key, value in given.items()}
        tenant = tenant_of(request)
        try:
            made = likeness_make(tenant=tenant, lang=language(), by=signed_in(request), weights=weights)
        except DatasetsError as refusal:
            context = likeness_context(request) | {"problem": str(refusal)}
            return render(request, "datasets/likeness_detail.html", context, status=422)
        messages.success(request, _("The list is made: %s.") % made)
        return redirect("likeness-detail", slug=slug)


def likeness_context(request: HttpRequest) -> dict[str, Any]:
    """The list as the page shows it, and what it can be made of for those who may change it."""
    tenant, lang = tenant_of(request), language()
    made = likeness_of(tenant.pk)
    may_change = may(request, MAY_CHANGE)
    found = candidates(tenant, lang) if may_change else []
    variables = named_variables(made, lang) if made else []
    weights = {one["key"]: one["weight"] for one in variables}
    return {
        "made": made,
        "places": shown_places(made, lang) if made else [],
        "used": [one for one in variables if one["weight"]],
        "left_out": [one["name"] for one in variables if made and one["key"] in made.left_out],
        "may_change": may_change,
        "choices": choices_of(found, made, weights),
        "weights": WEIGHTS,
    }


def choices_of(found: list[Candidate], made: Likeness | None, weights: dict[str, int]) -> dict[str, list[Any]]:
    """What places may be compared by: what counts now, and all else that could."""
    lang = language()
    choices = [
        {
            "key": str(one.dataset.pk),
            "name": title_of(one.dataset, lang),
            "count": len(one.found.values),
            "time": one.found.time,
            "weight": weights.get(str(one.dataset.pk), 0) if made else one.default_weight,
        }
        for one in found
    ]
    return {
        "counting": [choice for choice in choices if choice["weight"]],
        "others": [choice for choice in choices if not choice["weight"]],
    }
