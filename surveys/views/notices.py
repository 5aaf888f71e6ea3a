"""Where an official says whether they want mail about what waits in surveys."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.views import PortalView
from surveys.services.notices import notices_are_wanted, notices_choose
from surveys.views.common import signed_in


class NoticesForm(forms.Form):
    """One choice."""

    is_wanted = forms.BooleanField(label=gettext_lazy("Mail me when something waits for me"), required=False)


class NoticesView(PortalView):
    """One person's own choice, in this municipality."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = NoticesForm(initial={"is_wanted": notices_are_wanted(signed_in(request))})
        return render(request, "surveys/notices.html", {"form": form})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = NoticesForm(request.POST)
        form.is_valid()
        notices_choose(user=signed_in(request), is_wanted=form.cleaned_data["is_wanted"])
        messages.success(request, _("Your choice is saved."))
        return redirect("survey-notices", slug)
