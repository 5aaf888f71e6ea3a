"""The record of a dialogue: a draft, its comments, and the versions that were made final."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.tenancy.models import TenantOwned


class RecordDraft(TenantOwned):
    """What the record would say if it were made final now. Removed when it is, or when another is made.

    `content` is `dialogues.recording.content.Record` as JSON; `number` that of the version to come.
    """

    dialogue = models.OneToOneField("dialogues.Dialogue", on_delete=models.CASCADE, related_name="record_draft")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "number", "content"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select delete"

    def __str__(self) -> str:
        return f"draft {self.number}"


class RecordVersion(TenantOwned):
    """A final record. No role of the database may change one; opening the record again makes the next."""

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="record_versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    changes = models.TextField(blank=True)
    final_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "number"], name="record_version_number")]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "number", "content", "changes", "final_at"}

    class DatabaseAccess:
        web = "select insert"
        worker = "select delete"

    def __str__(self) -> str:
        return f"version {self.number}"


class RecordFile(TenantOwned):
    """A draft or a version as a file. `checksum` is its SHA-256, by which an archive knows it again."""

    FORMS: ClassVar[tuple[str, ...]] = ("pdf", "docx", "pptx")

    draft = models.ForeignKey(
        "dialogues.RecordDraft", null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    version = models.ForeignKey(
        "dialogues.RecordVersion", null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    form = models.CharField(max_length=4)
    content = models.BinaryField()
    checksum = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "form"], name="record_file_of_draft"),
            models.UniqueConstraint(fields=["version", "form"], name="record_file_of_version"),
            models.CheckConstraint(
                name="record_file_of_one",
                condition=Q(draft=None, version__isnull=False) | Q(draft__isnull=False, version=None),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "draft", "version", "form", "content", "checksum"}

    class DatabaseAccess:
        web = "select delete"
        worker = "select insert delete"

    def __str__(self) -> str:
        return self.form


class RecordComment(TenantOwned):
    """What somebody who took part says of the draft. No author and no time; gone when the record is final."""

    LONGEST: ClassVar[int] = 2000

    dialogue = models.ForeignKey("dialogues.Dialogue", on_delete=models.CASCADE, related_name="record_comments")
    text = models.TextField(max_length=2000)
    voice = models.CharField(max_length=60, blank=True)
    write_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "write_key"], name="record_comment_written_once"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "dialogue", "text", "voice", "write_key"}

    class DatabaseAccess:
        web = "select insert delete"
        worker = "select delete"

    def __str__(self) -> str:
        return "comment"


class RecordRules(TenantOwned):
    """What a municipality has decided about its records: names or roles, and for how long they are kept.

    Without a decision they are kept: public documents are deleted by decision only (arkivlagen 1990:782, 10 §).
    """

    shows_names = models.BooleanField(default=False)
    kept_years = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="record_rules_once_a_tenant"),
            models.CheckConstraint(
                name="record_rules_deletes_by_decision",
                condition=Q(kept_years=None) | (Q(kept_years__gte=1) & ~Q(decision="")),
            ),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "shows_names", "kept_years", "decision"}

    class DatabaseAccess:
        web = "select insert update"
        worker = "select"

    def __str__(self) -> str:
        return "rules of records"
