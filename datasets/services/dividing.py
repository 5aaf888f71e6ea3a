"""Files from a region's side: one file for many municipalities, of which each gets its own part and no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Department, Tenant, User
from datasets.cubes import Cube, Role
from datasets.disclosure import AggregationRule, RefusedToPublish, with_former_figures
from datasets.errors import DatasetsError, LedgerMoved
from datasets.importers import Problem, Severity
from datasets.models import MunicipalityPart, Release, Upload
from datasets.rules import rule_of
from datasets.services.files import look_at, places_known, problem_json
from datasets.services.ledgers import Ledger, ledger_read, people_of
from datasets.services.placing import dataset_in_place
from datasets.services.previews import Trial, refusal_json
from datasets.services.releases import release_publish
from datasets.services.reshaping import changes_told, steps_of, with_notes
from datasets.services.uploads import upload_receive, upload_refuse
from datasets.states import State, upload_move
from portal.jobs.running import JobContext, JobFailed

TABLE_CODE = "main"
MOST_ATTEMPTS = 5


@transaction.atomic
def region_file_receive(
    *, region: Tenant, name: str, content: bytes, department: Department | None, by: User, again: Upload | None
) -> Upload:
    """Take a file in of which every municipality of the region is to have its part.

    `again`: the last such file. What was said of its columns and its data is taken over, and each municipality's
    part becomes the next release of the data set that it has. Raises DatasetsError for a tenant that is no region.
    """
    if not region.is_region:
        raise DatasetsError(_("Only a region shares data sets with its municipalities."))
    upload = upload_receive(name=name, content=content, department=department, by=by)
    had: dict[UUID, UUID | None] = {}
    if again is not None:
        Upload.in_scope().filter(pk=upload.pk).update(mapping=again.mapping, registration=again.registration)
        had = dict(MunicipalityPart.in_scope().filter(upload=again).values_list("municipality_id", "dataset_id"))
    for municipality in municipalities_of(region):
        MunicipalityPart.objects.create(
            upload=upload, municipality=municipality, dataset_id=had.get(municipality.pk)
        )
    return upload


def municipalities_of(region: Tenant) -> list[Tenant]:
    """The municipalities of a region that are on board."""
    return list(Tenant.objects.filter(parent=region, kind=Tenant.Kind.MUNICIPALITY).order_by("sort_key"))


@dataclass(frozen=True)
class _Part:
    """One municipality's part of the file, protected; or why it is not."""

    part: MunicipalityPart
    ledger: Ledger
    rule: AggregationRule
    trial: Trial
    table: Any = None
    refused: RefusedToPublish | None = None


def parts_import(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Give each municipality its part of a confirmed file, as a release that only it reads; all or none."""
    for _attempt in range(MOST_ATTEMPTS):
        with job.transaction():
            upload = Upload.in_scope().select_related("department", "tenant").get(pk=upload_id)
            by = User.objects.get(pk=by_id)
            region, places = upload.tenant, places_known(upload.tenant)
            mine = MunicipalityPart.in_scope().filter(upload=upload)
            parts = list(mine.select_related("municipality", "dataset"))
            if upload.state == State.CONFIRMED:
                upload_move(upload, State.IMPORTING)
        if upload.state != State.IMPORTING:
            return
        job.progress(10, "Reading the file")
        found = look_at(upload.name, bytes(upload.content), upload.mapping, places)
        geo = _places_of(found.cube)
        if found.cube is None or geo is None:
            problems = [problem_json(problem) for problem in found.problems]
            with job.completing():
                upload_refuse(upload=upload, problems=problems or [problem_json(_NO_PLACES)], by=by)
            return
        named = [part for part in parts if part.municipality.code in found.cube.dimension(geo).codes]
        made = _protected(job, upload, found.cube, geo, named)
        if refusals := _all_refused(made):
            with job.completing():
                upload_refuse(upload=upload, problems=refusals, by=by)
            return
        job.progress(90, "Publishing")
        try:
            with job.completing():
                for one in made:
                    _publish(upload, region, one, by)
                strangers = _strangers(found.cube, geo, parts)
                upload_move(upload, State.IMPORTED, preview={}, problems=[problem_json(p) for p in strangers])
            return
        except LedgerMoved:
            continue
    raise JobFailed(_("Other figures about the same people kept being published meanwhile. Start again."))


def _protected(
    job: JobContext, upload: Upload, cube: Cube, geo: str, named: Sequence[MunicipalityPart]
) -> list[_Part]:
    """Every municipality's part, each protected by itself against all that is out about its people."""
    done = []
    for at, part in enumerate(named):
        job.progress(20 + 60 * at // max(len(named), 1), "Protecting small groups")
        with job.transaction():
            ledger = ledger_read(_people_of(upload, part))
            rule = _rule_of(upload, part)
        own = cube.select({geo: [part.municipality.code]})
        source = own.source or str(upload.registration.get("source", ""))
        trial = Trial(replace(own, source=source), rule, ledger.tables, steps_of(upload))
        found = _Part(part, ledger, rule, trial)
        try:
            shown = with_notes(trial.table, trial.cube, trial.steps)
            found = replace(found, table=with_former_figures(trial.protect(shown), ledger.tables))
        except RefusedToPublish as refused:
            found = replace(found, refused=refused)
        done.append(found)
    return done


def _publish(upload: Upload, region: Tenant, one: _Part, by: User) -> Release | None:
    mine = MunicipalityPart.in_scope().filter(pk=one.part.pk)
    if one.refused is not None:
        mine.update(problem=refusal_json(one.refused.reasons[0]))
        return None
    is_open = one.rule.hides_nothing
    dataset = dataset_in_place(
        upload=upload,
        dataset=one.part.dataset,
        rule=one.rule,
        population=one.ledger.population,
        by=by,
        audience_id=region.members_audience if is_open else one.part.municipality_id,
    )
    release = release_publish(
        dataset=dataset,
        tables=[(TABLE_CODE, one.table.title, one.table)],
        rule=one.rule,
        by=by,
        changes=changes_told(upload.registration, one.trial),
        ledger=one.ledger,
    )
    mine.update(dataset=dataset, release=release, problem={})
    return release


def _all_refused(made: Sequence[_Part]) -> list[dict[str, Any]]:
    """Why nothing is published for anybody; empty where somebody gets a part."""
    reasons = [one.refused.reasons[0] for one in made if one.refused is not None]
    if not made:
        return [problem_json(_NO_PLACES)]
    return [refusal_json(reasons[0])] if len(reasons) == len(made) else []


def _people_of(upload: Upload, part: MunicipalityPart) -> UUID:
    if part.dataset is not None:
        return part.dataset.population
    return people_of(upload) if upload.registration.get("same_people_as") else uuid4()


def _rule_of(upload: Upload, part: MunicipalityPart) -> AggregationRule:
    """The rule that was chosen, unless the part's data set has come to have a stricter one."""
    chosen = rule_of(upload)
    if part.dataset is None:
        return chosen
    own = AggregationRule.from_json(part.dataset.rule)
    return chosen if chosen.stricter_or_equal(own) else own


def _places_of(cube: Cube | None) -> str | None:
    """The code of the dimension of places; None where the table has none."""
    return next((d.code for d in cube.dimensions if d.role is Role.GEO), None) if cube is not None else None


def _strangers(cube: Cube, geo: str, parts: Sequence[MunicipalityPart]) -> list[Problem]:
    """What is told of places in the file that are no municipality of the region, by their names."""
    known = {part.municipality.code for part in parts}
    names = [c.label.get("sv") or c.code for c in cube.dimension(geo).categories if c.code not in known]
    if not names:
        return []
    told = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return [replace(_STRANGERS, params={"places": told})]


_NO_PLACES = Problem(
    "region_no_places",
    Severity.FATAL,
    gettext_noop("No column of the file names municipalities, so it cannot be divided among them."),
    gettext_noop("Say which column holds the places, or add one with the municipality's name or code."),
)
_STRANGERS = Problem(
    "region_strangers",
    Severity.CONTINUE,
    gettext_noop("Places in the file that got no part: %(places)s."),
    gettext_noop("They are no municipalities of the region, or are not on board. Nothing of them was kept."),
)


def parts_of(upload: Upload) -> list[MunicipalityPart]:
    """A file's parts in the order of the municipalities' names, with what each led to."""
    found = MunicipalityPart.in_scope().filter(upload=upload).select_related("municipality")
    return list(found.order_by("municipality__sort_key"))
