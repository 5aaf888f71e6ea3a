"""Choosing to keep a round's answers for a shorter time."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.services.retention import LONGEST, retention_shorten
from surveys.views.common import REFUSALS, RoundView, signed_in


class RetentionForm(forms.Form):
    """For how many months the answers are kept."""

    months = forms.IntegerField(
        label=gettext_lazy("Months after the results are made"),
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy("It can be made shorter, never longer again."),
    )


class RoundRetentionView(RoundView):
    """Lets a round's answers be deleted sooner."""

    permission = "surveys.manage_round"

    def get(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        return self.show(request, RetentionForm(initial={"months": self.survey_round().kept_months}))

    def post(self, request: HttpRequest, slug: str, round_id: UUID) -> HttpResponse:
        form = RetentionForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            found = retention_shorten(
                survey_round=self.survey_round(), months=form.cleaned_data["months"], by=signed_in(request)
            )
        except REFUSALS as refusal:
            form.add_error("months", str(refusal))
            return self.show(request, form, status=422)
        messages.success(
            request,
            _("The answers are deleted %(months)s months after the results.") % {"months": found.kept_months},
        )
        return self.back()

    def show(self, request: HttpRequest, form: RetentionForm, status: int = 200) -> HttpResponse:
        """The form, or the form with what is wrong in it."""
        context = {"form": form, "survey_round": self.survey_round()}
        return render(request, "surveys/survey_round_retention.html", context, status=status)
