"""How far a municipality has come: each step noted once, the first time it is taken."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Onboarding
from portal.tenancy.scope import current


def onboarding_step_reach(*, step: str) -> bool:
    """Note that the tenant at work took a step for the first time; true when this was it."""
    if step not in Onboarding.STEPS:
        raise ValueError(f"{step!r} is no step of onboarding; they are {Onboarding.STEPS}.")
    column = f"{step}_at"
    return bool(
        Onboarding.objects.filter(tenant_id=current(), **{column: None}).update(**{column: timezone.now()})
    )


def admin_became_active() -> None:
    """The first admin accepted their invitation."""
    onboarding_step_reach(step="admin_active")
