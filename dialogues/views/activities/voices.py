"""Choosing the voices of an activity."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from dialogues.errors import DialogueError
from dialogues.forms.activity_voices import ActivityVoicesForm
from dialogues.selectors.activity_voices import voices_of, voices_to_choose
from dialogues.services.activity_voices import voices_choose
from dialogues.views.activities.pages import ActivityView
from dialogues.views.common import signed_in


class ActivityVoicesView(ActivityView):
    """Ticks the voices that stand beside an activity; those about the same thing come first."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        return self.show(request, self.form())

    def post(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            voices_choose(activity=self.activity(), voices=form.chosen(), by=signed_in(request))
        except DialogueError as refusal:
            form.add_error("voices", str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("Saved."))
        return self.back()

    def form(self, data: Any = None) -> ActivityVoicesForm:
        """The form with the voices that fit what is searched for, and those chosen already."""
        activity = self.activity()
        offered = voices_to_choose(activity, tenant_of(self.request), self.words())
        initial = {"voices": [str(one.pk) for one in voices_of(activity)]}
        return ActivityVoicesForm(data, initial=initial, voices=offered)

    def words(self) -> str:
        """What is searched for."""
        return self.request.GET.get("q", "").strip()[:100]

    def show(self, request: HttpRequest, form: ActivityVoicesForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "activity": self.activity(), "words": self.words()}
        return render(request, "dialogues/activities/activity_voices.html", context, status=status)
