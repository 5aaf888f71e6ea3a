"""What the worker does with a file: reads it, protects it, publishes it; whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.cubes import Cube
from datasets.disclosure import AggregationRule, ProtectedCube, RefusedToPublish, with_former_figures
from datasets.errors import DatasetsError, LedgerMoved
from datasets.models import CategoryGrouping, Dataset, ReleaseTable, Upload
from datasets.rules import chosen_rule, rule_of
from datasets.selectors import cube_of, known_files, latest_release
from datasets.services.alarms import alarm_raise
from datasets.services.category_groupings import grouped, groupings_of
from datasets.services.files import (
    Found,
    is_alike,
    look_at,
    lost_rows,
    places_known,
    problem_json,
    problems_kept,
    quarantined,
    remembered,
)
from datasets.services.ledgers import Ledger, ledger_read, people_of
from datasets.services.previews import Trial, advice, comparison, preview, refusal_json, revised
from datasets.services.publishing import file_publish
from datasets.services.recognising import begun_registration
from datasets.services.reshaping import changes_told, steps_of, with_notes
from datasets.services.uploads import upload_refuse
from datasets.states import State, upload_move
from portal.jobs.running import JobContext, JobFailed

TABLE_CODE = "main"
"""The code of the one table that a file gives."""

MOST_ATTEMPTS = 5
"""So many times a file is protected anew where others publish about the same people meanwhile."""


@dataclass(frozen=True)
class _Work:
    """An upload with all that reading it needs, fetched in one short transaction."""

    upload: Upload
    content: bytes
    places: dict[str, str]
    rule: AggregationRule
    ledger: Ledger
    former: ProtectedCube | None
    known: tuple[Upload, ...]
    groupings: tuple[CategoryGrouping, ...]
    lang: str

    def trial(self, cube: Cube) -> Trial:
        """The table as it was read, with everything that decides what is hidden of it."""
        steps = steps_of(self.upload)
        return Trial(grouped(cube, self.groupings), self.rule, self.ledger.tables, steps, former=self.former)


def upload_read(job: JobContext, *, upload_id: str) -> None:
    """Read a file, and try what its rule would hide, for a person to look at."""
    with job.transaction():
        work = _fetch(upload_id)
    if work.upload.state != State.RECEIVED:
        return
    job.progress(10, "Looking at the file")
    found = _as_known(work, _look(work))
    if found.is_hopeless:
        with job.completing():
            upload_refuse(upload=work.upload, problems=[problem_json(p) for p in found.problems], by=None)
        return
    begun = {} if work.upload.dataset else begun_registration(found)
    registration = {**begun, **work.upload.registration}
    rule = work.rule if work.upload.dataset else chosen_rule(registration)
    shown: dict[str, Any] = {"lines": found.rows}
    if found.cube is not None:
        job.progress(40, "Trying what will be protected")
        trial = replace(work.trial(found.cube), rule=rule)
        shown["protected"] = preview(trial, work.lang)
        shown["protected"]["same_people_as"] = registration.get("same_people_as") or ""
        job.progress(70, "Looking for ways to show more")
        shown["protected"]["advice"] = advice(trial, shown["protected"])
    with job.completing():
        upload_move(
            work.upload,
            State.READ,
            format=str(found.format),
            guess=found.guess,
            mapping=found.mapping,
            registration=registration,
            problems=problems_kept(found),
            quarantine=quarantined(found),
            preview=shown,
        )
        refusals = shown.get("protected", {}).get("refusals", [])
        alarm_raise(population=work.ledger.population, refusals=refusals, by=work.upload.uploaded_by)


def upload_import(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Bring a confirmed file in. Data set, release and the file's erasure become true together.

    Where something about the same people was released meanwhile, the file is protected anew, against that too.
    """
    for _attempt in range(MOST_ATTEMPTS):
        with job.transaction():
            work = _fetch(upload_id)
            by = User.objects.get(pk=by_id)
            if work.upload.state == State.CONFIRMED:
                upload_move(work.upload, State.IMPORTING)
        if work.upload.state != State.IMPORTING:
            return
        try:
            _import(job, work, by)
        except LedgerMoved:
            continue
        return
    raise JobFailed(_("Other figures about the same people kept being published meanwhile. Start again."))


def _import(job: JobContext, work: _Work, by: User) -> None:
    job.progress(10, "Reading the file")
    found = _look(work)
    if found.cube is None:
        _refuse(job, work, [problem_json(problem) for problem in found.problems], by)
        return
    job.progress(40, "Protecting small groups")
    trial = work.trial(_named(found.cube, work.upload.registration))
    cube = with_notes(trial.table, trial.cube, trial.steps, lost=lost_rows(found))
    try:
        table = with_former_figures(trial.protect(cube), work.ledger.tables)
    except RefusedToPublish as refused:
        _refuse(job, work, [refusal_json(reason) for reason in refused.reasons], by)
        return
    job.progress(70, "Comparing with a coarser table")
    compared = comparison(trial, table)
    file_publish(
        job,
        upload=work.upload,
        tables=[(TABLE_CODE, cube.title, table)],
        rule=work.rule,
        ledger=work.ledger,
        by=by,
        changes=changes_told(work.upload.registration, trial, revised(trial, table)),
        compared={TABLE_CODE: compared} if compared else {},
        problems=problems_kept(found),
    )


def _fetch(upload_id: str) -> _Work:
    upload = Upload.in_scope().select_related("dataset", "department", "tenant").get(pk=upload_id)
    return _Work(
        upload=upload,
        content=bytes(upload.content),
        places=places_known(Tenant.objects.get(pk=upload.tenant_id)),
        rule=rule_of(upload),
        ledger=_ledger(upload),
        former=_former(upload.dataset),
        known=known_files(upload),
        groupings=tuple(groupings_of(upload.dataset)),
        lang=str(upload.registration.get("lang", "sv")),
    )


def _former(dataset: Dataset | None) -> ProtectedCube | None:
    """What the last release of a data set shows; None before the first, or where it is no such table."""
    release = latest_release(dataset) if dataset is not None else None
    table = ReleaseTable.objects.filter(release=release, code=TABLE_CODE).first() if release is not None else None
    return cube_of(table) if table is not None else None


def _ledger(upload: Upload) -> Ledger:
    try:
        return ledger_read(people_of(upload))
    except DatasetsError as error:
        raise JobFailed(str(error)) from None


def _look(work: _Work) -> Found:
    return look_at(work.upload.name, work.content, work.upload.mapping, work.places)


def _as_known(work: _Work, found: Found) -> Found:
    """A file that nothing was said of yet, read as one with the same columns was, where there is such a one."""
    like = next((one for one in work.known if is_alike(one.mapping, found.mapping)), None)
    if like is None:
        return found
    again = look_at(work.upload.name, work.content, remembered(like.mapping), work.places)
    return replace(again, guess={**again.guess, "like": str(like.dataset_id)})


def _refuse(job: JobContext, work: _Work, problems: list[dict[str, Any]], by: User) -> None:
    with job.completing():
        upload_refuse(upload=work.upload, problems=problems, by=by)
        reasons = [problem for problem in problems if "why" in problem]
        alarm_raise(population=work.ledger.population, refusals=reasons, by=by)


def _named(cube: Cube, registration: Mapping[str, Any]) -> Cube:
    """The cube with the source that a person wrote, where the file itself names none."""
    return cube if cube.source else replace(cube, source=str(registration.get("source", "")))
