"""A small world for tests: one region, two municipalities, and people with names that say who they are.

alma   coordinator of Alvik            bo    coordinator of Björkvik (the other municipality)
adam   municipality admin of Alvik     rut   regional admin
dag    data steward of Alvik           fia   facilitator of Alvik
olle   official of Alvik               vera  viewer of Alvik
gun    guest in Alvik                  cleo  signed in, belongs nowhere
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import Department, Membership, Onboarding, Tenant, User
from accounts.sorting import swedish_sort_key
from portal.tenancy.scope import identify, scope

ROLES_IN_ALVIK = {
    "alma": "coordinator",
    "adam": "municipality_admin",
    "dag": "data_steward",
    "fia": "facilitator",
    "olle": "official",
    "vera": "viewer",
    "gun": "guest",
}


@dataclass
class World:
    """The tenants, the people by first name, and room for what an app's tests add."""

    region: Tenant
    alvik: Tenant
    bjorkvik: Tenant
    people: dict[str, User]
    departments: dict[str, Department]
    more: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_tenant(kind: str, code: str, name: str, parent: Tenant | None = None) -> Tenant:
    """A tenant with a code outside SCB's."""
    return Tenant.objects.create(
        kind=kind,
        code=code,
        name=name,
        official_name=f"{name}s kommun" if parent else name,
        sort_key=swedish_sort_key(name),
        slug=name.lower().replace("ö", "o").replace(" ", "-"),
        parent=parent,
        is_demo=False,
    )


def make_person(name: str) -> User:
    """A person with a second factor, so that pages let them in."""
    return make_people(name)[name]


def make_people(*names: str) -> dict[str, User]:
    """Several, in two statements: most tests begin with ten of them."""
    people = {name: User(email=f"{name}@example.org", name=name.capitalize()) for name in names}
    for user in people.values():
        user.set_unusable_password()
    User.objects.bulk_create(people.values())
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": uuid4().hex})
        for user in people.values()
    )
    return people


def make_world() -> World:
    """Build the world; call inside a transaction as the role `web`."""
    with transaction.atomic():
        region = make_tenant("region", "97", "Region Nordvik")
        alvik = make_tenant("municipality", "9701", "Alvik", region)
        bjorkvik = make_tenant("municipality", "9702", "Björkvik", region)
        people = make_people(*ROLES_IN_ALVIK, "bo", "rut", "cleo")
        departments = {}
        with scope(alvik.pk):
            for name in ("Skola", "Fritid"):
                departments[name] = Department.objects.create(name=name, sort_key=name.lower())
            Membership.objects.bulk_create(
                Membership(tenant=alvik, user=people[name], role=role, department=departments["Skola"])
                for name, role in ROLES_IN_ALVIK.items()
            )
            Onboarding.objects.create(region=region)
        with scope(bjorkvik.pk):
            Membership.objects.create(user=people["bo"], role="coordinator")
            Onboarding.objects.create(region=region)
        with scope(region.pk):
            Membership.objects.create(user=people["rut"], role="regional_admin")
        identify(None)
    return World(region=region, alvik=alvik, bjorkvik=bjorkvik, people=people, departments=departments)
