"""A region's own versions of the system map: a draft, what is changed in it, and what is published."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.errors import DatasetsError
from datasets.models import SystemMapVersion
from datasets.selectors.system_map import current_map, published_maps
from datasets.system_map import MapError, MapFactor, MapInfluence, SystemMap, changes_between
from portal.audit.recording import record


@transaction.atomic
def system_map_begin(*, region: Tenant, by: User, version: SystemMapVersion | None = None) -> SystemMapVersion:
    """Begin the next version: from the map as it is, with what Växtkraft ships since; or from an older version.

    Raises DatasetsError where there is a draft already, and for whoever is no region.
    """
    if not region.is_region:
        raise DatasetsError(_("The map belongs to the region. Tell its admin what you miss in it."))
    content = current_map(region).map.with_news() if version is None else SystemMap.from_json(version.content)
    try:
        with transaction.atomic():
            draft: SystemMapVersion = SystemMapVersion.objects.create(content=content.to_json(), begun_by=by)
    except IntegrityError as error:
        raise DatasetsError(
            _("There is a draft already. Publish it or throw it away before you begin another.")
        ) from error
    record("system_map.begun", target=draft, by=by, from_version=version.number if version else None)
    return draft


@transaction.atomic
def factor_put(*, draft: SystemMapVersion, factor: MapFactor, by: User) -> None:
    """Change a factor of the draft, hide it, show it again, or add it. Raises DatasetsError."""
    _change(draft, lambda found: found.with_factor(factor))
    record("system_map.factor_changed", target=draft, by=by, factor=factor.key, is_hidden=factor.is_hidden)


@transaction.atomic
def influence_put(*, draft: SystemMapVersion, influence: MapInfluence, by: User) -> None:
    """Change an influence of the draft, hide it, show it again, or add it. Raises DatasetsError."""
    _change(draft, lambda found: found.with_influence(influence))
    record(
        "system_map.influence_changed", target=draft, by=by, source=influence.source, influenced=influence.target,
        is_hidden=influence.is_hidden,
    )  # fmt: skip


@transaction.atomic
def system_map_publish(*, draft: SystemMapVersion, why: str, by: User) -> SystemMapVersion:
    """Give the draft a number, and let the region's municipalities read it. Raises DatasetsError.

    `why` is read by everyone who sees the map; a version that changes nothing is not made.
    """
    region, locked = draft.tenant, _locked(draft)
    newest = published_maps(region).first()
    if newest is not None and not changes_between(
        SystemMap.from_json(newest.content), SystemMap.from_json(locked.content)
    ):
        raise DatasetsError(_("Nothing is changed yet. Change something first, or throw the draft away."))
    locked.number = 1 if newest is None or newest.number is None else newest.number + 1
    locked.why, locked.published_at, locked.published_by = why.strip(), timezone.now(), by
    locked.audience_id = region.members_audience
    locked.save()
    record("system_map.published", target=locked, by=by, number=locked.number)
    return locked


@transaction.atomic
def system_map_discard(*, draft: SystemMapVersion, by: User) -> None:
    """Throw the draft away; what was published stays as it is. Raises DatasetsError where there is none left."""
    locked = _locked(draft)
    record("system_map.discarded", target=locked, by=by)
    locked.delete()


def _change(draft: SystemMapVersion, change: Callable[[SystemMap], SystemMap]) -> None:
    locked = _locked(draft)
    try:
        locked.content = change(SystemMap.from_json(locked.content)).to_json()
    except MapError as error:
        raise DatasetsError(_("That leads outside the map. Choose two different factors of it.")) from error
    locked.save(update_fields=["content"])
    draft.content = locked.content


def _locked(draft: SystemMapVersion) -> SystemMapVersion:
    """The draft, held until the transaction ends, so that of two who change it both changes are kept."""
    drafts = SystemMapVersion.objects.own().select_for_update().filter(pk=draft.pk, published_at=None)
    found: SystemMapVersion | None = drafts.first()
    if found is None:
        raise DatasetsError(_("Somebody has published this draft or thrown it away meanwhile."))
    return found
