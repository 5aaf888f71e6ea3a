"""QuestionnaireVersion: one wording of a questionnaire, unchangeable once it is there."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from portal.tenancy.models import Shareable
from surveys import questionnaire as pure


def definition_hash(definition: dict[str, Any]) -> str:
    """SHA-256 of a definition in one canonical spelling: the same questions, the same hash."""
    spelt = json.dumps(definition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


class QuestionnaireVersion(Shareable):
    """The questions of a round, as `surveys.questionnaire` reads them.

    PostgreSQL refuses every change (migration 0002): an answer must for ever belong to the words it was given to.
    """

    questionnaire = models.ForeignKey("surveys.Questionnaire", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    definition_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_number_once")
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "audience_id", "questionnaire", "number", "definition", "definition_hash",
            "created_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update"
        worker = "select insert update"

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.number}"

    @property
    def content(self) -> pure.Questionnaire:
        """The questions as values; read once a process, since a version never changes."""
        found = _content_of.get(self.pk)
        if found is None:
            found = _content_of[self.pk] = pure.read(self.definition)
        return found

    @property
    def told(self) -> pure.Questionnaire:
        """The questions as results tell of them: each score that has bands is one, behind its items."""
        found = _told_of.get(self.pk)
        if found is None:
            found = _told_of[self.pk] = pure.with_scores(self.content)
        return found


_content_of: dict[UUID, pure.Questionnaire] = {}
_told_of: dict[UUID, pure.Questionnaire] = {}
