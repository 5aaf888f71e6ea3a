"""The ledger: everything that was released about some people, against which the next release is protected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Tenant
from datasets.disclosure import ProtectedCube, ReleasedTable
from datasets.errors import DatasetsError, LedgerMoved
from datasets.models import Dataset, Release, ReleaseReport, ReleaseTable, Upload
from datasets.selectors import released_about, same_people_choices
from portal.tenancy.scope import check_in_transaction, current


@dataclass(frozen=True)
class Ledger:
    """What was out about the people of a `population` when it was read: `releases`, and their `tables` in order.

    A release of another tenant, of the region's about a municipality or the other way round, comes as its readers
    see it: what it shows is known, and everything that it hides is protected here too. That tenant's report,
    which says what in it is secret, is nobody else's to read.
    """

    population: UUID
    releases: tuple[UUID, ...] = ()
    tables: tuple[ReleasedTable, ...] = ()


def ledger_read(population: UUID) -> Ledger:
    """The ledger as it is now, in the tenant's scope and as the role `worker` (or the steward's own pages).

    Raises AlteredRelease when a stored release is not what was published.
    """
    here = Tenant.objects.get(pk=current()).code
    releases = list(released_about(population).select_related("dataset", "tenant"))
    reports = dict(ReleaseReport.objects.filter(release__in=releases).values_list("release_id", "report"))
    tables: dict[UUID, list[ReleaseTable]] = {}
    stored_tables = ReleaseTable.objects.filter(release__in=releases)
    for stored in (stored_tables | ReleaseTable.objects.own().filter(release__in=releases)).order_by("position"):
        tables.setdefault(stored.release_id, []).append(stored)
    return Ledger(
        population=population,
        releases=tuple(release.pk for release in releases),
        tables=tuple(
            ReleasedTable(
                _as_known(stored, reports.get(release.pk)),
                release=f"{release.dataset.title} {release.number}",
                place=release.tenant.code,
                here=here,
            )
            for release in releases
            for stored in tables.get(release.pk, [])
        ),
    )


def ledger_of(dataset: Dataset) -> Ledger:
    """Everything that is out about the people whom a data set counts, whatever data set it came with."""
    return ledger_read(dataset.population)


def people_of(upload: Upload) -> UUID:
    """The people whom a file counts: its data set's, those of the data set that was chosen, or ones of its own.

    Raises DatasetsError when the one that was chosen can't be seen any longer.
    """
    if upload.dataset is not None:
        return upload.dataset.population
    chosen = upload.registration.get("same_people_as")
    if not chosen:
        return uuid4()
    found = same_people_choices(Tenant.objects.get(pk=current())).filter(pk=chosen).first()
    if found is None:
        raise DatasetsError(_("The data set that counts the same people can't be seen any more. Choose again."))
    return found.population


def ledger_hold(ledger: Ledger | None, population: UUID, *, together: Iterable[Release] = ()) -> Ledger:
    """Hold the ledger for the rest of the transaction; it must be as it was when the figures were protected.

    Of two who publish about the same people at once, the second waits here for the first and then finds that it
    moved. `together`: releases of this same transaction, whose tables were protected with those to come. Raises
    LedgerMoved.
    """
    check_in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('datasets.ledger' || %s, 0))", [str(population)]
        )
    known = ledger or Ledger(population)
    now = set(released_about(population).values_list("pk", flat=True))
    if known.population != population or now - set(known.releases) - {release.pk for release in together}:
        raise LedgerMoved(
            _("Something about the same people was published while the figures were prepared. Prepare them again.")
        )
    return replace(known, tables=())


def _as_known(stored: ReleaseTable, report: Mapping[str, Any] | None) -> ProtectedCube:
    """A stored table with the steward's report of it where that is ours to read, else as its readers know it."""
    kept = report[stored.code] if report else {"report": stored.report, "content_hash": stored.sha256}
    values = np.array(stored.values, dtype=np.float64)
    return ProtectedCube.from_release(
        stored.structure, values, stored.statuses, kept["report"], kept["content_hash"]
    )
