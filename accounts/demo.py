"""The demo's people: fictional, and known by their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from accounts.reference.demo import DEMO_PEOPLE, DemoOfficial


@dataclass(frozen=True)
class DemoPerson:
    """One fictional official: who they are and what they come to do."""

    user: User
    name: str
    role: str
    tenant: str


def demo_people() -> list[DemoPerson]:
    """The demo's people in the order they were made. Reads no tenant's table: what they are is written down."""
    officials: dict[str, DemoOfficial] = {
        official.email: official for people in DEMO_PEOPLE.values() for official in people
    }
    return [
        DemoPerson(user=user, name=user.name, role=officials[user.email].words, tenant=officials[user.email].place)
        for user in User.objects.filter(is_demo=True, is_active=True).order_by("created_at")
        if user.email in officials
    ]
