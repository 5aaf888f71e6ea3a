"""Members of a tenant: their role, their department, their leaving."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import AccountsError
from accounts.models import Department, Membership, User
from accounts.models.membership import Role
from accounts.sorting import swedish_sort_key
from portal.audit.recording import record

ADMINS = (Role.REGIONAL_ADMIN, Role.MUNICIPALITY_ADMIN)


@transaction.atomic
def membership_change(*, membership: Membership, role: str, department: Department | None, by: User) -> None:
    """Give a member another role or department. The last admin can't be made something else."""
    if membership.role in ADMINS and role not in ADMINS:
        _check_not_last_admin(membership)
    former = membership.role
    membership.role, membership.department = role, department
    membership.save(update_fields=["role", "department"])
    record("membership.changed", target=membership, by=by, former=former, role=role)


@transaction.atomic
def membership_end(*, membership: Membership, by: User) -> None:
    """End a membership. What the person did stays in the log; their way in closes at once."""
    if membership.role in ADMINS:
        _check_not_last_admin(membership)
    Membership.objects.filter(pk=membership.pk).update(is_active=False)
    record("membership.ended", target=membership, by=by)


@transaction.atomic
def membership_leave(*, membership: Membership) -> None:
    """End a membership because the person is forgotten. Raises AccountsError for the last admin."""
    if membership.role in ADMINS:
        _check_not_last_admin(membership)
    Membership.objects.filter(pk=membership.pk).update(is_active=False)


@transaction.atomic
def department_add(*, name: str, by: User) -> Department:
    """Add a department; raises AccountsError when there is one of that name."""
    name = name.strip()
    if Department.objects.filter(name__iexact=name).exists():
        raise AccountsError(_("There is already a department called %(name)s.") % {"name": name})
    department: Department = Department.objects.create(name=name, sort_key=swedish_sort_key(name))
    record("department.added", target=department, by=by)
    return department


@transaction.atomic
def department_rename(*, department: Department, name: str, by: User) -> None:
    """Rename a department."""
    name = name.strip()
    if Department.objects.filter(name__iexact=name).exclude(pk=department.pk).exists():
        raise AccountsError(_("There is already a department called %(name)s.") % {"name": name})
    department.name, department.sort_key = name, swedish_sort_key(name)
    department.save(update_fields=["name", "sort_key"])
    record("department.renamed", target=department, by=by)


def _check_not_last_admin(membership: Membership) -> None:
    # Locks the admins' rows: two admins who leave at the same time would each still see the other.
    admins = list(
        Membership.objects.select_for_update().filter(role__in=ADMINS, is_active=True).values_list("pk", flat=True)
    )
    if admins == [membership.pk]:
        raise AccountsError(_("Somebody must be admin. Make another person admin first."))
