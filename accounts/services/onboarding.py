"""Taking a municipality on board, and noting how far it has come."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.models import Department, Invitation, Onboarding, Tenant, User
from accounts.models.membership import Role
from accounts.reference import Municipality, find
from accounts.services.invitations import invitation_send
from accounts.services.onboarding_steps import onboarding_step_reach
from accounts.sorting import swedish_sort_key
from portal.audit.recording import record
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope

USUAL_DEPARTMENTS = ("Skola och utbildning", "Socialtjänst", "Kultur och fritid", "Arbetsmarknad", "Kommunledning")


@transaction.atomic
def municipality_onboard(
    *, region: Tenant, code: str, admin_name: str, admin_email: str, by: User
) -> tuple[Tenant, Invitation]:
    """Make a municipality of the official list a tenant and invite its first admin.

    Runs in the region's scope. Raises AccountsError when the code is no municipality of this region or the
    municipality has been taken on board already, also when two admins do it at once: the unique code decides.
    """
    municipality = find(code)
    if not isinstance(municipality, Municipality) or municipality.county_code != region.code:
        raise AccountsError(_("There is no municipality with the code %(code)s in this region.") % {"code": code})
    try:
        with transaction.atomic():
            tenant = tenant_create(municipality=municipality, region=region)
    except IntegrityError:
        raise AccountsError(
            _("%(name)s is already on board. You find it in the list of municipalities.")
            % {"name": municipality.name}
        ) from None
    record("municipality.onboarded", target=tenant, by=by, code=code)
    with scope(tenant.pk):
        onboarding_begin(tenant=tenant, region=region)
        record("municipality.onboarded", target=tenant, by=by, code=code)
        invitation = invitation_send(
            email=admin_email, name=admin_name, role=Role.MUNICIPALITY_ADMIN, department=None, by=by
        )
        # Named, not imported: the rooms above know what the base package is.
        enqueue("datasets.give_base_package", subject=tenant, by=by, title=_("Giving the base package"))
    return tenant, invitation


def tenant_create(*, municipality: Municipality, region: Tenant) -> Tenant:
    """Make the tenant row of a municipality; raises IntegrityError when there is one."""
    return Tenant.objects.create(
        kind=Tenant.Kind.MUNICIPALITY,
        code=municipality.code,
        name=municipality.name,
        official_name=municipality.official_name,
        sort_key=swedish_sort_key(municipality.name),
        slug=free_slug(municipality),
        parent=region,
    )


def free_slug(municipality: Municipality) -> str:
    """The municipality's name in an address; with its code where Habo or Håbo came first."""
    slug = slugify(municipality.name)
    return f"{slug}-{municipality.code}" if Tenant.objects.filter(slug=slug).exists() else slug


def onboarding_begin(*, tenant: Tenant, region: Tenant) -> Onboarding:
    """Give a new tenant its checklist and the departments most municipalities have. In its own scope."""
    for name in USUAL_DEPARTMENTS:
        Department.objects.create(name=name, sort_key=swedish_sort_key(name))
    onboarding: Onboarding = Onboarding.objects.create(region=region)
    return onboarding


@transaction.atomic
def agreement_note(*, tenant: Tenant, by: User) -> None:
    """Note that the agreement on personal data has been signed outside the portal."""
    if onboarding_step_reach(step="agreement_noted"):
        record("agreement.noted", target=tenant, by=by)
