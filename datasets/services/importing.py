"""What the worker does with a file: reads it, protects it, publishes it; whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from accounts.models import Department, Tenant, User
from datasets.cubes import Cube
from datasets.disclosure import AggregationRule, RefusedToPublish, ReleasedTable, Sensitivity
from datasets.models import Dataset, Upload
from datasets.services.files import Format, Found, look_at, places_known, problem_json
from datasets.services.previews import preview, protected, refusal_json
from datasets.services.registration import DESCRIBED, dataset_register
from datasets.services.releases import earlier_tables, release_publish
from datasets.services.uploads import upload_refuse
from datasets.states import State, upload_move
from portal.jobs.running import JobContext

TABLE_CODE = "main"
"""The code of the one table that a file gives."""


@dataclass(frozen=True)
class _Work:
    """An upload with all that reading it needs, fetched in one short transaction."""

    upload: Upload
    content: bytes
    places: dict[str, str]
    rule: AggregationRule
    earlier: list[ReleasedTable]
    lang: str


def upload_read(job: JobContext, *, upload_id: str) -> None:
    """Read a file, and try what its rule would hide, for a person to look at."""
    with job.transaction():
        work = _fetch(upload_id)
    if work.upload.state != State.RECEIVED:
        return
    job.progress(10, "Looking at the file")
    found = _look(work)
    if found.is_hopeless:
        with job.completing():
            upload_refuse(upload=work.upload, problems=[problem_json(p) for p in found.problems], by=None)
        return
    registration = {"sensitivity": usual_sensitivity(found), **work.upload.registration}
    rule = work.rule if work.upload.dataset else chosen_rule(registration)
    shown: dict[str, Any] = {"lines": found.rows}
    if found.cube is not None:
        job.progress(60, "Trying what will be protected")
        shown["protected"] = preview(found.cube, rule, work.earlier, work.lang)
    with job.completing():
        upload_move(
            work.upload,
            State.READ,
            format=str(found.format),
            guess=found.guess,
            mapping=found.mapping,
            registration=registration,
            problems=[problem_json(problem) for problem in found.problems],
            preview=shown,
        )


def upload_import(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Bring a confirmed file in. Data set, release and the file's erasure become true together."""
    with job.transaction():
        work = _fetch(upload_id)
        by = User.objects.get(pk=by_id)
        if work.upload.state == State.CONFIRMED:
            upload_move(work.upload, State.IMPORTING)
    if work.upload.state != State.IMPORTING:
        return
    job.progress(10, "Reading the file")
    found = _look(work)
    if found.cube is None:
        _refuse(job, work.upload, [problem_json(problem) for problem in found.problems], by)
        return
    job.progress(40, "Protecting small groups")
    cube = _named(found.cube, work.upload.registration)
    try:
        table = protected(cube, work.rule, work.earlier)
    except RefusedToPublish as refused:
        _refuse(job, work.upload, [refusal_json(reason) for reason in refused.reasons], by)
        return
    job.progress(90, "Publishing")
    with job.completing():
        dataset = work.upload.dataset or _register(work.upload, work.rule, by)
        release = release_publish(
            dataset=dataset,
            tables=[(TABLE_CODE, cube.title, table)],
            rule=work.rule,
            by=by,
            changes=str(work.upload.registration.get("changes", "")),
        )
        upload_move(
            work.upload, State.IMPORTED, dataset=dataset, release=release, preview={}, problems=_kept(found)
        )


def _fetch(upload_id: str) -> _Work:
    upload = Upload.in_scope().select_related("dataset", "department", "tenant").get(pk=upload_id)
    return _Work(
        upload=upload,
        content=bytes(upload.content),
        places=places_known(Tenant.objects.get(pk=upload.tenant_id)),
        rule=rule_of(upload),
        earlier=earlier_tables(upload.dataset) if upload.dataset else [],
        lang=str(upload.registration.get("lang", "sv")),
    )


def _look(work: _Work) -> Found:
    return look_at(work.upload.name, work.content, work.upload.mapping, work.places)


def _refuse(job: JobContext, upload: Upload, problems: list[dict[str, Any]], by: User) -> None:
    with job.completing():
        upload_refuse(upload=upload, problems=problems, by=by)


def _kept(found: Found) -> list[dict[str, Any]]:
    return [problem_json(problem) for problem in found.problems]


def rule_of(upload: Upload) -> AggregationRule:
    """The rule that a file comes in under: its data set's, else that of the sensitivity chosen so far."""
    if upload.dataset is not None:
        return AggregationRule.from_json(upload.dataset.rule)
    return chosen_rule(upload.registration)


def usual_sensitivity(found: Found) -> str:
    """A statistical office's own file with its source is open; all else is internal until somebody says more."""
    is_official = found.format is not Format.CSV and found.cube is not None and bool(found.cube.source)
    return str(Dataset.Sensitivity.OPEN if is_official else Dataset.Sensitivity.INTERNAL)


def chosen_rule(registration: Mapping[str, Any]) -> AggregationRule:
    """The usual rule of a sensitivity, with a higher threshold where one was asked for."""
    usual = AggregationRule.default(Sensitivity[str(registration.get("sensitivity") or "internal").upper()])
    k = int(registration.get("k") or 0)
    return replace(usual, k=max(k, usual.k)) if usual.sensitivity is not Sensitivity.OPEN else usual


def _named(cube: Cube, registration: Mapping[str, Any]) -> Cube:
    """The cube with the source that a person wrote, where the file itself names none."""
    return cube if cube.source else replace(cube, source=str(registration.get("source", "")))


def _register(upload: Upload, rule: AggregationRule, by: User) -> Dataset:
    given = upload.registration
    described = {name: value for name, value in given.items() if name in DESCRIBED and name != "department"}
    department_id = given.get("department")
    return dataset_register(
        by=by,
        rule=rule,
        sensitivity=str(given["sensitivity"]),
        department=Department.objects.get(pk=department_id) if department_id else upload.department,
        **described,
    )
