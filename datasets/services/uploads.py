"""A file on its way in: received, read, confirmed by a person, imported; or refused, or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department, User
from datasets.models import Dataset, Upload
from datasets.states import State, upload_change, upload_move
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue

LONGEST_NAME = 200


@transaction.atomic
def upload_receive(
    *, name: str, content: bytes, department: Department | None, by: User, dataset: Dataset | None = None
) -> Upload:
    """Take a file in and ask for it to be read. With a data set it is to become that one's next release.

    What was said of the columns of the data set's last file is taken over, so that next year's comes in alike.
    """
    upload: Upload = Upload.objects.create(
        name=_short(name),
        content=content,
        size=len(content),
        department=department,
        dataset=dataset,
        mapping=_last_mapping(dataset),
        uploaded_by=by,
    )
    record("upload.received", target=upload, by=by, size=upload.size)
    _ask_for_reading(upload, by)
    return upload


@transaction.atomic
def upload_describe(*, upload: Upload, mapping: Mapping[str, Any], registration: Mapping[str, Any]) -> Upload:
    """Keep what somebody has filled in so far. Raises InvalidTransition when the file is on its way already."""
    return upload_change(upload, State.READ, mapping=dict(mapping), registration=dict(registration))


@transaction.atomic
def upload_read_again(*, upload: Upload, by: User) -> Upload:
    """Have the file read anew, with what has been said about it meanwhile."""
    upload_move(upload, State.RECEIVED)
    _ask_for_reading(upload, by)
    return upload


@transaction.atomic
def upload_confirm(*, upload: Upload, by: User) -> Upload:
    """Bring the file in as it was previewed. Of two windows that confirm, one does; the other is told."""
    upload_move(upload, State.CONFIRMED)
    record("upload.confirmed", target=upload, by=by)
    _ask_for_import(upload, by)
    return upload


@transaction.atomic
def upload_resume(*, upload: Upload, by: User) -> Upload:
    """Go on with a file whose work was stopped half-way; nothing of the stopped work was kept."""
    if upload.state == State.RECEIVED:
        _ask_for_reading(upload, by)
        return upload
    if upload.state == State.IMPORTING:
        upload_move(upload, State.CONFIRMED)
    _ask_for_import(upload, by)
    return upload


@transaction.atomic
def upload_withdraw(*, upload: Upload, by: User) -> Upload:
    """Take a file back. Its content is erased at once; that it was here stays in the log."""
    if upload.state == State.IMPORTING and not is_being_worked_on(upload):
        upload_move(upload, State.CONFIRMED)
    upload_move(upload, State.WITHDRAWN, preview={}, problems=[])
    _jobs(upload).filter(finished_at=None).update(state=Job.State.CANCELLED, finished_at=timezone.now())
    record("upload.withdrawn", target=upload, by=by)
    return upload


@transaction.atomic
def upload_refuse(*, upload: Upload, problems: Sequence[Mapping[str, Any]], by: User | None) -> Upload:
    """Give up a file that can't be used, with the report of why. Its content is erased."""
    upload_move(upload, State.REFUSED, preview={}, problems=list(problems))
    record("upload.refused", target=upload, by=by, problems=len(problems))
    return upload


def is_being_worked_on(upload: Upload) -> bool:
    """Whether a job for the file is waiting or running."""
    return _jobs(upload).filter(finished_at=None).exists()


def latest_job(upload: Upload) -> Job | None:
    """The newest job for the file."""
    return _jobs(upload).order_by("-asked_at").first()


def _jobs(upload: Upload) -> QuerySet[Job]:
    return Job.in_scope().filter(subject_id=upload.pk)


def _ask_for_reading(upload: Upload, by: User) -> None:
    # The title names no file: other departments may see that a job is running.
    enqueue("datasets.read_upload", subject=upload, by=by, title=_("Reading a file"), upload_id=upload.pk)


def _ask_for_import(upload: Upload, by: User) -> None:
    enqueue(
        "datasets.import_upload",
        subject=upload,
        by=by,
        title=_("Bringing in a file"),
        upload_id=upload.pk,
        by_id=by.pk,
    )


def _last_mapping(dataset: Dataset | None) -> dict[str, Any]:
    if dataset is None:
        return {}
    last = Upload.in_scope().filter(dataset=dataset, state=State.IMPORTED).order_by("-uploaded_at")
    return last.values_list("mapping", flat=True).first() or {}


def _short(name: str) -> str:
    """A file's name that fits, with its ending kept."""
    path = PurePath(name.replace("\\", "/")).name
    ending = PurePath(path).suffix[:20]
    return path if len(path) <= LONGEST_NAME else path[: LONGEST_NAME - len(ending)] + ending
