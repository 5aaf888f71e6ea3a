"""What a region sees of dialogues in its municipalities, and sharing a wish with it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.errors import DialogueError
from dialogues.forms.data_wishes import WishShareForm
from dialogues.models import DialogueCounts, SharedWish
from dialogues.selectors.data_wishes import data_wishes
from dialogues.services.counting import NO_THEME, totals_of, wish_share
from dialogues.views.common import language, signed_in
from dialogues.wording import theme_in_words
from portal.views import PortalView

MOST_WISHES = 100


class CountyView(PortalView):
    """How many dialogues, on what, with how much done; and the wishes that municipalities chose to share."""

    permission = "accounts.onboard_municipality"

    def may_open(self, request: HttpRequest) -> bool:
        return tenant_of(request).is_region and super().may_open(request)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        found = DialogueCounts.objects.select_related("tenant").exclude(tenant=tenant_of(request))
        rows = sorted(found, key=lambda row: row.tenant.sort_key)
        totals, lang = totals_of(rows), language()
        themes = [
            {"label": _("A theme of our own") if key == NO_THEME else theme_in_words(key, lang) or key, **counts}
            for key, counts in sorted(totals["themes"].items(), key=lambda item: -item[1]["held"])
        ]
        context = {
            "rows": [(row, totals_of([row])) for row in rows],
            "totals": totals,
            "themes": themes,
            "wishes": list(SharedWish.objects.select_related("tenant").order_by("theme", "text")[:MOST_WISHES]),
        }
        return render(request, "dialogues/county/county.html", context)


class WishShareView(PortalView):
    """Shows a wish to the region and its municipalities, in words that can be changed first."""

    permission = "dialogues.share_idea"

    def get(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        note = get_object_or_404(data_wishes(), pk=note_id)
        return self.show(request, WishShareForm(initial={"text": note.text[:500]}))

    def post(self, request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
        note, form = get_object_or_404(data_wishes(), pk=note_id), WishShareForm(request.POST)
        if form.is_valid():
            try:
                wish_share(note=note, text=form.cleaned_data["text"], by=signed_in(request))
            except DialogueError as refusal:
                form.add_error("text", str(refusal))
            else:
                messages.success(request, _("The wish is shared with the region and its municipalities."))
                return redirect("data-wish-list", slug)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: WishShareForm, status: int = 200) -> HttpResponse:
        return render(request, "dialogues/data_wishes/data_wish_share.html", {"form": form}, status=status)
