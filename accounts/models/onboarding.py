"""Onboarding: how far a municipality has come, seen by itself and by its region, and nothing more."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class Onboarding(TenantOwned):
    """The five steps of a municipality that begins. The region sees when, never what."""

    also_readable_by = ("region_id", "app.tenant")
    crosses_tenants = frozenset({"region"})
    STEPS: ClassVar[tuple[str, ...]] = (
        "admin_active", "agreement_noted", "base_package_in", "first_round", "first_dialogue",
    )  # fmt: skip

    region = models.ForeignKey("accounts.Tenant", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    admin_active_at = models.DateTimeField(null=True, blank=True)
    agreement_noted_at = models.DateTimeField(null=True, blank=True)
    base_package_in_at = models.DateTimeField(null=True, blank=True)
    first_round_at = models.DateTimeField(null=True, blank=True)
    first_dialogue_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="onboarding_once_per_tenant")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "region", "started_at", "admin_active_at", "agreement_noted_at", "base_package_in_at",
            "first_round_at", "first_dialogue_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select update"
        region = "select"

    def __str__(self) -> str:
        return f"{self.tenant}: {self.steps_done} / {len(self.STEPS)}"

    @property
    def steps_done(self) -> int:
        """How many of the five steps have been taken."""
        return sum(getattr(self, f"{step}_at") is not None for step in self.STEPS)
