"""The demo's tenants and the people who work in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import Department, Membership, Tenant, User
from accounts.models.membership import Role
from accounts.reference import Municipality
from accounts.reference.demo import DEMO_COUNTY, DEMO_MUNICIPALITIES
from accounts.services.onboarding import agreement_note, onboarding_begin, tenant_create
from accounts.services.onboarding_steps import admin_became_active
from accounts.sorting import swedish_sort_key
from portal.tenancy.scope import scope

PEOPLE: dict[str, tuple[tuple[str, Role, str, str], ...]] = {
    "9901": (
        ("Alma", Role.COORDINATOR, "Kommunledning", "samordnare"),
        ("Idris", Role.MUNICIPALITY_ADMIN, "Kommunledning", "administratör"),
        ("Dag", Role.DATA_STEWARD, "Skola och utbildning", "dataansvarig"),
        ("Fia", Role.FACILITATOR, "Kultur och fritid", "samtalsledare"),
        ("Omar", Role.OFFICIAL, "Socialtjänst", "socialsekreterare"),
        ("Vera", Role.VIEWER, "Kommunledning", "politiker"),
        ("Gun", Role.GUEST, "", "gäst från polisen"),
    ),
    "9902": (("Bo", Role.COORDINATOR, "Kommunledning", "samordnare"),),
    "9903": (("Tove", Role.MUNICIPALITY_ADMIN, "Kommunledning", "folkhälsostrateg"),),
    "99": (("Rut", Role.REGIONAL_ADMIN, "", "regional administratör"),),
}
"""By tenant: first name, role, department, and the words on the demo's page of people. Nobody is real."""


@dataclass
class Demo:
    """What has been made so far."""

    region: Tenant
    municipalities: dict[str, Tenant] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @property
    def tenants(self) -> dict[str, Tenant]:
        """Every tenant of the demo by its code."""
        return {self.region.code: self.region} | self.municipalities


@transaction.atomic
def make_tenants_and_people() -> Demo:
    """Region, municipalities, departments and people; as the database role `web`."""
    region = Tenant.objects.create(
        kind=Tenant.Kind.REGION,
        code=DEMO_COUNTY.code,
        name=DEMO_COUNTY.official_name,
        official_name=DEMO_COUNTY.official_name,
        sort_key=swedish_sort_key(DEMO_COUNTY.official_name),
        slug="region-solmark",
        is_demo=True,
    )
    demo = Demo(region)
    for place in DEMO_MUNICIPALITIES:
        demo.municipalities[place.municipality.code] = _make_municipality(place.municipality, region)
    for code, tenant in demo.tenants.items():
        for name, role, department, words in PEOPLE[code]:
            demo.people[name] = _make_person(tenant, name, role, department, words)
    for code, tenant in demo.municipalities.items():
        with scope(tenant.pk):
            admin_became_active()
            agreement_note(tenant=tenant, by=demo.people[PEOPLE[code][0][0]])
    return demo


def find_demo() -> Demo | None:
    """What an earlier run made, if anything."""
    region = Tenant.objects.filter(code=DEMO_COUNTY.code, is_demo=True).first()
    if region is None:
        return None
    demo = Demo(region, {tenant.code: tenant for tenant in Tenant.objects.filter(parent=region)})
    demo.people = {user.name.partition(",")[0]: user for user in User.objects.filter(is_demo=True)}
    return demo


def _make_municipality(municipality: Municipality, region: Tenant) -> Tenant:
    tenant = tenant_create(municipality=municipality, region=region)
    tenant.is_demo = True
    tenant.save(update_fields=["is_demo"])
    with scope(tenant.pk):
        onboarding_begin(tenant=tenant, region=region)
    return tenant


def _make_person(tenant: Tenant, name: str, role: Role, department: str, words: str) -> User:
    email = f"{name.lower()}@{tenant.slug}.example"
    user = User.objects.create_user(email=email, name=f"{name}, {words} i {tenant.name}", is_demo=True)
    with scope(tenant.pk):
        Membership.objects.create(
            user=user, role=role, department=Department.objects.filter(name=department).first()
        )
    return user
