"""Auditing what is published: an attacker with a whole ledger in hand, who knows nothing that is not out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from datasets.disclosure import METHOD, AlteredRelease, RefusedToPublish, attack_public
from datasets.models import Release, ReleaseReport, ReleaseTable
from datasets.selectors import cube_of
from datasets.services.ledgers import Ledger, ledger_of

CLEAN, EXPOSED, OPEN, ALTERED, IMPOSSIBLE = "clean", "exposed", "open", "altered", "impossible"
_MOST_NAMED = 50


@dataclass(frozen=True)
class Verdict:
    """What an audit of a release came to. `exposed` are keys of cells; they go to whoever runs the audit alone.

    `verdict`: clean; exposed; open (nothing in it is protected); altered (it is not what was published);
    impossible (no whole people fit the figures, so there is nothing to audit).
    """

    verdict: str
    tables: int
    ledger: int
    protected: int = 0
    exposed: Sequence[str] = ()
    attackers: Sequence[str] = ()
    seconds: float = 0.0
    why: str = ""
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """The exit status: 0 when nothing is exposed, 1 when something is, 2 when it can't be told."""
        return {CLEAN: 0, OPEN: 0, EXPOSED: 1}.get(self.verdict, 2)

    def to_json(self) -> dict[str, Any]:
        """One object for machines."""
        return {
            **self.about,
            "tables": self.tables,
            "ledger": self.ledger,
            "protected": self.protected,
            "exposed": len(self.exposed),
            "exposed_cells": list(self.exposed[:_MOST_NAMED]),
            "attackers": list(self.attackers),
            "seconds": round(self.seconds, 2),
            "verdict": self.verdict,
            **({"why": self.why} if self.why else {}),
        }


@dataclass(frozen=True)
class Evidence:
    """A release with everything that is out about the same people, as stored."""

    ledger: Ledger
    tables: int
    about: dict[str, Any]
    is_open: bool
    k: int
    insider: bool = False
    """Whether the release's rule keeps its secrets from those who took part too."""


def evidence_fetch(release: Release) -> Evidence:
    """Read a release and its ledger in the tenant's scope, and verify every stored hash.

    Raises AlteredRelease.
    """
    stored = list(ReleaseTable.objects.filter(release=release))
    reports = ReleaseReport.objects.get(release=release).report
    if {table.code for table in stored} != set(reports):
        raise AlteredRelease("The tables of this release are not those that its report tells of.")
    cubes = [cube_of(table) for table in stored]
    return Evidence(
        ledger=ledger_of(release.dataset),
        tables=len(stored),
        about=described(release),
        is_open=all(cube.report.method != METHOD for cube in cubes),
        k=int(release.rule["k"]),
        insider=bool(release.rule.get("insider", False)),
    )


def described(release: Release) -> dict[str, Any]:
    """Which release it is, and how it was made."""
    return {
        "release": str(release.pk),
        "dataset": str(release.dataset_id),
        "number": release.number,
        "published_at": release.published_at.isoformat(),
        "method_version": release.method_version,
        "software_version": release.software_version,
    }


def evidence_audit(evidence: Evidence) -> Verdict:
    """Attack what is out: sums and differences, whole people from nought. Computes; reads no database.

    Where the release's rule asks for it, also as anyone who took part.
    """
    started = process_time()
    tables, found = evidence.ledger.tables, (evidence.tables, len(evidence.ledger.releases))
    if evidence.is_open:
        return Verdict(OPEN, *found, about=evidence.about)
    try:
        attack = attack_public(tables, evidence.k, insider=evidence.insider)
    except RefusedToPublish as refused:
        return Verdict(
            IMPOSSIBLE, *found, seconds=process_time() - started, why=str(refused), about=evidence.about
        )
    return Verdict(
        EXPOSED if attack.exposed else CLEAN,
        *found,
        protected=attack.protected,
        exposed=attack.exposed,
        attackers=attack.attackers,
        seconds=process_time() - started,
        about=evidence.about,
    )
