"""Reads across rounds: whose they are, how many have answered, how far the results have come.

Nothing here reads an answer. While a round is open there is one figure, which PostgreSQL itself rounds down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from datasets.disclosure import ProtectedCube
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import cube_of
from portal.jobs.models import Job
from surveys.models import RoundPart, SurveyRound
from surveys.states import RoundState

OPEN = "surveys.open_round"


def rounds_own() -> QuerySet[SurveyRound]:
    """The rounds of the tenant at work. Scheduled rounds of others are public, and none of these."""
    found: QuerySet[SurveyRound] = SurveyRound.objects.own()
    return found


def rounds_held() -> QuerySet[SurveyRound]:
    """The tenant's rounds that people have answered, the one that closed last first."""
    return rounds_own().filter(state__in=(RoundState.CLOSED, RoundState.PUBLISHED)).order_by("-closed_at")


def rounded_counts(rounds: Iterable[SurveyRound]) -> dict[UUID, int]:
    """How many have answered each round, down to a multiple of five; one query for all of them."""
    keys = [survey_round.pk for survey_round in rounds]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, round_count(id) FROM unnest(%s::uuid[]) AS id", [keys])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Running:
    """An open round, and how many have answered it so far, rounded down."""

    survey_round: SurveyRound
    count: int


def rounds_running_or_ahead() -> tuple[list[Running], SurveyRound | None]:
    """The tenant's open rounds, the one that closes first first, and the one that opens next; in two queries."""
    found = list(_listed().filter(state__in=(RoundState.OPEN, RoundState.SCHEDULED)))
    ahead = [one for one in found if one.state == RoundState.SCHEDULED and one.opens_at is not None]
    running = [one for one in found if one.state == RoundState.OPEN]
    return _counted(running), min(ahead, key=lambda one: (one.opens_at, one.title), default=None)


@dataclass(frozen=True)
class RoundsByStage:
    """A tenant's rounds as its list shows them."""

    running: list[Running]
    planned: list[SurveyRound]
    closed: list[SurveyRound]
    cancelled: list[SurveyRound]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has planned anything yet."""
        return not (self.running or self.planned or self.closed or self.cancelled)


def rounds_by_stage() -> RoundsByStage:
    """Every round of the tenant, in two queries."""
    found = list(_listed())

    def of(*states: RoundState) -> list[SurveyRound]:
        return [survey_round for survey_round in found if survey_round.state in states]

    return RoundsByStage(
        running=_counted(of(RoundState.OPEN)),
        planned=of(RoundState.DRAFT, RoundState.SCHEDULED),
        closed=of(RoundState.CLOSED, RoundState.PUBLISHED),
        cancelled=of(RoundState.CANCELLED),
    )


def job_of(survey_round: SurveyRound, task: str) -> Job | None:
    """The newest job of a kind that is about a round."""
    return Job.in_scope().filter(subject_id=survey_round.pk, task=task).order_by("-asked_at").first()


def _listed() -> QuerySet[SurveyRound]:
    return rounds_own().defer("what_happens", "public_key")


def _counted(rounds: Iterable[SurveyRound]) -> list[Running]:
    found = sorted(rounds, key=lambda one: (one.closes_at is None, one.closes_at, one.title))
    counts = rounded_counts(found)
    return [Running(survey_round, counts[survey_round.pk]) for survey_round in found]


@dataclass(frozen=True)
class Published:
    """One published table of a round's results, and the data set that it stands in."""

    dataset: Dataset
    table: ReleaseTable
    cube: ProtectedCube


def cubes_of(tables: Mapping[str, Published]) -> dict[str, ProtectedCube]:
    """What the tables hold, by table code."""
    return {code: published.cube for code, published in tables.items()}


def results_of(*rounds: SurveyRound, codes: Collection[str] = ()) -> dict[UUID, dict[str, Published]]:
    """The newest published tables of rounds, by round and table code; two queries however many there are.

    With `codes` those alone are read.
    """
    found: dict[UUID, dict[str, Published]] = {survey_round.pk: {} for survey_round in rounds}
    origins = [str(survey_round.pk) for survey_round in rounds]
    for one in _newest(codes, dataset__origin_ref__in=origins):
        found[UUID(one.dataset.origin_ref)][one.table.code] = one
    return found


def published_of(dataset: Dataset) -> dict[str, Published]:
    """The newest published tables of one data set of survey results, by table code; in two queries."""
    return {one.table.code: one for one in _newest((), dataset=dataset)}


def _newest(codes: Collection[str], **of: object) -> Iterator[Published]:
    releases = (
        Release.objects.own()
        .filter(dataset__origin=Dataset.Origin.SURVEY, dataset__withdrawn_at=None, **of)
        .select_related("dataset")
        .order_by("dataset_id", "-number")
        .distinct("dataset_id")
    )
    datasets = {release.pk: release.dataset for release in releases}
    tables = ReleaseTable.objects.own().filter(release__in=list(datasets)).order_by("position")
    for table in tables.filter(code__in=codes) if codes else tables:
        yield Published(datasets[table.release_id], table, cube_of(table))


def not_shown_of(survey_round: SurveyRound) -> dict[str, dict[str, str]]:
    """By question and table: what could not be shown, and why (`surveys.results.protecting.NotShown`)."""
    parts = RoundPart.in_scope().filter(round=survey_round).exclude(not_shown={})
    return dict(parts.values_list("question", "not_shown"))
