"""The factors and influences of a draft, each changed on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from datasets.errors import DatasetsError
from datasets.forms.mapping import FactorForm, InfluenceForm
from datasets.services import system_map
from datasets.system_map import own_key
from datasets.views.common import signed_in
from datasets.views.system_map_draft import DraftView
from datasets.wording import language


class FactorEditView(DraftView):
    """Changes a factor of the draft."""

    permission = "datasets.edit_system_map"

    def get(self, request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
        factor = self.content().find(key) if key else None
        if key and factor is None:
            raise Http404
        initial = FactorForm.initial_of(factor) if factor else {"layer": request.GET.get("lager", "")}
        return self.show(request, FactorForm(initial=initial, lang=language()), key)

    def post(self, request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
        content, form = self.content(), FactorForm(request.POST, lang=language())
        if key and content.find(key) is None:
            raise Http404
        if not form.is_valid():
            return self.show(request, form, key, status=422)
        key = key or own_key(form.cleaned_data["label"], (one.key for one in content.factors))
        try:
            system_map.factor_put(draft=self.draft(), factor=form.factor(key), by=signed_in(request))
        except DatasetsError as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, key, status=422)
        messages.success(request, _("Saved in the draft."))
        return redirect("system-map-draft", slug=slug)

    def show(self, request: HttpRequest, form: FactorForm, key: str, status: int = 200) -> HttpResponse:
        context = {"form": form, "is_new": not key, "name": form["label"].value() if key else ""}
        return render(request, "datasets/factor_edit.html", context, status=status)


class FactorAddView(FactorEditView):
    """Adds a factor to the draft."""

    permission = "datasets.edit_system_map"


class InfluenceEditView(DraftView):
    """Changes an influence of the draft: its direction, its sentence, whether it is shown."""

    permission = "datasets.edit_system_map"

    def get(self, request: HttpRequest, slug: str, source: str = "", target: str = "") -> HttpResponse:
        return self.show(request, self.form(None, source, target), not source)

    def post(self, request: HttpRequest, slug: str, source: str = "", target: str = "") -> HttpResponse:
        form = self.form(request.POST, source, target)
        if not form.is_valid():
            return self.show(request, form, not source, status=422)
        try:
            system_map.influence_put(draft=self.draft(), influence=form.influence(), by=signed_in(request))
        except DatasetsError as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, not source, status=422)
        messages.success(request, _("Saved in the draft."))
        return redirect("system-map-draft", slug=slug)

    def form(self, data: Any, source: str, target: str) -> InfluenceForm:
        """The form of the influence of the address, or of a new one; 404 for one that the map has not."""
        content, initial = self.content(), {}
        if source:
            found = content.find_influence(source, target)
            if found is None:
                raise Http404
            initial = InfluenceForm.initial_of(found)
        return InfluenceForm(data, initial=initial, content=content, lang=language(), is_new=not source)

    def show(self, request: HttpRequest, form: InfluenceForm, is_new: bool, status: int = 200) -> HttpResponse:
        return render(request, "datasets/influence_edit.html", {"form": form, "is_new": is_new}, status=status)


class InfluenceAddView(InfluenceEditView):
    """Adds an influence to the draft."""

    permission = "datasets.edit_system_map"
