"""Files of people on their way in: received sealed, withdrawn, or erased when their time is out."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department, User
from datasets.disclosure import AggregationRule
from datasets.errors import DatasetsError
from datasets.models import Dataset, Upload
from datasets.selectors import PEOPLE
from datasets.services.approvals import approval_take_back
from datasets.services.sealed import LIFETIME, file_forget, file_seal
from datasets.services.uploads import upload_ask_for_reading, upload_refuse, upload_withdraw
from datasets.states import FINAL, State, upload_move
from portal.audit.recording import record


@transaction.atomic
def people_file_receive(
    *,
    content: bytes,
    department: Department | None,
    by: User,
    dataset: Dataset | None = None,
    again: Upload | None = None,
) -> Upload:
    """Take a file of people in, sealed, and ask for its columns to be looked at. Its name is not kept.

    What was said of the data set's last file of people, or of the file that this one is brought in anew for, is
    taken over. Raises NowhereToKeepKeys, and DatasetsError for a data set that shows every figure as it is.
    """
    if dataset is not None and AggregationRule.from_json(dataset.rule).hides_nothing:
        raise DatasetsError(
            _("This data set shows every figure as it is. Figures of people need one that does not.")
        )
    former = again or _last_of(dataset)
    upload = Upload(
        pk=uuid4(),
        name=_("A file of people"),
        format=PEOPLE,
        size=len(content),
        department=department,
        dataset=dataset,
        mapping=former.mapping if former else {},
        registration=_taken_over(former, is_same=again is not None),
        uploaded_by=by,
    )
    upload.content = file_seal(upload.pk, content)
    upload.save(force_insert=True)
    record("people_file.received", target=upload, by=by)
    upload_ask_for_reading(upload, by)
    return upload


@transaction.atomic
def people_file_withdraw(*, upload: Upload, by: User) -> None:
    """Take a file of people back: its key and what was sealed are destroyed at once."""
    file_forget(upload.pk)
    upload_withdraw(upload=upload, by=by)


def people_files_expire() -> int:
    """Erase what is sealed of files whose time is out, in the tenant's scope; give how many."""
    old = Upload.in_scope().filter(format=PEOPLE, uploaded_at__lt=timezone.now() - LIFETIME)
    found = list(old.exclude(state__in=FINAL).exclude(content=b"").select_for_update(skip_locked=True))
    for upload in found:
        file_forget(upload.pk)
        approval_take_back(upload=upload, by=None)
        for step in _TO_THE_END.get(State(upload.state), ()):
            upload_move(upload, step)
        upload_refuse(upload=upload, problems=[{"code": "expired"}], by=None)
    return len(found)


_TO_THE_END = {State.WAITING: (State.READ,), State.CONFIRMED: (State.IMPORTING,)}
"""Through which states a file goes before it can be refused."""


def _last_of(dataset: Dataset | None) -> Upload | None:
    if dataset is None:
        return None
    last = Upload.in_scope().filter(dataset=dataset, format=PEOPLE, state=State.IMPORTED)
    return last.defer("content").order_by("-uploaded_at").first()


def _taken_over(former: Upload | None, *, is_same: bool) -> dict[str, Any]:
    if former is None:
        return {}
    return dict(former.registration) if is_same else {"steps": former.registration.get("steps", [])}
