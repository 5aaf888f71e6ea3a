"""QuestionnaireDraft: the next version of a questionnaire while somebody works on it, and its last steps."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from portal.tenancy.models import TenantOwned


class QuestionnaireDraft(TenantOwned):
    """What will be a version when it is published; until then anything in the definition may lack.

    `revision` grows with every change. A page sends the one it was made of, and a change of an older one is
    refused: two who write at once never overwrite one another silently.
    """

    crosses_tenants = frozenset({"based_on"})

    questionnaire = models.OneToOneField("surveys.Questionnaire", on_delete=models.CASCADE, related_name="draft")
    based_on = models.ForeignKey(
        "surveys.QuestionnaireVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    definition = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {"created_by": None, "changed_by": None}
        keep: ClassVar[set[str]] = {
            "id", "tenant", "questionnaire", "based_on", "definition", "revision", "created_at", "changed_at",
        }  # fmt: skip

    class DatabaseAccess:
        web = "select insert update delete"
        worker = "select"

    def __str__(self) -> str:
        return f"draft of {self.questionnaire_id}"


class QuestionnaireDraftStep(TenantOwned):
    """The definition as it was before a change, so that the change can be undone."""

    draft = models.ForeignKey("surveys.QuestionnaireDraft", on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()
    definition = models.JSONField()

    class Meta:
        ordering = ["-revision"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "revision"], name="questionnaire_draft_step_once"),
        ]

    class PersonalData:
        erase: ClassVar[dict[str, Any]] = {}
        keep: ClassVar[set[str]] = {"id", "tenant", "draft", "revision", "definition"}

    class DatabaseAccess:
        web = "select insert delete"

    def __str__(self) -> str:
        return f"step {self.revision} of {self.draft_id}"
