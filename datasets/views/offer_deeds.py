"""What is done with an offer: added, changed, ended, undone, shared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.middleware import tenant_of
from datasets.errors import DatasetsError
from datasets.forms.offering import OfferEndForm, OfferForm, OfferShareForm
from datasets.models import AgeBand, Offer
from datasets.reach import Reach, reach_of
from datasets.selectors import offer_gaps
from datasets.selectors.system_map import current_map, factor_choices
from datasets.services import offers
from datasets.views.common import may, signed_in
from datasets.wording import language
from portal.views import PortalView


def offer_form(request: HttpRequest, data: Any, **given: Any) -> OfferForm:
    """The form of an offer, with what may be chosen here."""
    return OfferForm(data, factors=factor_choices(tenant_of(request), language()), **given)


class OneOfferView(PortalView):
    """A page about one offer."""

    is_abstract = True

    def offer(self) -> Offer:
        """The offer of the address, one's own or a shared one."""
        found = Offer.objects.filter(withdrawn_at=None).select_related("department", "tenant")
        return get_object_or_404(found, pk=self.kwargs["offer_id"])

    def own_offer(self) -> Offer:
        """An offer of the tenant itself."""
        return get_object_or_404(Offer.objects.own().filter(withdrawn_at=None), pk=self.kwargs["offer_id"])

    def back(self) -> HttpResponse:
        """To the offer's page."""
        return redirect("offer-detail", slug=self.kwargs["slug"], offer_id=self.kwargs["offer_id"])


class OfferDetailView(OneOfferView):
    """One offer, and what may be done with it."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, offer_id: UUID) -> HttpResponse:
        offer, lang = self.offer(), language()
        current = current_map(tenant_of(request))
        is_own = offer.tenant_id == tenant_of(request).pk
        context = {
            "offer": offer,
            "provider": offer_gaps.provider_of(offer),
            "groups": [
                offer_gaps.group_in_words(AgeBand(band), Offer.Situation(situation))
                for band in offer.age_bands
                for situation in offer.situations
            ],
            "factors": [(key, label) for key in offer.factors if (label := current.label(key, lang))],
            "reach": reach_of(offer).label,
            "is_own": is_own,
            "may_manage": is_own and may(request, "datasets.manage_offer"),
            "may_open": is_own and may(request, "datasets.open_to_public"),
            "end_form": OfferEndForm(initial={"until": timezone.localdate()}),
            "share_form": OfferShareForm(initial={"reach": reach_of(offer)}),
        }
        return render(request, "datasets/offer_detail.html", context)


class OfferAddView(PortalView):
    """Puts an offer on the map."""

    permission = "datasets.manage_offer"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, "datasets/offer_edit.html", {"form": offer_form(request, None), "is_new": True})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = offer_form(request, request.POST)
        if form.is_valid():
            try:
                offer = offers.offer_add(by=signed_in(request), **form.cleaned_data)
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%s is on the map.") % offer.title)
                return redirect("offer-detail", slug=slug, offer_id=offer.pk)
        return render(request, "datasets/offer_edit.html", {"form": form, "is_new": True}, status=422)


class OfferEditView(OneOfferView):
    """Changes what is said of an offer."""

    permission = "datasets.manage_offer"

    def get(self, request: HttpRequest, slug: str, offer_id: UUID) -> HttpResponse:
        offer = self.own_offer()
        initial = {name: getattr(offer, name) for name in OfferForm.base_fields}
        return self.show(request, offer, offer_form(request, None, initial=initial))

    def post(self, request: HttpRequest, slug: str, offer_id: UUID) -> HttpResponse:
        offer, form = self.own_offer(), offer_form(request, request.POST)
        if form.is_valid():
            try:
                offers.offer_change(offer=offer, by=signed_in(request), **form.cleaned_data)
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved. You can undo it below."))
                return self.back()
        return self.show(request, offer, form, status=422)

    def show(self, request: HttpRequest, offer: Offer, form: OfferForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "offer": offer, "is_new": False}
        return render(request, "datasets/offer_edit.html", context, status=status)


class OfferEndView(OneOfferView):
    """Says until when it is offered."""

    permission = "datasets.manage_offer"

    def post(self, request: HttpRequest, slug: str, offer_id: UUID) -> HttpResponse:
        offer, form = self.own_offer(), OfferEndForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Choose the last day."))
            return self.back()
        try:
            offers.offer_end(offer=offer, until=form.cleaned_data["until"], by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The last day is noted. You can undo it below."))
        return self.back()


class OfferUndoView(OneOfferView):
    """Takes the latest deed back."""

    permission = "datasets.manage_offer"

    def post(self, request: HttpRequest, slug: str, offer_id: UUID) -> HttpResponse:
        try:
            offer = offers.offer_undo(offer=self.own_offer(), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
            return self.back()
        if offer.withdrawn_at:
            messages.success(request, _("%s is taken off the map again.") % offer.title)
            return redirect("offer-list", slug=slug)
        messages.success(request, _("Undone. It is as it was before."))
        return self.back()


class OfferShareView(OneOfferView):
    """Lets an offer be seen by more, or by fewer."""

    permission = "datasets.open_to_public"

    def post(self, request: HttpRequest, slug: str, offer_id: UUID) -> HttpResponse:
        offer, form = self.own_offer(), OfferShareForm(request.POST)
        if form.is_valid():
            offers.offer_share(offer=offer, reach=Reach(form.cleaned_data["reach"]), by=signed_in(request))
            messages.success(request, _("Saved."))
        return self.back()


class OfferShareAllView(PortalView):
    """Lets the whole map be seen by more, or by fewer."""

    permission = "datasets.open_to_public"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = OfferShareForm(request.POST)
        if form.is_valid():
            count = offers.offers_share(reach=Reach(form.cleaned_data["reach"]), by=signed_in(request))
            said = ngettext("Saved for %(count)s offer.", "Saved for %(count)s offers.", count)
            messages.success(request, said % {"count": count})
        return redirect("offer-list", slug=slug)
