"""JoinCode, Device and Agreement: taking part in one dialogue on an own device, without an account."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import Shareable, TenantOwned


class JoinCode(Shareable):
    """The way from a code to its dialogue. Anyone may look one up, so it holds the code's hash and nothing else.

    It is deleted when the dialogue closes, and leads nowhere after `ends_at`.
    """

    dialogue = models.OneToOneField("dialogues.Dialogue", on_delete=models.CASCADE, related_name="door")
    code_hash = models.BinaryField(unique=True)
    ends_at = models.DateTimeField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "audience_id", "dialogue", "code_hash", "ends_at"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select delete"

    def __str__(self) -> str:
        return "join code"


class Device(TenantOwned):
    """A phone or a laptop in the room. It belongs to no person, and is deleted when the dialogue closes.

    Until then it may change what it wrote, and is counted once where it agrees. Whether it has answered the three
    questions is not said here: written together with an answer it would tell whose that was.
    """

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="devices")

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue"}

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select delete"

    def __str__(self) -> str:
        return "device"


class Agreement(TenantOwned):
    """That a device agrees with a note: so that it is counted once. Gone with the device."""

    note = models.ForeignKey("dialogues.Note", on_delete=models.CASCADE, related_name="agreements")
    device = models.ForeignKey("dialogues.Device", on_delete=models.CASCADE, related_name="agreements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "device"], name="agreement_once_a_device")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "note", "device"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select delete"

    def __str__(self) -> str:
        return "agreement"
