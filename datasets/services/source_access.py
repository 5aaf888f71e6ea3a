"""How a job reaches a source: whom it speaks to, what it remembers between tries, and who must rest."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from accounts.models import Tenant
from datasets.connectors import Asker, Connector, Kind, Kolada, PxWebApi, PxWebApi1, PxWebApi2
from datasets.demo.sources import SyntheticSource
from datasets.models import SourcePiece
from datasets.services.files import places_known
from portal.jobs.running import JobContext

LONGEST_REST = 24 * 3600


class SharedRests:
    """Rests that every worker knows of; a source that asked for peace gets it from all of them."""

    def until(self, source: str) -> float:
        return float(cache.get(self._key(source), 0.0))

    def rest(self, source: str, until: float) -> None:
        cache.set(self._key(source), until, LONGEST_REST)

    @staticmethod
    def _key(source: str) -> str:
        return f"source-rests:{source}"


class KeptInDatabase:
    """Pieces of one subscription's fetch; each is safe as soon as it is there."""

    def __init__(self, job: JobContext, subscription_id: str) -> None:
        self._job, self._subscription_id = job, UUID(subscription_id)

    def get(self, key: str) -> bytes | None:
        with self._job.transaction():
            found = SourcePiece.in_scope().filter(subscription_id=self._subscription_id, key=key)
            content = found.values_list("content", flat=True).first()
        return None if content is None else bytes(content)

    def put(self, key: str, content: bytes) -> None:
        with self._job.transaction():
            SourcePiece.objects.get_or_create(
                subscription_id=self._subscription_id, key=key, defaults={"content": content}
            )


def connector_for(tenant: Tenant, kind: str) -> Connector:
    """The source that a tenant's figures come from: the real one, or for the demo's tenants a synthetic one.

    Reads the tenant's places: call it in a transaction and in scope. Nothing is asked yet.
    """
    if tenant.region.is_demo:
        return SyntheticSource(tenant.region)
    asker = Asker(settings.SOURCES[str(kind)], rests=SharedRests())
    if kind == Kind.KOLADA:
        return Kolada(asker, places_known(tenant))
    if kind == Kind.PXWEBAPI1:
        return PxWebApi1(asker)
    older = Asker(settings.SOURCES[str(Kind.PXWEBAPI1)], rests=SharedRests())
    return PxWebApi(PxWebApi2(asker), PxWebApi1(older))
