"""Reads about joint rounds from both sides: the region's, and a municipality's that is asked to take part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import Tenant
from datasets.models import ReleaseTable
from datasets.selectors import cube_of
from datasets.services.dividing import municipalities_of
from surveys.models import JointAnswer, JointInvitation, SurveyRound
from surveys.results.forecast import USUAL
from surveys.results.joint_forecast import JointForecast, joint_forecast
from surveys.results.own_part import origin_of
from surveys.results.population import populations_of
from surveys.selectors import Published
from surveys.states import JointState, RoundState


@dataclass(frozen=True)
class Place:
    """A municipality of the region, and where it stands in a joint round."""

    municipality: Tenant
    invitation: JointInvitation | None
    answer: JointAnswer | None

    @property
    def is_asked(self) -> bool:
        """Whether it is invited now."""
        return self.invitation is not None and self.invitation.state != JointState.WITHDRAWN


def places_of(survey_round: SurveyRound) -> list[Place]:
    """Every municipality of the region, in the region's scope; in three queries."""
    invitations = {one.municipality_id: one for one in JointInvitation.objects.own().filter(round=survey_round)}
    answers = {one.tenant_id: one for one in JointAnswer.objects.filter(invitation__in=list(invitations.values()))}
    return [
        Place(municipality, invitations.get(municipality.pk), answers.get(municipality.pk))
        for municipality in municipalities_of(survey_round.tenant)
    ]


@dataclass(frozen=True)
class Part:
    """A joint round as a municipality sees it: asked, answered, and the round itself once anyone may know of it.

    `count` is the whole round's total so far, rounded down to five, while it is open and one takes part.
    """

    invitation: JointInvitation
    answer: JointAnswer | None
    survey_round: SurveyRound | None
    count: int | None = None

    @property
    def takes_part(self) -> bool:
        """Whether the municipality is in the round."""
        return self.invitation.state == JointState.TAKES_PART

    @property
    def own_questions(self) -> dict[str, Any]:
        """What the municipality asks beside the region: as put in so far, or as it is in the round."""
        if self.answer is None or not self.answer.takes_part:
            return {}
        is_in = self.survey_round and self.invitation.municipality.slug in self.survey_round.own_sections.values()
        is_kept = self.invitation.state == JointState.INVITED or (self.takes_part and is_in)
        found: dict[str, Any] = self.answer.own_questions if is_kept else {}
        return found

    @property
    def opens_at(self) -> datetime | None:
        """When it opened, or opens: as the round has it, or as the invitation told it."""
        found = self.survey_round
        return (found.opened_at or found.opens_at) if found else self.invitation.opens_at

    @property
    def closes_at(self) -> datetime | None:
        """When it closed, or closes."""
        found = self.survey_round
        return (found.closed_at or found.closes_at) if found else self.invitation.closes_at

    @property
    def is_announced(self) -> bool:
        """Whether there is a link to spread."""
        found = self.survey_round
        return self.takes_part and found is not None and found.state in (RoundState.SCHEDULED, RoundState.OPEN)

    @property
    def has_results(self) -> bool:
        """Whether there is something to read of what came out."""
        return self.takes_part and self.survey_round is not None and self.survey_round.tabulated_at is not None


def invitations_here(municipality: Tenant) -> QuerySet[JointInvitation]:
    """What the municipality at work has been asked to take part in."""
    found: QuerySet[JointInvitation] = JointInvitation.objects.filter(municipality=municipality)
    return found.select_related("tenant")


def parts_of(invitations: Iterable[JointInvitation]) -> list[Part]:
    """Invitations with the municipality's own answers, and with the rounds that are public; in three queries."""
    found = list(invitations)
    if not found:
        return []
    answers = {one.invitation_id: one for one in JointAnswer.objects.own().filter(invitation__in=found)}
    wanted = [one.round_id for one in found]
    rounds = {one.pk: one for one in SurveyRound.objects.filter(pk__in=wanted).select_related("tenant")}
    is_open = [one for one in found if one.round_id in rounds and rounds[one.round_id].state == RoundState.OPEN]
    counts = _counts(one for one in is_open if one.state == JointState.TAKES_PART)
    return [Part(one, answers.get(one.pk), rounds.get(one.round_id), counts.get(one.pk)) for one in found]


def joint_results(part: Part) -> dict[str, Published]:
    """By table code what is published for the municipality: itself, or its group, beside everyone."""
    if part.survey_round is None:
        return {}
    place = part.invitation.municipality
    theirs = ReleaseTable.objects.filter(tenant=part.invitation.tenant_id)
    return _newest(theirs, origin_of(part.survey_round.pk, place))


def own_results(part: Part) -> dict[str, Published]:
    """By table code what the municipality's own questions gave; in its own scope."""
    place, found = part.invitation.municipality, part.survey_round
    if found is None or place.slug not in found.own_sections.values():
        return {}
    origin = origin_of(found.pk, place, is_owned=True)
    return _newest(ReleaseTable.objects.own(), origin)


def _newest(tables: QuerySet[ReleaseTable], origin: str) -> dict[str, Published]:
    found = tables.filter(release__dataset__origin_ref=origin, release__dataset__withdrawn_at=None)
    newest: dict[str, Published] = {}
    for table in found.select_related("release__dataset").order_by("release__number", "position"):
        newest[table.code] = Published(table.release.dataset, table, cube_of(table))
    return newest


def areas_of(invitations: Sequence[JointInvitation]) -> list[list[str]]:
    """Municipalities by slug in the official order of their codes, those of one named area together."""
    found: dict[str, list[str]] = {}
    for one in sorted(invitations, key=lambda one: one.municipality.code):
        place: Tenant = one.municipality
        found.setdefault(one.area.strip().casefold() or f"/{place.slug}", []).append(place.slug)
    return list(found.values())


def foreseen(survey_round: SurveyRound) -> JointForecast | None:
    """Which municipalities will probably be shown alone: of those who take part, or are asked so far.

    None where there are fewer than two. In the region's scope.
    """
    invited = [
        one
        for one in JointInvitation.objects.own().filter(round=survey_round).select_related("municipality")
        if one.state in (JointState.INVITED, JointState.TAKES_PART)
    ]
    if len(invited) < 2:
        return None
    invited.sort(key=lambda one: one.municipality.sort_key)
    populations = populations_of([one.municipality for one in invited])
    return joint_forecast(
        names={one.municipality.slug: one.municipality.name for one in invited},
        areas=areas_of(invited),
        living={slug: sum(found.values()) for slug, found in populations.items()},
        answers=survey_round.expected_answers or USUAL * len(invited),
        is_guess=survey_round.expected_answers is None,
        base=survey_round.rule["base"],
    )


def _counts(invitations: Iterable[JointInvitation]) -> dict[UUID, int]:
    keys = [one.pk for one in invitations]
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, joint_round_count(id) FROM unnest(%s::uuid[]) AS id", [keys])
        return {key: count for key, count in cursor.fetchall() if count is not None}
