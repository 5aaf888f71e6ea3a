"""The draft of a region's system map: begun, changed, published or thrown away by its admins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import tenant_of
from datasets.errors import DatasetsError
from datasets.forms.mapping import PublishMapForm
from datasets.models import SystemMapVersion
from datasets.selectors.system_map import current_map, map_draft
from datasets.services import system_map
from datasets.system_map import SystemMap, changes_between
from datasets.views.common import signed_in
from datasets.views.system_map import may_edit, version_of
from datasets.wording import language
from datasets.wording.system_map import changes_in_words, said_layers
from portal.views import PortalView


class DraftView(PortalView):
    """A page of a region's admins; a municipality has none."""

    is_abstract = True

    def may_open(self, request: HttpRequest) -> bool:
        return may_edit(request)

    def draft(self) -> SystemMapVersion:
        """The draft; 404 where nobody has begun one."""
        found = map_draft()
        if found is None:
            raise Http404
        return found

    def content(self) -> SystemMap:
        """The map of the draft."""
        return SystemMap.from_json(self.draft().content)


class SystemMapBeginView(DraftView):
    """Begins the next version, from the map as it is."""

    permission = "datasets.edit_system_map"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            system_map.system_map_begin(region=tenant_of(request), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        return redirect("system-map-draft", slug=slug)


class SystemMapRestoreView(DraftView):
    """Begins the next version from an older one."""

    permission = "datasets.edit_system_map"

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        version = version_of(request, number)
        try:
            system_map.system_map_begin(region=tenant_of(request), by=signed_in(request), version=version)
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, _("The draft is as version %(number)s was. Publish it to go back.") % {"number": number}
            )
        return redirect("system-map-draft", slug=slug)


class SystemMapDraftView(DraftView):
    """What the draft changes, everything in it to change, and publishing it with words why."""

    permission = "datasets.edit_system_map"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, PublishMapForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = PublishMapForm(request.POST)
        if form.is_valid():
            try:
                version = system_map.system_map_publish(
                    draft=self.draft(), why=form.cleaned_data["why"], by=signed_in(request)
                )
            except DatasetsError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("Version %(number)s is published. Your municipalities see it now.")
                    % {"number": version.number},
                )
                return redirect("system-map", slug=slug)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: PublishMapForm, status: int = 200) -> HttpResponse:
        lang, draft = language(), map_draft()
        if draft is None:
            return render(request, "datasets/system_map_draft.html", {"draft": None})
        current, content = current_map(tenant_of(request)), SystemMap.from_json(draft.content)
        context: dict[str, Any] = {
            "draft": draft,
            "form": form,
            "version": current.version,
            "changes": changes_in_words(changes_between(current.map, content), lang),
            "layers": said_layers(content, lang),
            "influences": _influences(content, lang),
        }
        return render(request, "datasets/system_map_draft.html", context, status=status)


class SystemMapDiscardView(DraftView):
    """Throws the draft away."""

    permission = "datasets.edit_system_map"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, "datasets/system_map_discard.html", {"draft": self.draft()})

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            system_map.system_map_discard(draft=self.draft(), by=signed_in(request))
        except DatasetsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The draft is thrown away. The map is as it was."))
        return redirect("system-map", slug=slug)


def _influences(content: SystemMap, lang: str) -> list[dict[str, Any]]:
    """Every influence of the draft, hidden ones too, in the order of the list."""
    return [
        {"source": factor, "out": influence, "is_hidden": _is_hidden(content, factor.key, influence.key)}
        for layer in said_layers(content, lang)
        for factor in layer.factors
        for influence in factor.out
    ]


def _is_hidden(content: SystemMap, source: str, target: str) -> bool:
    found = content.find_influence(source, target)
    return found is not None and found.is_hidden
