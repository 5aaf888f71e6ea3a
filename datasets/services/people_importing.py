"""What the worker does with a file of people: looks at columns, aggregates, protects, publishes; keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from datasets.cubes import LocalText
from datasets.disclosure import (
    AggregationRule,
    RefusedToPublish,
    with_former_figures,
)
from datasets.errors import DatasetsError, LedgerMoved
from datasets.microdata import (
    Aggregated,
    ColumnProfile,
    ColumnUse,
    Figure,
    MicrodataError,
    PeoplePlan,
    PlanError,
    aggregate,
    profile,
    propose,
    read_people,
    without_rare,
)
from datasets.models import CategoryGrouping, Dataset, Upload
from datasets.rules import chosen_rule, rule_of
from datasets.selectors import PEOPLE
from datasets.services.alarms import alarm_raise
from datasets.services.category_groupings import grouped, groupings_of
from datasets.services.ledgers import Ledger, ledger_read, people_of
from datasets.services.people_trials import PeopleTrial
from datasets.services.previews import advice, preview, refusal_json
from datasets.services.publishing import file_publish
from datasets.services.releases import NamedTable
from datasets.services.reshaping import changes_told, steps_of, with_notes
from datasets.services.sealed import NowhereToKeepKeys, file_forget, file_open
from datasets.services.uploads import upload_refuse
from datasets.states import State, upload_move
from portal.jobs.running import JobContext, JobFailed

COUNTS, MEANS, SUMS = "main", "means", "sums"
"""Codes of the tables that a file of people gives."""

MOST_ATTEMPTS = 5


@dataclass(frozen=True)
class _Work:
    """A file with what decides how it is protected."""

    upload: Upload
    rule: AggregationRule
    ledger: Ledger
    groupings: tuple[CategoryGrouping, ...]
    lang: str


def people_read(job: JobContext, *, upload_id: str) -> None:
    """Look at a file's columns, and try what its rule would hide, for a person to look at."""
    with job.transaction():
        work, sealed = _fetch(upload_id)
    if work.upload.state != State.RECEIVED:
        return
    job.progress(10, "Looking at the columns")
    try:
        content = _opened(work.upload, sealed, for_the_last_time=False)
        del sealed
        table = read_people(content)
        del content
        profiles = profile(table)
        plan = without_rare(_plan_of(work.upload, profiles), table)
    except MicrodataError as error:
        _refuse(job, work, [_problem(error)])
        return
    shown: dict[str, Any] = {}
    guess = {"rows": table.rows + table.ragged, "columns": [asdict(one) for one in profiles], "left_out": {}}
    registration = {"sensitivity": _usual_sensitivity(work.upload), **work.upload.registration}
    rule = work.rule if work.upload.dataset else chosen_rule(registration)
    problems = [
        {"code": "identifier", "heading": one.heading, "kind": str(one.identifier)}
        for one in profiles
        if one.identifier and (said := plan.column(one.heading)) and said.use is not ColumnUse.DROP
    ]
    if not problems:
        job.progress(40, "Trying what will be protected")
        try:
            found = aggregate(table, plan, title=_title(registration), source=str(registration.get("source", "")))
            guess["left_out"] = dict(found.left_out)
            shown["protected"] = _previewed(work, rule, plan, found)
            shown["protected"]["same_people_as"] = registration.get("same_people_as") or ""
        except (MicrodataError, PlanError) as error:
            problems = [_problem(error)]
    with job.completing():
        upload_move(
            work.upload,
            State.READ,
            guess=guess,
            mapping=plan.to_json(),
            registration=registration,
            problems=problems,
            preview=shown,
        )
        refusals = shown.get("protected", {}).get("refusals", [])
        alarm_raise(population=work.ledger.population, refusals=refusals, by=work.upload.uploaded_by)


def people_import(job: JobContext, *, upload_id: str, by_id: str) -> None:
    """Publish a confirmed file of people. Its key and what was sealed of it are destroyed before that.

    Whatever stops the job afterwards, nothing is left to go on with: the file has to be brought in again.
    """
    with job.transaction():
        work, sealed = _fetch(upload_id)
        by = User.objects.get(pk=by_id)
    if work.upload.state not in (State.CONFIRMED, State.IMPORTING):
        return
    job.progress(10, "Counting people")
    plan, given = PeoplePlan.from_json(work.upload.mapping), work.upload.registration
    try:
        content = _opened(work.upload, sealed, for_the_last_time=True)
    except MicrodataError as error:
        content, problem = b"", _problem(error)
    del sealed
    with job.transaction():
        # From here on nothing of the file is left but what this process holds in memory.
        if work.upload.state == State.CONFIRMED:
            upload_move(work.upload, State.IMPORTING, content=b"")
    if not content:
        _refuse(job, work, [problem])
        return
    try:
        table = read_people(content, without=[column.heading for column in plan.of_use(ColumnUse.DROP)])
        del content
        found = aggregate(
            table, without_rare(plan, table), title=_title(given), source=str(given.get("source", ""))
        )
        del table
    except (MicrodataError, PlanError) as error:
        _refuse(job, work, [_problem(error)])
        return
    for _attempt in range(MOST_ATTEMPTS):
        try:
            _publish(job, work, plan, found, by)
            return
        except LedgerMoved:
            with job.transaction():
                work = replace(work, ledger=_ledger(work.upload))
    raise JobFailed(_("Other figures about the same people kept being published meanwhile. Start again."))


def _publish(job: JobContext, work: _Work, plan: PeoplePlan, found: Aggregated, by: User) -> None:
    job.progress(40, "Protecting small groups")
    trial = _trial(work, work.rule, plan, found)
    try:
        tables = _tables(trial, plan)
    except RefusedToPublish as refused:
        _refuse(job, work, [refusal_json(reason) for reason in refused.reasons])
        return
    file_publish(
        job,
        upload=work.upload,
        tables=tables,
        rule=work.rule,
        ledger=work.ledger,
        by=by,
        changes=changes_told(work.upload.registration, trial),
        guess={"rows": found.rows, "left_out": dict(found.left_out)},
    )


def _tables(trial: PeopleTrial, plan: PeoplePlan) -> list[NamedTable]:
    """The tables of a release, protected. Raises RefusedToPublish."""
    if trial.contributions is None:
        cube = with_notes(trial.table, trial.cube, trial.steps)
        return [(COUNTS, cube.title, with_former_figures(trial.protect(cube), trial.earlier))]
    made, counts = trial.measured()
    measure = plan.of_use(ColumnUse.MEASURE)[0].called
    return [
        (
            SUMS if trial.is_summed else MEANS,
            {lang: f"{title}: {measure}" for lang, title in trial.cube.title.items()},
            made,
        ),
        (COUNTS, trial.cube.title, counts),
    ]


def _trial(work: _Work, rule: AggregationRule, plan: PeoplePlan, found: Aggregated) -> PeopleTrial:
    # What people contribute to means and sums is kept cell by cell: such a table is shown as it was counted.
    is_counted = found.contributions is None
    steps = steps_of(work.upload) if is_counted else ()
    cube = grouped(found.cube, work.groupings) if is_counted else found.cube
    return PeopleTrial(
        cube=cube,
        rule=rule,
        earlier=work.ledger.tables,
        steps=steps,
        contributions=found.contributions,
        decimals=found.decimals,
        unit=plan.unit,
        is_summed=plan.figure is Figure.SUM,
    )


def _previewed(work: _Work, rule: AggregationRule, plan: PeoplePlan, found: Aggregated) -> dict[str, Any]:
    if rule.hides_nothing:
        raise MicrodataError("open")
    if plan.figure is Figure.SUM and not rule.dominance:
        raise MicrodataError("no_dominance")
    trial = _trial(work, rule, plan, found)
    shown = preview(trial, work.lang)
    shown["advice"] = advice(trial, shown) if found.contributions is None else []
    return shown


def _fetch(upload_id: str) -> tuple[_Work, bytes]:
    found = Upload.in_scope().select_related("dataset", "department", "tenant").defer("content")
    upload = found.get(pk=upload_id, format=PEOPLE)
    sealed = Upload.in_scope().values_list("content", flat=True).get(pk=upload_id)
    lang = str(upload.registration.get("lang", "sv"))
    groupings = tuple(groupings_of(upload.dataset))
    return _Work(upload, rule_of(upload), _ledger(upload), groupings, lang), bytes(sealed)


def _ledger(upload: Upload) -> Ledger:
    try:
        return ledger_read(people_of(upload))
    except DatasetsError as error:
        raise JobFailed(str(error)) from None


def _opened(upload: Upload, sealed: bytes, *, for_the_last_time: bool) -> bytes:
    """The file's content. Raises MicrodataError when its time is out, JobFailed where its key can't be kept."""
    try:
        content = file_open(upload.pk, sealed, for_the_last_time=for_the_last_time)
    except NowhereToKeepKeys as error:
        raise JobFailed(str(error)) from None
    if content is None:
        raise MicrodataError("expired")
    return content


def _refuse(job: JobContext, work: _Work, problems: list[dict[str, Any]]) -> None:
    file_forget(work.upload.pk)
    with job.completing():
        by = work.upload.uploaded_by
        upload_refuse(upload=work.upload, problems=problems, by=by)
        reasons = [problem for problem in problems if "why" in problem]
        alarm_raise(population=work.ledger.population, refusals=reasons, by=by)


def _problem(error: MicrodataError | PlanError) -> dict[str, Any]:
    if isinstance(error, PlanError):
        return {"code": f"plan_{error.code}", "heading": error.heading}
    return {"code": error.code, **error.about}


def _plan_of(upload: Upload, profiles: tuple[ColumnProfile, ...]) -> PeoplePlan:
    """What was said of this file's columns; of one looked at for the first time, what they likely are."""
    known = PeoplePlan.from_json(upload.mapping) if upload.mapping else None
    return known if known is not None and upload.guess else propose(profiles, known)


def _usual_sensitivity(upload: Upload) -> str:
    """Rows of people are sensitive until somebody says otherwise, where a department can answer for them."""
    return str(Dataset.Sensitivity.SENSITIVE if upload.department_id else Dataset.Sensitivity.INTERNAL)


def _title(registration: Mapping[str, Any]) -> LocalText:
    title = str(registration.get("title") or _("A file of people"))
    return {"sv": title, "en": str(registration.get("title_en") or title)}
