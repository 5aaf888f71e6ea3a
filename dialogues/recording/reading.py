"""Records: the newest of a dialogue, draft before final, and which files there are of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dialogues.models import Dialogue, RecordDraft, RecordFile, RecordRules, RecordVersion
from dialogues.recording.content import Record
from dialogues.recording.document import document_of
from portal.files.document import Document
from portal.jobs.models import Job


@dataclass(frozen=True)
class Shown:
    """A record as it is shown. `job` makes its files, while there are none."""

    pk: UUID
    number: int
    is_draft: bool
    record: Record
    changes: str
    forms: tuple[str, ...]
    job: Job | None
    final_at: Any = None

    @property
    def document(self) -> Document:
        """Its blocks in order."""
        return document_of(self.record, number=self.number, is_draft=self.is_draft, changes=self.changes)


def draft_of(dialogue: Dialogue) -> Shown | None:
    """The draft, if there is one. Three queries."""
    draft = RecordDraft.in_scope().filter(dialogue=dialogue).first()
    return None if draft is None else _shown(draft, is_draft=True)


def version_of(dialogue: Dialogue, number: int | None = None) -> Shown | None:
    """A final version; without a number the newest. Three queries."""
    found = RecordVersion.in_scope().filter(dialogue=dialogue)
    version = found.first() if number is None else found.filter(number=number).first()
    return None if version is None else _shown(version, is_draft=False, changes=version.changes)


def versions_of(dialogue: Dialogue) -> QuerySet[RecordVersion]:
    """The final versions, newest first, without what they say."""
    return RecordVersion.in_scope().filter(dialogue=dialogue).only("number", "changes", "final_at", "dialogue")


def rules_here() -> RecordRules:
    """What the municipality has decided about records; what holds without a decision when it has none."""
    return RecordRules.in_scope().first() or RecordRules()


def files_of(dialogue: Dialogue, number: int, *, is_draft: bool) -> QuerySet[RecordFile]:
    """The files of a draft or a version."""
    whose = "draft" if is_draft else "version"
    return RecordFile.in_scope().filter(**{f"{whose}__dialogue": dialogue, f"{whose}__number": number})


def _shown(one: RecordDraft | RecordVersion, *, is_draft: bool, changes: str = "") -> Shown:
    forms = tuple(one.files.values_list("form", flat=True))
    job = Job.objects.filter(subject_id=one.pk).order_by("-asked_at").first() if not forms else None
    return Shown(
        pk=one.pk,
        number=one.number,
        is_draft=is_draft,
        record=Record.from_json(one.content),
        changes=changes,
        forms=tuple(form for form in RecordFile.FORMS if form in forms),
        job=job,
        final_at=getattr(one, "final_at", None),
    )
