"""Whether a closed data set is told of in the catalogue of open data, and in which words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.errors import DatasetsError
from datasets.models import CatalogueListing, Dataset
from datasets.services import cataloguing
from datasets.views.common import DatasetView, membership_of, signed_in
from portal.tenancy.scope import PUBLIC_AUDIENCE
from portal.views import PortalView


class ListingForm(forms.Form):
    """The words that everyone will read."""

    description = forms.CharField(
        label=gettext_lazy("What it is about"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("No figures and no names. Say what is counted, since when, and how to ask for it."),
    )
    description_en = forms.CharField(
        label=gettext_lazy("The same in English"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    contact = forms.EmailField(
        label=gettext_lazy("E-mail address of a function"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Where one can ask. Never a person's own address."),
    )


class CatalogueListingView(DatasetView):
    """Tells everyone that a closed data set exists, or no longer."""

    permission = "datasets.open_to_public"

    def may_open(self, request: HttpRequest) -> bool:
        return PortalView.may_open(self, request) and self.dataset().tenant_id == membership_of(request).tenant_id

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset = self.dataset()
        told = CatalogueListing.objects.own().filter(dataset=dataset).first()
        source: Any = told or dataset
        initial = {
            "description": source.description,
            "description_en": source.description_en,
            "contact": source.contact if _is_email(source.contact) else "",
        }
        return self.show(request, dataset, ListingForm(initial=initial))

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset, form = self.dataset(), ListingForm(request.POST)
        try:
            if request.POST.get("deed") == "hide":
                cataloguing.catalogue_listing_hide(dataset=dataset, by=signed_in(request))
                messages.success(request, _("The catalogue tells nothing of it any more."))
                return redirect("dataset-detail", slug=slug, dataset_id=dataset_id)
            if form.is_valid():
                cataloguing.catalogue_listing_show(dataset=dataset, by=signed_in(request), **form.cleaned_data)
                messages.success(request, _("The catalogue tells that it exists. The figures stay with you."))
                return redirect("dataset-detail", slug=slug, dataset_id=dataset_id)
        except DatasetsError as refusal:
            form.add_error(None, str(refusal))
        return self.show(request, dataset, form, status=422)

    def show(self, request: HttpRequest, dataset: Dataset, form: ListingForm, status: int = 200) -> HttpResponse:
        context = {
            "dataset": dataset,
            "form": form,
            "is_open": dataset.audience_id == PUBLIC_AUDIENCE,
            "told": CatalogueListing.objects.own().filter(dataset=dataset).first(),
            "catalogue_url": reverse("catalogue"),
        }
        return render(request, "datasets/catalogue_listing.html", context, status=status)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
