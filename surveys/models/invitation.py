"""Invitations: who is asked to answer by letter or mail, and what their personal codes leave behind."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.tenancy.models import TenantOwned


class InvitationList(TenantOwned):
    """A round's own signing key, and how far its invitations have come. One a round.

    `sealed` holds the private key and the seed of the codes, closed with the installation's secret: the web
    process signs, and neither a dump nor the worker's folder of keys is enough to.
    """

    round = models.OneToOneField("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    modulus = models.BinaryField()
    sealed = models.BinaryField()
    mailings = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)
    letters_made_at = models.DateTimeField(null=True, blank=True)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "round", "modulus", "sealed", "mailings", "mailed_at", "letters_made_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return f"invitations of {self.round_id}"


class Invitation(TenantOwned):
    """One person who is asked, by mail or by letter. Gone when the round closes.

    Nothing leads from here to a code, nor from a code to an answer. `mailings` counts the mails sent to this
    address, which are the same for everyone.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    mailings = models.PositiveSmallIntegerField(default=0)

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"email": "", "name": "", "address": ""}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "mailings"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select update delete"

    def __str__(self) -> str:
        return "invitation"


class PersonalCode(TenantOwned):
    """One personal code, as a keyed hash; once it has bought its signature, the hash of what was signed, blinded.

    No invitation is named here, and no page can read or count these rows.
    """

    round = models.ForeignKey("surveys.SurveyRound", on_delete=models.CASCADE, related_name="+")
    code_hash = models.BinaryField(max_length=32)
    blinded_hash = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code_hash"], name="personal_code_once")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "round", "code_hash", "blinded_hash"}

    class DatabaseAccess:
        web = "insert"

    def __str__(self) -> str:
        return "personal code"
