"""The system map as everyone here reads it: the picture, the list, and its versions."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.middleware import tenant_of
from datasets.models import SystemMapVersion
from datasets.selectors import DatasetSearch, datasets_for, near, with_releases
from datasets.selectors.system_map import current_map, map_draft, published_maps
from datasets.system_map import SystemMap, changes_between, picture_of, shipped_map
from datasets.views.common import may
from datasets.wording import language
from datasets.wording.system_map import changes_in_words, said_layers
from portal.views import PortalView


def may_edit(request: HttpRequest) -> bool:
    """Whether the person changes the map here: an admin of the region it belongs to."""
    return tenant_of(request).is_region and may(request, "datasets.edit_system_map")


def drawn(found: SystemMap, lang: str) -> dict[str, Any]:
    """A map as the templates need it: as a picture, and as a list with the same content."""
    shown = found.shown()
    return {"picture": picture_of(shown, lang), "layers": said_layers(shown, lang)}


class SystemMapView(PortalView):
    """What affects wellbeing and how it hangs together, to get ideas from."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        tenant = tenant_of(request)
        current = current_map(tenant)
        known = with_releases(datasets_for(DatasetSearch(near=near(tenant)))).values_list("factors", flat=True)
        context = drawn(current.map, language()) | {
            "version": current.version,
            "region": tenant.region,
            "may_edit": may_edit(request),
            "counts": Counter(key for keys in known for key in set(keys)),
        }
        return render(request, "datasets/system_map.html", context)


class SystemMapVersionListView(PortalView):
    """Every version that the region has published, with what was changed and why."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        context = {
            "versions": list(published_maps(tenant_of(request).region)),
            "region": tenant_of(request).region,
            "may_edit": may_edit(request),
        }
        return render(request, "datasets/system_map_version_list.html", context)


class SystemMapVersionDetailView(PortalView):
    """One version as it was, and how it differs from the one before."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        lang, region = language(), tenant_of(request).region
        version = get_object_or_404(published_maps(region), number=number)
        before = published_maps(region).filter(number__lt=number).first()
        content = SystemMap.from_json(version.content)
        differs = changes_between(SystemMap.from_json(before.content) if before else shipped_map(), content)
        context = drawn(content, lang) | {
            "version": version,
            "before": before,
            "changes": changes_in_words(differs, lang),
            "is_newest": version == published_maps(region).first(),
            "may_restore": may_edit(request),
            "has_draft": may_edit(request) and map_draft() is not None,
        }
        return render(request, "datasets/system_map_version_detail.html", context)


def version_of(request: HttpRequest, number: int) -> SystemMapVersion:
    """A published version of the region's own; 404 where there is none."""
    return get_object_or_404(published_maps(tenant_of(request)), number=number)
