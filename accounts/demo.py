"""The demo's tenants and people: fictional, with codes outside SCB's, and marked as such everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class DemoPerson:
    """One fictional official: who they are and what they come to do."""

    user: User
    name: str
    role: str
    tenant: str


def demo_people() -> list[DemoPerson]:
    """The demo's people in the order of their e-mail addresses. Reads no tenant's table: names say the rest."""
    people = []
    for user in User.objects.filter(is_demo=True, is_active=True).order_by("created_at"):
        name, _, rest = user.name.partition(", ")
        role, _, tenant = rest.partition(" i ")
        people.append(DemoPerson(user=user, name=name, role=role, tenant=tenant))
    return people
