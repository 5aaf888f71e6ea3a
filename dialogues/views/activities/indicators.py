"""Indicators of an activity: chosen, aimed, removed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.charts import ChartSpec, SelectionError
from datasets.models import Dataset
from datasets.selectors import may_read
from dialogues.activities.indicators import NotFollowed, View, drawn_over_time, first_view
from dialogues.errors import DialogueError
from dialogues.forms.activities import IndicatorAddForm, IndicatorForm
from dialogues.models import ActivityIndicator
from dialogues.selectors.activities import followable
from dialogues.services.activities import indicator_add, indicator_aim, indicator_remove
from dialogues.views.activities.pages import ActivityView, address_of, indicator_choices
from dialogues.views.common import language, membership_of, signed_in


class IndicatorAddView(ActivityView):
    """Chooses which figures an activity is followed by."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        return self.show(request, indicator_choices(request, self.activity()))

    def post(self, request: HttpRequest, slug: str, activity_id: UUID) -> HttpResponse:
        form = indicator_choices(request, self.activity(), request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            dataset, view = self.chosen(request, form.cleaned_data["figures"])
            indicator = indicator_add(activity=self.activity(), dataset=dataset, view=view, by=signed_in(request))
        except (DialogueError, NotFollowed) as refusal:
            form.add_error("figures", str(refusal))
            return self.show(request, form, status=422)
        messages.success(request, _("Added. Say what you aim at, or leave it for now."))
        return redirect("activity-indicator", slug, self.activity().pk, indicator.pk)

    def chosen(self, request: HttpRequest, figures: str) -> tuple[Dataset, View]:
        """The data set and the view that were chosen, from what the person may read."""
        charts, datasets = followable(self.activity(), membership_of(request))
        kind, _colon, key = figures.partition(":")
        if kind == "chart":
            chart = next(one for one in charts if str(one.pk) == key)
            return chart.dataset, View(chart.table_code, chart.query)
        dataset = next(one for one in datasets if str(one.pk) == key)
        return dataset, first_view(dataset, tenant_of(request).code)

    def show(self, request: HttpRequest, form: IndicatorAddForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "activity": self.activity()}
        return render(request, "dialogues/activities/indicator_add.html", context, status=status)


class IndicatorView(ActivityView):
    """A page about one indicator of an activity, whose figures the person may read."""

    is_abstract = True

    def indicator(self) -> ActivityIndicator:
        """The indicator of the address; 404 where its figures are not this person's to read."""
        kept = getattr(self, "_indicator", None)
        if kept is None:
            found = ActivityIndicator.in_scope().filter(activity=self.activity())
            kept = get_object_or_404(found, pk=self.kwargs["indicator_id"])
            dataset = Dataset.objects.filter(pk=kept.dataset_id).first()
            if dataset is not None:
                kept.dataset = dataset
            kept.activity = self.activity()
            self._dataset = dataset
            self._indicator = kept
        return kept

    def may_read(self) -> bool:
        """Whether the figures are still shared with the person."""
        self.indicator()
        return self._dataset is not None and may_read(membership_of(self.request), self._dataset)

    def may_open(self, request: HttpRequest) -> bool:
        return super().may_open(request) and self.indicator() is not None


class IndicatorEditView(IndicatorView):
    """Says which line is followed, from when, and what is aimed at."""

    permission = "dialogues.manage_activity"

    def get(self, request: HttpRequest, slug: str, activity_id: UUID, indicator_id: UUID) -> HttpResponse:
        indicator = self.indicator()
        names = ("line", "baseline_period", "target", "target_period")
        initial = {name: getattr(indicator, name) for name in names}
        spec = self.spec()
        return self.show(request, IndicatorForm(initial=initial, spec=spec), spec)

    def post(self, request: HttpRequest, slug: str, activity_id: UUID, indicator_id: UUID) -> HttpResponse:
        spec = self.spec()
        form = IndicatorForm(request.POST, spec=spec)
        if form.is_valid():
            try:
                indicator_aim(indicator=self.indicator(), by=signed_in(request), **form.cleaned_data)
            except DialogueError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect(address_of(self.activity(), slug))
        return self.show(request, form, spec, status=422)

    def spec(self) -> ChartSpec:
        """The chart; 404 where it cannot be drawn for this person: then it can only be removed."""
        indicator = self.indicator()
        if not self.may_read():
            raise Http404
        try:
            return drawn_over_time(indicator.dataset, View(indicator.table_code, indicator.query), language())
        except (NotFollowed, SelectionError) as problem:
            raise Http404 from problem

    def show(self, request: HttpRequest, form: IndicatorForm, spec: ChartSpec, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"form": form, "activity": self.activity(), "spec": spec}
        return render(request, "dialogues/activities/indicator_edit.html", context, status=status)


class IndicatorRemoveView(IndicatorView):
    """Follows an activity by an indicator no more."""

    permission = "dialogues.manage_activity"

    def post(self, request: HttpRequest, slug: str, activity_id: UUID, indicator_id: UUID) -> HttpResponse:
        indicator_remove(indicator=self.indicator(), by=signed_in(request))
        messages.success(request, _("The indicator is removed. Its figures are where they were."))
        return redirect(address_of(self.activity(), slug))
