"""Publishing: the one way by which figures come into a release."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.cubes import LocalText
from datasets.disclosure import AggregationRule, ProtectedCube, ReleasedTable
from datasets.errors import DatasetsError
from datasets.models import Dataset, Release, ReleaseReport, ReleaseTable
from datasets.services.indexing import dataset_index
from datasets.services.ledgers import Ledger, ledger_hold, ledger_of
from portal.audit.recording import record
from portal.software import software_version

NamedTable = tuple[str, LocalText, ProtectedCube]
"""Code, title and figures of one table."""


@transaction.atomic
def release_publish(
    *,
    dataset: Dataset,
    tables: Sequence[NamedTable],
    rule: AggregationRule,
    by: User | None,
    changes: str = "",
    compared: Mapping[str, Any] | None = None,
    ledger: Ledger | None = None,
    together: Sequence[Release] = (),
) -> Release:
    """Publish protected tables as the data set's next release, for the data set's own audience.

    `compared` is kept with the steward's report: by a table's code, what a coarser one would have hidden. Only
    the worker's database role may publish. `ledger` is what the tables were protected against (nothing, where it
    is left out), `together` are releases of this transaction whose tables were protected with these. Raises
    TypeError for anything but protected cubes, DatasetsError when they were protected under a looser rule than
    the data set's, and LedgerMoved when more is out about the same people than they were protected against.
    """
    if not tables:
        raise ValueError("A release needs at least one table.")
    for code, _title, table in tables:
        if not isinstance(table, ProtectedCube):
            raise TypeError(f"Table {code!r} is no protected cube; call datasets.disclosure.protect() first.")
    # Two that publish at once take turns here, so that numbers have no gaps and no twins.
    dataset = Dataset.objects.own().select_for_update().get(pk=dataset.pk)
    _check_rules(dataset, rule, tables)
    held = ledger if rule.hides_nothing else ledger_hold(ledger, dataset.population, together=together)
    earlier = Release.objects.own().filter(dataset=dataset)
    last = earlier.order_by("-number").values_list("number", flat=True).first()
    release: Release = Release.objects.create(
        dataset=dataset,
        audience_id=dataset.audience_id,
        number=(last or 0) + 1,
        rule=rule.to_json(),
        method_version=_method(tables),
        software_version=software_version(),
        changes=changes,
        input_sha256=_input_hash(tables),
        published_by=by,
    )
    for position, (code, title, table) in enumerate(tables):
        _store_table(release, position, code, title, table)
    ReleaseReport.objects.create(
        release=release,
        against=[*(held.releases if held else ()), *(other.pk for other in together)],
        report={
            code: {
                "report": table.report.to_json(),
                "content_hash": table.content_hash,
                "compared": (compared or {}).get(code, {}),
            }
            for code, _title, table in tables
        },
    )
    dataset_index(dataset)
    record("release.published", target=release, by=by, number=release.number, tables=len(tables))
    return release


def earlier_tables(dataset: Dataset) -> list[ReleasedTable]:
    """Everything released about a data set's people so far, as disclosure control must know it; see `ledger_of`.

    For the job that publishes the next release; reads the stewards' reports.
    """
    return list(ledger_of(dataset).tables)


def _store_table(release: Release, position: int, code: str, title: LocalText, table: ProtectedCube) -> None:
    """Store what readers may know; which cells had to stay secret is in the steward's report alone."""
    public = table.select({})
    ReleaseTable.objects.create(
        release=release,
        audience_id=release.audience_id,
        code=code,
        position=position,
        title=dict(title),
        structure=public.structure(),
        values=[None if np.isnan(value) else value for value in public.values.ravel().tolist()],
        statuses=public.statuses.ravel().tolist(),
        report=public.report.to_json(),
        sha256=public.content_hash,
    )


def _check_rules(dataset: Dataset, rule: AggregationRule, tables: Sequence[NamedTable]) -> None:
    least = AggregationRule.from_json(dataset.rule)
    used = [rule, *(AggregationRule.from_json(table.report.rule) for _code, _title, table in tables)]
    if not all(one.stricter_or_equal(least) for one in used):
        raise DatasetsError(
            _("The rule of the data set was changed while the figures were prepared. Prepare them again.")
        )


def _method(tables: Sequence[NamedTable]) -> str:
    """The methods that were used, with their versions; one as a rule."""
    return ", ".join(sorted({f"{table.report.method} {table.report.version}" for _code, _title, table in tables}))[
        :40
    ]


def _input_hash(tables: Sequence[NamedTable]) -> str:
    """One name for the counts that went in, table by table."""
    named = "\n".join(f"{code} {table.report.input_hash}" for code, _title, table in tables)
    return hashlib.sha256(named.encode()).hexdigest()
