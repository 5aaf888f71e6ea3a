"""ActivityVoice (vald röst): a voice that somebody put beside an activity."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class ActivityVoice(TenantOwned):
    """Which voice stands on an activity's page, and where; none of its words are here.

    They are read where the voice is: one that is withdrawn, sent back or shared no more is seen no more. The voice
    may be another tenant's that was shared.
    """

    crosses_tenants = frozenset({"voice"})

    activity = models.ForeignKey("dialogues.Activity", on_delete=models.CASCADE, related_name="chosen_voices")
    voice = models.ForeignKey("datasets.Voice", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["activity", "voice"], name="voice_once_an_activity")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "activity", "voice", "position"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select"

    def __str__(self) -> str:
        return "voice"
