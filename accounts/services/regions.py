"""The first step of all: a region's own tenant, with its first admin."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.models import Invitation, Tenant
from accounts.models.membership import Role
from accounts.reference import find_county
from accounts.services.invitations import invitation_send
from accounts.sorting import swedish_sort_key
from portal.audit.recording import record
from portal.tenancy.scope import scope


@transaction.atomic
def region_create(*, code: str, admin_name: str, admin_email: str) -> tuple[Tenant, Invitation]:
    """Make one of the 21 regions a tenant and invite its first regional admin.

    Done by whoever runs the installation: nobody is signed in yet. Raises AccountsError when the code is no
    county's or the region is there already.
    """
    county = find_county(code)
    if county is None:
        raise AccountsError(_("There is no region with the code %(code)s.") % {"code": code})
    try:
        with transaction.atomic():
            region = Tenant.objects.create(
                kind=Tenant.Kind.REGION,
                code=county.code,
                name=county.official_name,
                official_name=county.official_name,
                sort_key=swedish_sort_key(county.official_name),
                slug=slugify(county.official_name),
            )
    except IntegrityError:
        raise AccountsError(_("%(name)s is here already.") % {"name": county.official_name}) from None
    with scope(region.pk):
        record("region.created", target=region, code=code)
        invitation = invitation_send(
            email=admin_email, name=admin_name, role=Role.REGIONAL_ADMIN, department=None, by=None
        )
    return region, invitation
