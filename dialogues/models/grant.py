"""Grants on single dialogues, for guests."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from portal.tenancy.models import TenantOwned


class DialogueUserObjectPermission(TenantOwned, UserObjectPermissionBase):
    """That one person may see, or write in, one dialogue. django-guardian reads and writes it.

    A foreign key to the dialogue instead of guardian's generic one: faster, and gone with the dialogue.
    """

    content_object = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE)

    # Guardian asks through its own manager; row-level security keeps the answer within the tenant.
    objects = UserObjectPermissionManager()  # type: ignore[assignment,misc]

    class Meta(UserObjectPermissionBase.Meta):
        pass

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "permission", "user", "content_object"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select delete"
