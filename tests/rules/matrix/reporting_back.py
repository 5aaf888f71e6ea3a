"""What came of a round: written by some, published by an admin, read by anyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from portal.tenancy.scope import PUBLIC_AUDIENCE, scope
from surveys.models import ReportEdition, RoundReport, SurveyRound
from surveys.reporting_back.content import Content, FindingTold, Promise
from surveys.services.reference_groups import reference_group_invite
from tests.rounds import plan_round
from tests.rules.matrix.row import Row, row
from tests.world import World

WHOLE = Content(
    findings=(FindingTold("satisfaction", {"sv": "Många mår bra."}),),
    promise=Promise({"sv": "Vi berättar mer."}, "2027-03-01"),
)


def told(world: World) -> SurveyRound:
    """A round in Alvik with public results and a public report."""
    survey_round, now = plan_round(world), timezone.now()
    states = {"state": "published", "audience_id": PUBLIC_AUDIENCE, "response_count": 60}
    with transaction.atomic(), scope(world.alvik.pk):
        SurveyRound.objects.own().filter(pk=survey_round.pk).update(
            **states, opened_at=now, closed_at=now, tabulated_at=now, published_at=now
        )
        RoundReport(round=survey_round, content=WHOLE.to_json()).save()
        edition = ReportEdition(round=survey_round, number=1, content=WHOLE.to_json(), published_at=now)
        edition.audience_id = PUBLIC_AUDIENCE
        edition.save()
    return survey_round


def of_round(**more: Any) -> Callable[[World], dict[str, Any]]:
    """The address of something of that round in the municipality."""
    return lambda world: {"slug": "alvik", "round_id": told(world).pk, **more}


def in_public(world: World) -> dict[str, Any]:
    """The public address of that round."""
    return {"code": told(world).public_code}


#             adam alma dag fia olle vera gun bo rut cleo anyone
READERS = "   200 200 200 200 200 200 404 404 404 404 302"
WRITERS = "   200 200 404 404 404 404 404 404 404 404 302"
ADMIN_ONLY = "200 404 404 404 404 404 404 404 404 404 302"
ANYONE = "    200 200 200 200 200 200 200 200 200 200 200"
# Nothing is drawn in that round.
NOTHING = "   404 404 404 404 404 404 404 404 404 404 404"

# Only POST: whoever may is told so, or is led back to the list.
POST_ONLY = " 405 405 404 404 404 404 404 404 404 404 302"
LED_BACK = "  302 302 404 404 404 404 404 404 404 404 302"
ONLY_POST = " 405 405 405 405 405 405 405 405 405 405 405"


def behind_link(world: World) -> dict[str, Any]:
    """The address of a reference group's pages."""
    survey_round = told(world)
    with transaction.atomic(), scope(world.alvik.pk):
        _group, token = reference_group_invite(survey_round=survey_round, name="Rådet", days=3, by=world.alma)
    return {"slug": "alvik", "token": token}


MATRIX: dict[str, Row] = {
    "proposal-submit": row(ANYONE, in_public),
    "thank-you-enter": row(NOTHING, in_public),
    "survey-round-thank-you": row(WRITERS, of_round()),
    "proposal-list": row(WRITERS, of_round()),
    "proposal-answer": row(LED_BACK, of_round(proposal_id=uuid4())),
    "reference-group": row(WRITERS, of_round()),
    "reference-comment-answer": row(LED_BACK, of_round(comment_id=uuid4())),
    "reference-group-withdraw": row(POST_ONLY, of_round(group_id=uuid4())),
    "reference-home": row(ANYONE, behind_link),
    "reference-try": row(ANYONE, behind_link),
    "reference-questions": row(ANYONE, behind_link),
    "reference-results": row(ANYONE, behind_link),
    "reference-comment": row(ONLY_POST, behind_link),
    "round-report-list": row(READERS),
    "round-report-edit": row(WRITERS, of_round()),
    "round-report-preview": row(READERS, of_round()),
    "round-report-publish": row(ADMIN_ONLY, of_round()),
    "round-report-withdraw": row(ADMIN_ONLY, of_round()),
    "round-report-share": row(READERS, of_round()),
    "round-report-story": row(READERS, of_round(number=1, kind="svg")),
    "round-report-poster": row(READERS, of_round()),
    "round-report-qr": row(READERS, of_round(kind="svg")),
    "public-report-list": row(ANYONE),
    "public-report-detail": row(ANYONE, in_public),
    "public-report-screen": row(ANYONE, in_public),
}
