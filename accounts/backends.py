"""One question, `user.has_perm(permission, object)`, answered by role or by a grant on the very object."""

from __future__ import annotations

from typing import Any

from django.db import models
from guardian.backends import ObjectPermissionBackend

from accounts.models import Membership, Tenant, User
from accounts.roles import GRANTABLE, PERMISSIONS
from portal.tenancy.models import TenantOwned
from portal.tenancy.scope import current_scope


def membership_of(user: User, tenant_id: Any) -> Membership | None:
    """The person's active membership in a tenant, asked for once per user object and tenant."""
    known: dict[Any, Membership | None] = user.__dict__.setdefault("_memberships", {})
    if tenant_id not in known:
        known[tenant_id] = (
            Membership._base_manager.filter(user_id=user.pk, tenant_id=tenant_id, is_active=True)
            .select_related("department")
            .first()
        )
    return known[tenant_id]


class RoleBackend:
    """A role's permissions hold for the tenant and for everything it owns."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def has_perm(self, user: Any, permission: str, target: models.Model | None = None) -> bool:
        if not isinstance(user, User) or not user.is_active or target is None:
            return False
        tenant_id = self._tenant_answering_for(target)
        if tenant_id is None:
            return False
        membership = membership_of(user, tenant_id)
        return membership is not None and permission in PERMISSIONS[membership.role]

    @staticmethod
    def _tenant_answering_for(target: models.Model) -> Any:
        """The tenant itself, the row's owner, or for reading a shared row the tenant at work."""
        if isinstance(target, Tenant):
            return target.pk
        if isinstance(target, TenantOwned):
            return target.tenant_id
        return None


class ObjectGrantBackend(ObjectPermissionBackend):
    """django-guardian, answering only for grantable permissions on rows of a tenant.

    The stock backend raises WrongAppError when it is asked about an object of another app.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: models.Model | None = None) -> bool:
        if not isinstance(obj, TenantOwned) or perm not in GRANTABLE or not isinstance(user_obj, User):
            return False
        app_label, _, codename = perm.partition(".")
        if app_label != obj._meta.app_label or obj.tenant_id != current_scope().tenant_id:
            return False
        if membership_of(user_obj, obj.tenant_id) is None:
            return False
        return bool(super().has_perm(user_obj, codename, obj))
