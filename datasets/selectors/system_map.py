"""Reads of the system map: which version holds here, and what is known about a factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Tenant
from datasets.content import find_factor, layers
from datasets.cubes import pick
from datasets.models import Dataset, SystemMapVersion
from datasets.selectors import DatasetSearch, datasets_for, near, with_releases
from datasets.system_map import SystemMap, shipped_map


@dataclass(frozen=True)
class CurrentMap:
    """The map that holds in a region, and the version it is; without one it is the map that Växtkraft ships."""

    map: SystemMap
    version: SystemMapVersion | None

    def label(self, key: str, lang: str) -> str:
        """A factor's name here; nothing for one that is no longer known."""
        factor = self.map.find(key)
        return pick(factor.label, lang) if factor else ""


def published_maps(region: Tenant) -> QuerySet[SystemMapVersion]:
    """The versions that a region has published, the newest first."""
    found: QuerySet[SystemMapVersion] = SystemMapVersion.objects.filter(
        tenant_id=region.pk, published_at__isnull=False
    )
    return found.select_related("published_by").order_by("-number")


def map_draft() -> SystemMapVersion | None:
    """The draft of the region at work."""
    found: SystemMapVersion | None = SystemMapVersion.objects.own().filter(published_at=None).first()
    return found


def current_map(tenant: Tenant) -> CurrentMap:
    """The map that holds for a tenant: its region's newest version, else the one that Växtkraft ships."""
    newest = published_maps(tenant.region).first()
    return CurrentMap(SystemMap.from_json(newest.content) if newest else shipped_map(), newest)


def factor_choices(tenant: Tenant, lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The factors that are shown here as a form's choices, under the names of their layers."""
    shown = current_map(tenant).map.shown()
    return [
        (pick(layer.label, lang), [(one.key, pick(one.label, lang)) for one in shown.in_layer(layer.key)])
        for layer in layers()
    ]


def factor_names(keys: Sequence[str], current: CurrentMap, lang: str) -> list[str]:
    """What factors are called on a map; one that it lacks as Växtkraft ships it, and else its key."""
    shipped = {key: pick(found.label, lang) for key in keys if (found := find_factor(key))}
    return [current.label(key, lang) or shipped.get(key, key) for key in keys]


def datasets_about(factor: str, tenant: Tenant) -> QuerySet[Dataset]:
    """The data sets with figures about a factor that a tenant may see: its own, shared ones, open ones near."""
    found = with_releases(datasets_for(DatasetSearch(near=near(tenant))))
    return found.filter(factors__contains=[factor])
