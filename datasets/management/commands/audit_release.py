"""Audit a published release with everything that is out about the same people."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.models import Tenant
from datasets.disclosure import AlteredRelease
from datasets.models import Release
from datasets.services.auditing import ALTERED, Evidence, Verdict, described, evidence_audit, evidence_fetch
from portal.tenancy.scope import scope


class Command(BaseCommand):
    help = (
        "Attacks a published release, with every release about the same people in hand, and prints one JSON "
        "object: exit 0 when nothing can be worked out, 1 when something can, 2 when that can't be told. Run it "
        "with the worker's rights. The cells that it names are for the steward alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=UUID, help="the release's id")

    def handle(self, *args: Any, id: UUID, **options: Any) -> None:
        self.stderr.write("Reading the release and its ledger.")
        found = evidence_of(id)
        if found is None:
            self.finish({"release": str(id), "verdict": "unknown", "why": "There is no release with this id."}, 2)
        elif isinstance(found, Verdict):
            self.finish(found.to_json(), found.code)
        else:
            self.stderr.write(
                f"Attacking {found.tables} tables with {len(found.ledger.releases)} releases in hand."
            )
            verdict = evidence_audit(found)
            self.finish(verdict.to_json(), verdict.code)

    def finish(self, told: dict[str, Any], code: int) -> None:
        """One JSON object on stdout, and the exit status."""
        self.stdout.write(json.dumps(told, ensure_ascii=False))
        if code:
            raise SystemExit(code)


def evidence_of(release_id: UUID) -> Evidence | Verdict | None:
    """The release wherever it is, read as its own tenant; None where there is none."""
    for tenant in Tenant.objects.order_by("code"):
        with transaction.atomic(), scope(tenant.pk):
            release = Release.objects.own().select_related("dataset").filter(pk=release_id).first()
            if release is None:
                continue
            try:
                return evidence_fetch(release)
            except AlteredRelease as altered:
                return Verdict(ALTERED, release.tables.count(), 0, why=str(altered), about=described(release))
    return None
