"""Activities: the list, a new one, one with its chain and indicators, and changing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.selectors.system_map import current_map, factor_choices
from dialogues.activities.chain import links_of, pictures_of
from dialogues.activities.indicators import followed
from dialogues.errors import DialogueError
from dialogues.forms.activities import (
    ActivityAddForm,
    ActivityForm,
    ActivityMoveForm,
    ActivitySearchForm,
    IndicatorAddForm,
)
from dialogues.forms.choosing import uuid_of
from dialogues.models import Activity, NextStep, Note
from dialogues.selectors import activities as found
from dialogues.selectors.activity_voices import voices_of
from dialogues.services.activities import activity_add, activity_change, activity_move
from dialogues.states import ACTIVITY_TRANSITIONS
from dialogues.views.common import language, membership_of, signed_in
from dialogues.wording import theme_in_words
from portal.views import PortalView

PAGE = 20


class ActivityListView(PortalView):
    """What is going on and planned, found by search, with how it divides into kinds."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        form = ActivitySearchForm(request.GET, lang=language(), factors=factor_choices(tenant, language()))
        activities = found.activities_for(form.search(signed_in(request)))
        counted = found.kinds_counted(activities)
        kinds = [*Activity.Kind.choices, ("", _("Not said yet"))]
        context = {
            "form": form,
            "is_filtered": form.is_filtered,
            "page": Paginator(activities, PAGE).get_page(request.GET.get("page")),
            "mix": [{"kind": kind, "label": label, "n": counted.get(kind, 0)} for kind, label in kinds],
            "total": sum(counted.values()),
            "may_manage": request.user.has_perm("dialogues.manage_activity", tenant),
            "query": "&".join(part for part in request.GET.urlencode().split("&") if not part.startswith("page=")),
        }
        return render(request, "dialogues/activities/activity_list.html", context)


class ActivityAddView(PortalView):
    """A name and who answers for it, by itself or from a note or a next step."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        note, step = self.source(request.GET)
        text = note.text if note else step.text if step else request.GET.get("titel", "")
        initial = {"title": " ".join(text.split())[:200], "responsible": step.owner_id if step else None}
        return self.show(request, ActivityAddForm(initial=initial), note, step)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        note, step = self.source(request.POST)
        form = ActivityAddForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, note, step, status=422)
        activity = activity_add(by=signed_in(request), note=note, step=step, **form.cleaned_data)
        messages.success(request, _("The activity is here. Say more about it when you know more."))
        return redirect("activity-detail", slug, activity.pk)

    def source(self, sent: Any) -> tuple[Note | None, NextStep | None]:
        """The note or the step that the address names, if it is one of ours."""
        note, step = uuid_of(sent.get("anteckning")), uuid_of(sent.get("steg"))
        return found.note_for_activity(note) if note else None, found.step_for_activity(step) if step else None

    def show(
        self,
        request: HttpRequest,
        form: ActivityAddForm,
        note: Note | None,
        step: NextStep | None,
        status: int = 200,
    ) -> HttpResponse:
        ideas = found.ideas_in_dialogues() if note is None and step is None else []
        context = {"form": form, "note": note, "step": step, "ideas": ideas}
        return render(request, "dialogues/activities/activity_add.html", context, status=status)


class ActivityView(PortalView):
    """A page about one activity."""

    is_abstract = True

    def activity(self) -> Activity:
        """The activity of the address, fetched once; 404 in another municipality."""
        kept = getattr(self, "_activity", None)
        if kept is None:
            activities = Activity.in_scope().select_related(
                "department", "responsible", "note__dialogue", "step__dialogue"
            )
            kept = self._activity = get_object_or_404(activities, pk=self.kwargs["activity_id"])
        return kept

    def may_open(self, request: HttpRequest) -> bool:
        return super().may_open(request) and self.activity() is not None

    def back(self) -> HttpResponse:
        """To the activity's page."""
        return redirect("activity-detail", self.kwargs["slug"], self.activity().pk)


class ActivityDetailView(ActivityView):
    """Its chain, its indicators with the start marked, and what is known of it."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        activity, tenant, lang = self.activity(), tenant_of(request), language()
        links = links_of(activity)
        names = current_map(tenant).label if activity.factors else None
        may_manage = request.user.has_perm("dialogues.manage_activity", tenant)
        context = {
            "activity": activity,
            "source": activity.note or activity.step,
            "theme": theme_in_words(activity.theme, lang),
            "factors": [(key, label) for key in activity.factors if names and (label := names(key, lang))],
            "links": links,
            "has_chain": any(link.said for link in links),
            "pictures": pictures_of(links),
            "followed": followed(activity, membership_of(request), lang),
            "voices": voices_of(activity),
            "may_manage": may_manage,
            "ways": _ways(activity) if may_manage else [],
        }
        return render(request, "dialogues/activities/activity_detail.html", context)


def _ways(activity: Activity) -> list[dict[str, Any]]:
    """The states that it can go to, in words for a button, in the order in which they are used."""
    words = {
        Activity.State.ONGOING: _("It has begun") if activity.state == "planned" else _("Go on with it"),
        Activity.State.PAUSED: _("Pause it"),
        Activity.State.DONE: _("It is finished"),
        Activity.State.DROPPED: _("Drop it"),
        Activity.State.PLANNED: _("Plan it again"),
    }
    targets = ACTIVITY_TRANSITIONS[Activity.State(activity.state)]
    return [{"to": to.value, "label": label} for to, label in words.items() if to in targets]


class ActivityEditView(ActivityView):
    """Says more about an activity."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        activity = self.activity()
        initial = {name: getattr(activity, name) for name in ActivityForm.base_fields}
        return self.show(request, self.form(request, None, initial=initial))

    def post(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        self.activity()
        form = self.form(request, request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        activity_change(activity=self.activity(), by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.back()

    def form(self, request: HttpRequest, data: Any, **given: Any) -> ActivityForm:
        """The form with what can be chosen here."""
        factors = factor_choices(tenant_of(request), language())
        return ActivityForm(data, lang=language(), factors=factors, **given)

    def show(self, request: HttpRequest, form: ActivityForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "activity": self.activity()}
        return render(request, "dialogues/activities/activity_edit.html", context, status=status)


class ActivityMoveView(ActivityView):
    """Begins, pauses, finishes or drops an activity."""

    permission = "dialogues.manage_activity"

    def post(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        activity, form = self.activity(), ActivityMoveForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Choose what becomes of the activity."))
            return self.back()
        try:
            to = Activity.State(form.cleaned_data["to"])
            activity_move(activity=activity, to=to, line=form.cleaned_data["line"], by=signed_in(request))
        except DialogueError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
        return self.back()


def indicator_choices(request: HttpRequest, activity: Activity, data: Any = None) -> IndicatorAddForm:
    """The form of a new indicator, with the figures that are fit for one."""
    charts, datasets = found.followable(activity, membership_of(request))
    return IndicatorAddForm(data, charts=charts, datasets=datasets)


def address_of(activity: Activity, slug: str) -> str:
    """The activity's page, at its indicators."""
    return reverse("activity-detail", args=[slug, activity.pk]) + "#indicators"
