"""Recording and checking audit events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from portal.tenancy.scope import check_in_transaction, current

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model


def record(
    verb: str,
    *,
    target: Model | None = None,
    by: AbstractBaseUser | None = None,
    **details: str | int | bool | None,
) -> None:
    """Append one event in the tenant at work, in the same transaction as what it tells of.

    `verb` is in the past tense (`survey_round.closed`). Details are identifiers, states and counts, never
    what a person wrote. Waits for other writers of the same tenant's log until they commit: keep
    transactions short.
    """
    check_in_transaction()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, %s, %s::jsonb)",
            [
                current(),
                by.pk if by is not None and by.is_authenticated else None,
                verb,
                target._meta.label_lower if target is not None else "",
                target.pk if target is not None and isinstance(target.pk, UUID) else None,
                json.dumps(details),
            ],
        )


def first_broken_event() -> int | None:
    """Number of the first event of the tenant at work whose chain does not hold; None when all holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_first_broken(%s)", [current()])
        found: int | None = cursor.fetchone()[0]
        return found
