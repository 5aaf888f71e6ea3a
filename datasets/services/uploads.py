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
from datasets.disclosure import Step
from datasets.errors import DatasetsError
from datasets.models import Dataset, MunicipalityPart, Upload
from datasets.selectors import PEOPLE
from datasets.services.approvals import approval_asked, approval_take_back
from datasets.services.files import remembered
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

    What was said of the columns of the data set's last file, and merged or left out of its table, is taken over,
    so that next year's comes in alike.
    """
    mapping, steps = _as_last(dataset)
    upload: Upload = Upload.objects.create(
        name=_short(name),
        content=content,
        size=len(content),
        department=department,
        dataset=dataset,
        mapping=mapping,
        registration={"steps": steps} if steps else {},
        uploaded_by=by,
    )
    record("upload.received", target=upload, by=by, size=upload.size)
    upload_ask_for_reading(upload, by)
    return upload


@transaction.atomic
def upload_describe(*, upload: Upload, mapping: Mapping[str, Any], registration: Mapping[str, Any]) -> Upload:
    """Keep what somebody has filled in so far. Raises InvalidTransition when the file is on its way already."""
    kept = {"steps": upload.registration.get("steps", []), **registration}
    return upload_change(upload, State.READ, mapping=dict(mapping), registration=kept)


@transaction.atomic
def upload_take_advice(*, upload: Upload, key: str, by: User) -> Upload:
    """Change the table as one piece of advice of its preview says, and have it read anew.

    Raises DatasetsError when the preview no longer gives that advice.
    """
    given = upload.preview.get("protected", {}).get("advice", [])
    steps = next((advice["steps"] for advice in given if advice["key"] == key), None)
    if steps is None:
        raise DatasetsError(_("This advice was for another table. Look at the new preview first."))
    return _reshape(upload, [*upload.registration.get("steps", []), *steps], by)


@transaction.atomic
def upload_undo_step(*, upload: Upload, key: str, by: User) -> Upload:
    """Take back one change of the table, and have it read anew. One that is gone already is no harm."""
    steps = [step for step in upload.registration.get("steps", []) if Step.from_json(step).key != key]
    return _reshape(upload, steps, by)


@transaction.atomic
def upload_join(*, upload: Upload, dataset: Dataset, by: User) -> Upload:
    """Make a file the next release of a data set whose last file had the same columns, and have it read anew."""
    _mapping, steps = _as_last(dataset)
    registration = {"steps": steps} if steps else {}
    upload_change(upload, State.READ, dataset=dataset, department=dataset.department, registration=registration)
    record("upload.joined", target=upload, by=by, dataset=str(dataset.pk))
    return upload_read_again(upload=upload, by=by)


@transaction.atomic
def upload_read_again(*, upload: Upload, by: User) -> Upload:
    """Have the file read anew, with what has been said about it meanwhile."""
    upload_move(upload, State.RECEIVED)
    upload_ask_for_reading(upload, by)
    return upload


@transaction.atomic
def upload_confirm(*, upload: Upload, by: User) -> Upload:
    """Bring the file in as it was previewed; sensitive data waits for a second person first, where there is one.

    Of two windows that confirm, one does; the other is told.
    """
    record("upload.confirmed", target=upload, by=by)
    if not approval_asked(upload=upload, by=by):
        upload_move(upload, State.CONFIRMED)
        upload_begin_import(upload=upload, by=by)
    return upload


@transaction.atomic
def upload_take_back(*, upload: Upload, by: User) -> Upload:
    """Have a file that waits for a second person back, to change it."""
    upload_move(upload, State.READ)
    approval_take_back(upload=upload, by=by)
    return upload


@transaction.atomic
def upload_resume(*, upload: Upload, by: User) -> Upload:
    """Go on with a file whose work was stopped half-way; nothing of the stopped work was kept."""
    if upload.state == State.RECEIVED:
        upload_ask_for_reading(upload, by)
        return upload
    if upload.state == State.IMPORTING:
        upload_move(upload, State.CONFIRMED)
    upload_begin_import(upload=upload, by=by)
    return upload


@transaction.atomic
def upload_withdraw(*, upload: Upload, by: User) -> Upload:
    """Take a file back. Its content is erased at once; that it was here stays in the log."""
    if upload.state == State.IMPORTING and not is_being_worked_on(upload):
        upload_move(upload, State.CONFIRMED)
    upload_move(upload, State.WITHDRAWN, preview={}, problems=[])
    approval_take_back(upload=upload, by=by)
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


def upload_ask_for_reading(upload: Upload, by: User) -> None:
    """Have a file looked at; which job does it depends on whether its rows are people."""
    # The title names no file: other departments may see that a job is running.
    task = "datasets.read_people" if upload.format == PEOPLE else "datasets.read_upload"
    enqueue(task, subject=upload, by=by, title=_("Reading a file"), upload_id=upload.pk)


def upload_begin_import(*, upload: Upload, by: User) -> None:
    """Ask the worker to bring a confirmed file in."""
    if MunicipalityPart.in_scope().filter(upload=upload).exists():
        task = "datasets.import_parts"
    else:
        task = "datasets.import_people" if upload.format == PEOPLE else "datasets.import_upload"
    enqueue(task, subject=upload, by=by, title=_("Bringing in a file"), upload_id=upload.pk, by_id=by.pk)


def _reshape(upload: Upload, steps: list[dict[str, Any]], by: User) -> Upload:
    upload_change(upload, State.READ, registration={**upload.registration, "steps": steps})
    return upload_read_again(upload=upload, by=by)


def _as_last(dataset: Dataset | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What was said of the columns of a data set's last file, and how its table was changed."""
    if dataset is None:
        return {}, []
    last = Upload.in_scope().filter(dataset=dataset, state=State.IMPORTED).exclude(format=PEOPLE)
    newest = last.order_by("-uploaded_at").values_list("mapping", "registration").first()
    mapping, registration = newest or ({}, {})
    return remembered(mapping), registration.get("steps", [])


def _short(name: str) -> str:
    """A file's name that fits, with its ending kept."""
    path = PurePath(name.replace("\\", "/")).name
    ending = PurePath(path).suffix[:20]
    return path if len(path) <= LONGEST_NAME else path[: LONGEST_NAME - len(ending)] + ending
