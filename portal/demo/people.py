"""The demo's tenants and the people who work in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import Department, Membership, Tenant, User
from accounts.reference import Municipality
from accounts.reference.demo import DEMO_COUNTY, DEMO_MUNICIPALITIES, DEMO_PEOPLE, DemoOfficial
from accounts.services.onboarding import agreement_note, onboarding_begin, tenant_create
from accounts.services.onboarding_steps import admin_became_active
from accounts.sorting import swedish_sort_key
from portal.tenancy.scope import scope


@dataclass
class Demo:
    """What has been made so far."""

    region: Tenant
    municipalities: dict[str, Tenant] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def first_in(self, code: str) -> User:
        """Who does the first things in a tenant."""
        return self.people[DEMO_PEOPLE[code][0].name]

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
        for official in DEMO_PEOPLE[code]:
            demo.people[official.name] = _make_person(tenant, official)
    for code, tenant in demo.municipalities.items():
        with scope(tenant.pk):
            admin_became_active()
            agreement_note(tenant=tenant, by=demo.first_in(code))
    return demo


def find_demo() -> Demo | None:
    """What an earlier run made, if anything."""
    region = Tenant.objects.filter(code=DEMO_COUNTY.code, is_demo=True).first()
    if region is None:
        return None
    demo = Demo(region, {tenant.code: tenant for tenant in Tenant.objects.filter(parent=region)})
    demo.people = {user.name: user for user in User.objects.filter(is_demo=True)}
    return demo


def _make_municipality(municipality: Municipality, region: Tenant) -> Tenant:
    tenant = tenant_create(municipality=municipality, region=region)
    tenant.is_demo = True
    tenant.save(update_fields=["is_demo"])
    with scope(tenant.pk):
        onboarding_begin(tenant=tenant, region=region)
    return tenant


def _make_person(tenant: Tenant, official: DemoOfficial) -> User:
    user = User.objects.create_user(email=official.email, name=official.name, is_demo=True)
    with scope(tenant.pk):
        Membership.objects.create(
            user=user, role=official.role, department=Department.objects.filter(name=official.department).first()
        )
    return user
