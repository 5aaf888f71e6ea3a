"""The record: a draft to comment on, made final as a version that never changes, opened again."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from dialogues.errors import DialogueError
from dialogues.models import Device, Dialogue, RecordComment, RecordDraft, RecordFile, RecordVersion
from dialogues.recording.building import record_of
from dialogues.recording.content import Record
from dialogues.recording.files import MAKERS, Written
from dialogues.selectors.attending import attended
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext

FILES = "dialogues.record_files"


@transaction.atomic
def draft_make(*, dialogue: Dialogue, lang: str, by: User, summary: str = "", department: str = "") -> Job:
    """Take down what the record says now; a draft from before is replaced, its comments stay.

    Gives the job that makes its files. Raises DialogueError before the dialogue is closed.
    """
    locked = _locked(dialogue)
    if locked.state != Dialogue.State.HELD:
        raise DialogueError(_("Close the dialogue first: until then more may be written."))
    tenant = Tenant.objects.get(pk=locked.tenant_id)
    said = record_of(locked, tenant=tenant, lang=lang, summary=summary.strip(), department=department)
    RecordDraft.in_scope().filter(dialogue=locked).delete()
    last = RecordVersion.in_scope().filter(dialogue=locked).aggregate(last=Max("number"))["last"] or 0
    draft: RecordDraft = RecordDraft.objects.create(dialogue=locked, number=last + 1, content=said.to_json())
    record("record.drafted", target=locked, by=by, version=draft.number)
    return enqueue(FILES, subject=draft, by=by, title=_("Writing the record"), draft_id=draft.pk)


@transaction.atomic
def record_finish(*, dialogue: Dialogue, by: User, changes: str = "") -> Job:
    """Make the draft final, word for word, with who approved it; draft, comments and devices are forgotten.

    Gives the job that makes its files. Raises DialogueError without a draft, and for a second version that does
    not say what changed.
    """
    locked = _locked(dialogue)
    draft = RecordDraft.in_scope().filter(dialogue=locked).first()
    if draft is None:
        raise DialogueError(_("There is no draft. Somebody may have made the record final already."))
    if draft.number > 1 and not changes.strip():
        raise DialogueError(_("Say what changed since the version before."))
    version: RecordVersion = RecordVersion.objects.create(
        dialogue=locked,
        number=draft.number,
        content=draft.content | _approval_of(locked),
        changes=changes.strip()[:2000],
    )
    draft.delete()
    RecordComment.in_scope().filter(dialogue=locked).delete()
    Device.in_scope().filter(dialogue=locked).delete()
    record("record.final", target=locked, by=by, version=version.number)
    return enqueue(FILES, subject=version, by=by, title=_("Writing the record"), version_id=version.pk)


def _approval_of(dialogue: Dialogue) -> dict[str, str]:
    """Who approved the notes by now: a draft is approved after it was written."""
    noted = attended(dialogue)
    return {
        "approved_by": noted.approved_by,
        "approved_on": noted.approved_on.isoformat() if noted.approved_on else "",
    }


@transaction.atomic
def comment_add(*, dialogue: Dialogue, text: str, write_key: UUID, voice: str = "") -> RecordComment:
    """Keep what somebody says of the draft, without author or time; sent again it is the same comment.

    Raises DialogueError where it is empty or too long, and where there is no draft any more.
    """
    text = text.replace("\x00", "").strip()
    if not text:
        raise DialogueError(_("Write something first."))
    if len(text) > RecordComment.LONGEST:
        raise DialogueError(
            _("A comment can be %(most)s characters long. Send it as two.") % {"most": RecordComment.LONGEST}
        )
    locked = _locked(dialogue)
    known: RecordComment | None = RecordComment.objects.filter(write_key=write_key).first()
    if known is not None:
        return known
    if not RecordDraft.in_scope().filter(dialogue=locked).exists():
        raise DialogueError(_("The record is final. Ask whoever led the dialogue to open it again."))
    comment: RecordComment = RecordComment.objects.create(
        dialogue=locked, text=text, voice=voice.strip()[:60], write_key=write_key
    )
    # That there is a comment, never whose.
    record("record.comment_added", target=locked)
    return comment


def record_files_make(job: JobContext, *, draft_id: str = "", version_id: str = "") -> None:
    """Make the PDF, the Word file and the slides of a draft or a version; one that is gone has none to make."""
    with job.transaction():
        found = _written(draft_id, version_id)
    if found is None:
        return
    made: dict[str, bytes] = {}
    for place, (form, make) in enumerate(MAKERS.items()):
        job.progress(5 + place * 90 // len(MAKERS), "Making the files")
        made[form] = make(found)
    with job.completing():
        # A draft may have been replaced meanwhile.
        if _written(draft_id, version_id) is None:
            return
        whose = {"draft_id": draft_id} if draft_id else {"version_id": version_id}
        RecordFile.in_scope().filter(**whose).delete()
        for form, content in made.items():
            checksum = hashlib.sha256(content).hexdigest()
            RecordFile.objects.create(**whose, form=form, content=content, checksum=checksum)


def _written(draft_id: str, version_id: str) -> Written | None:
    """What the files are made of; None for a draft that was replaced or made final meanwhile."""
    if draft_id:
        draft = RecordDraft.in_scope().filter(pk=draft_id).first()
        return Written(Record.from_json(draft.content), draft.number, is_draft=True) if draft else None
    version = RecordVersion.in_scope().get(pk=version_id)
    said = Record.from_json(version.content)
    return Written(said, version.number, is_draft=False, changes=version.changes)


def _locked(dialogue: Dialogue) -> Dialogue:
    """The dialogue's row is the queue: two who make the record final at once make one version."""
    return Dialogue.in_scope().select_for_update(of=("self",)).select_related("facilitator").get(pk=dialogue.pk)
