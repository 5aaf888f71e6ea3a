"""Trying another rule on a file's table while a person waits; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from accounts.models import Tenant
from datasets.disclosure import AggregationRule
from datasets.models import Upload
from datasets.services.files import look_at, places_known
from datasets.services.ledgers import ledger_read, people_of
from datasets.services.previews import Trial, preview
from datasets.services.reshaping import steps_of
from datasets.states import State

MOST_BYTES = 1_000_000
"""A larger file takes too long to read while a person waits."""


def can_try(upload: Upload) -> bool:
    """Whether the table is small enough to be protected at once, and there is something to protect."""
    shown = upload.preview.get("protected", {})
    is_open = AggregationRule.from_json(shown["rule"]).hides_nothing if shown else True
    return bool(upload.state == State.READ and shown.get("is_small") and not is_open and upload.size <= MOST_BYTES)


def try_rule(upload: Upload, rule: AggregationRule, lang: str) -> dict[str, Any]:
    """The preview of an upload as it would be under another rule. Empty where the file gives no table."""
    found = look_at(
        upload.name, bytes(upload.content), upload.mapping, places_known(Tenant.objects.get(pk=upload.tenant_id))
    )
    if found.cube is None:
        return {}
    ledger = ledger_read(people_of(upload))
    return preview(Trial(found.cube, rule, ledger.tables, steps_of(upload)), lang)
