"""The demo's survey rounds: simulated answers that travel the way of real ones, sealed and shuffled."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import Tenant, User
from portal.celery import app
from portal.demo.clock import as_of
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from surveys.demo.model import simulate
from surveys.demo.parameters import EXPECTED_PER_ROUND, PROFILES, RESPONSES_PER_ROUND
from surveys.models import SurveyRound
from surveys.public_round import find_round, forget_rounds
from surveys.services.questionnaires import wellbeing_version
from surveys.services.responses import response_submit
from surveys.services.rounds import (
    survey_round_close,
    survey_round_create,
    survey_round_open,
    survey_round_schedule,
)
from surveys.services.shuffle import round_finish

SEED = 20_261
WAVES = (("Vår", timedelta(days=250)), ("Höst", timedelta(days=45)))
"""What a round is called, and how long ago it opened."""
OPEN_FOR = timedelta(days=25)
NAMESPACE = UUID("5a0ad3a5-0a3c-4d0a-9d1e-7c1f6f1f2a55")
WHAT_HAPPENS = {
    "sv": "Svaren blir enkla diagram som vi pratar om i kommunen. Sedan berättar vi vad vi gör.",
    "en": "The answers become simple charts that we talk about in the municipality. Then we tell you what we do.",
}


def hold_rounds(demo: Demo) -> list[SurveyRound]:
    """Two rounds in each municipality, closed and counted, and an open one to try; results wait as jobs."""
    rounds = []
    for code, tenant in demo.municipalities.items():
        by = demo.first_in(code)
        previous = None
        for wave, (season, ago) in enumerate(WAVES, start=1):
            opened = at_nine(timezone.now() - ago)
            title = f"Hur mår du? {season} {opened.year}"
            previous = _open(tenant, by, title, f"{season} {opened.year}", previous, opened)
            _answer(previous, code, wave)
            close(tenant, by, previous, opened + OPEN_FOR)
            rounds.append(previous)
    first = next(iter(demo.municipalities))
    _open(demo.municipalities[first], demo.people["Alma"], "Prova att svara", "", None, timezone.now())
    return rounds


def do_waiting_jobs() -> int:
    """Do every job that waits, as the worker would; give how many. Raises RuntimeError when one failed."""
    app.loader.import_default_modules()
    done = 0
    while job := Job._base_manager.filter(state=Job.State.WAITING).order_by("asked_at").first():
        outcome = app.tasks[job.task](job_id=str(job.pk), tenant_id=str(job.tenant_id))
        if outcome != "done":
            raise RuntimeError(f"The demo's job {job.task} ended as {outcome!r}.")
        done += 1
    return done


def _open(
    tenant: Tenant, by: User, title: str, wave: str, previous: SurveyRound | None, opened: datetime
) -> SurveyRound:
    """Plan, schedule and open a round as of `opened`; until it is closed it takes answers now."""
    with transaction.atomic(), scope(tenant.pk):
        version = wellbeing_version()
    with working_as("web"), as_of(opened), transaction.atomic(), scope(tenant.pk):
        survey_round = survey_round_create(
            title=title,
            version=version,
            asker=tenant.official_name,
            what_happens=WHAT_HAPPENS,
            contact=f"ungas-halsa@{tenant.slug}.example",
            wave=wave,
            previous_round=previous,
            expected_answers=EXPECTED_PER_ROUND.get(tenant.code),
            by=by,
        )
        # PostgreSQL's own clock decides whether answers are taken.
        closes = datetime.now(tz=opened.tzinfo) + OPEN_FOR
        survey_round_schedule(survey_round=survey_round, opens_at=opened, closes_at=closes, by=by)
    with as_of(opened), transaction.atomic(), scope(tenant.pk):
        survey_round_open(survey_round=survey_round)
    return survey_round


def _answer(survey_round: SurveyRound, code: str, wave: int) -> None:
    forget_rounds()  # what this process read before the round opened
    found = find_round(survey_round.public_code)
    if found is None:
        raise RuntimeError("The demo's round is not open.")
    people = simulate(
        found.questionnaire,
        municipality_profile=PROFILES[code],
        n=RESPONSES_PER_ROUND[code],
        wave=wave,
        seed=SEED,
    )
    for number, answers in enumerate(people):
        response_submit(
            survey_round=found, number=uuid5(NAMESPACE, f"{survey_round.pk}/{number}"), answers=answers
        )


def close(tenant: Tenant, by: User, survey_round: SurveyRound, closed: datetime) -> None:
    """Close the round as of `closed`, and let the worker count it."""
    with working_as("web"), as_of(closed), transaction.atomic(), scope(tenant.pk):
        SurveyRound.objects.filter(pk=survey_round.pk).update(closes_at=closed)
        survey_round_close(survey_round=survey_round, by=by)
    with transaction.atomic(), scope(tenant.pk):
        survey_round.refresh_from_db()
        round_finish(survey_round=survey_round)
        survey_round.refresh_from_db()


def at_nine(moment: datetime) -> datetime:
    """Nine o'clock by the clock on the wall."""
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), time(9)))
