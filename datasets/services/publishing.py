"""The last step of every file that comes in: data set, release and the file's end become true together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from datasets.disclosure import AggregationRule
from datasets.models import Upload
from datasets.services.ledgers import Ledger
from datasets.services.placing import dataset_in_place
from datasets.services.releases import NamedTable, release_publish
from datasets.states import State, upload_move
from portal.jobs.running import JobContext


def file_publish(
    job: JobContext,
    *,
    upload: Upload,
    tables: Sequence[NamedTable],
    rule: AggregationRule,
    ledger: Ledger,
    by: User,
    changes: str,
    compared: Mapping[str, Any] | None = None,
    **kept: Any,
) -> None:
    """Publish a file's protected tables and end its job. ``kept`` is what is written of the file beside that.

    Raises LedgerMoved where more is out about the same people than the tables were protected against.
    """
    job.progress(90, "Publishing")
    with job.completing():
        dataset = dataset_in_place(
            upload=upload, dataset=upload.dataset, rule=rule, population=ledger.population, by=by
        )
        release = release_publish(
            dataset=dataset, tables=tables, rule=rule, by=by, changes=changes, compared=compared, ledger=ledger
        )
        upload_move(upload, State.IMPORTED, dataset=dataset, release=release, preview={}, **kept)
