"""The municipality's choice whether two people look at sensitive data before it is published."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import AccountsError
from accounts.middleware import tenant_of
from accounts.models import User
from accounts.proving import ProvenView
from accounts.services.second_person import second_person_set


class SecondPersonForm(forms.Form):
    """On or off, and why off."""

    is_needed = forms.TypedChoiceField(
        label=gettext_lazy("Releases of sensitive data"),
        coerce=lambda value: value == "yes",
        choices=[
            ("yes", gettext_lazy("Wait for a second person, where there is one")),
            ("no", gettext_lazy("Are published by one person")),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=gettext_lazy("Why it is turned off"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Stands on this page, and the log says who turned it off."),
    )


class SecondPersonView(ProvenView):
    """Shows the choice and changes it."""

    permission = "accounts.manage_tenant"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        initial = {
            "is_needed": "yes" if tenant.needs_second_person else "no",
            "why": tenant.second_person_off_why,
        }
        return self.show(request, SecondPersonForm(initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = SecondPersonForm(request.POST)
        if form.is_valid():
            try:
                second_person_set(tenant=tenant_of(request), by=cast(User, request.user), **form.cleaned_data)
            except AccountsError as refusal:
                form.add_error("why", str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("second-person", slug=slug)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: SecondPersonForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/second_person.html", {"form": form}, status=status)
