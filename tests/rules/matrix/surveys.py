"""Pages of survey rounds. Answering itself is for anyone, and knows nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.tenancy.scope import scope
from surveys.models import LocalSupportLine
from surveys.services.channels import channel_add
from surveys.services.codes import code_sheet_make, way_in_choose
from surveys.services.rounds import survey_round_schedule
from surveys.services.support_lines import support_line_add
from surveys.states import WayIn
from tests.rounds import plan_round
from tests.rules.matrix.row import Row, row
from tests.world import World


def draft(world: World) -> dict[str, Any]:
    """The address of a draft in Alvik."""
    return {"slug": "alvik", "round_id": plan_round(world).pk}


def announced(**more: Any) -> Callable[[World], dict[str, Any]]:
    """The address of something of a round that opens tomorrow."""

    def arguments(world: World) -> dict[str, Any]:
        survey_round = plan_round(world)
        tomorrow = timezone.now() + timedelta(days=1)
        with transaction.atomic(), scope(world.alvik.pk):
            survey_round_schedule(
                survey_round=survey_round, opens_at=tomorrow, closes_at=survey_round.closes_at, by=world.alma
            )
        return {"slug": "alvik", "round_id": survey_round.pk, **more}

    return arguments


def nowhere(world: World) -> dict[str, Any]:
    """A link too short for any round: seen without asking the database, of which there is one a page here."""
    return {"code": "x"}


def with_channel(world: World) -> dict[str, Any]:
    """The address of a channel of a draft."""
    survey_round = plan_round(world)
    with transaction.atomic(), scope(world.alvik.pk):
        channel = channel_add(survey_round=survey_round, kind="school", name="School", by=world.alma)
    return {"slug": "alvik", "round_id": survey_round.pk, "channel_id": channel.pk}


def with_sheet(world: World) -> dict[str, Any]:
    """The address of a sheet of codes for a draft."""
    survey_round = plan_round(world)
    with transaction.atomic(), scope(world.alvik.pk):
        way_in_choose(survey_round=survey_round, way_in=WayIn.CODES, by=world.alma)
        sheet, _codes = code_sheet_make(survey_round=survey_round, label="9B", count=1, by=world.alma)
    return {"slug": "alvik", "round_id": survey_round.pk, "sheet_id": sheet.pk}


def with_line(world: World) -> dict[str, Any]:
    """The address of a support line of Alvik's own."""
    with transaction.atomic(), scope(world.alvik.pk):
        support_line_add(by=world.alma, name="Alvik's youth clinic", hours="Weekdays", phone="0100-12 34 56")
        return {"slug": "alvik", "line_id": LocalSupportLine.objects.own().get().pk}


#             adam alma dag fia olle vera gun bo rut cleo anyone
READERS = "   200 200 200 200 200 200 404 404 404 404 302"
MANAGERS = "  200 200 404 404 404 404 404 404 404 404 302"
# Whoever may, is told on the round's own page that it can't be done to a draft.
TOO_EARLY = " 302 302 404 404 404 404 404 404 404 404 302"
POST_ONLY = "405 405 404 404 404 404 404 404 404 404 302"
STEWARDS = "  200 200 200 404 404 404 404 404 404 404 302"
ADMIN_ONLY = "302 404 404 404 404 404 404 404 404 404 302"
ANYONE = "    404 404 404 404 404 404 404 404 404 404 404"
ANYONE_SIGNED_IN_404 = "404 404 404 404 404 404 404 404 404 404 302"

MATRIX: dict[str, Row] = {
    "survey-answer": row(ANYONE, nowhere),
    "survey-answer-channel": row(ANYONE, lambda world: nowhere(world) | {"channel": "bcd"}),
    "survey-round-ways-in": row(READERS, draft),
    "survey-round-way-in": row(MANAGERS, draft),
    "survey-code-sheet-make": row(POST_ONLY, draft),
    "survey-code-sheet-revoke": row(MANAGERS, with_sheet),
    "survey-token-sign": row("405 405 405 405 405 405 405 405 405 405 405", nowhere),
    "survey-invitation-add": row(POST_ONLY, draft),
    "survey-invitation-mail": row(TOO_EARLY, draft),
    "survey-invitation-letters": row(POST_ONLY, draft),
    "survey-channel-remove": row(MANAGERS, with_channel),
    "survey-answer-shared": row(ANYONE, nowhere),
    "support-line-list": row(READERS),
    "survey-notices": row(READERS),
    "support-line-edit": row(MANAGERS, with_line),
    "support-line-remove": row(MANAGERS, with_line),
    "support-line-raise": row(POST_ONLY, with_line),
    "survey-round-list": row(READERS),
    "survey-round-create": row(MANAGERS),
    "survey-round-detail": row(READERS, draft),
    "survey-round-edit": row(MANAGERS, draft),
    "survey-round-preview": row(READERS, draft),
    "survey-round-qr": row(READERS, announced(kind="svg")),
    "survey-round-poster": row(READERS, announced()),
    "survey-round-schedule": row(MANAGERS, draft),
    "survey-round-open": row(MANAGERS, draft),
    "survey-round-close": row(TOO_EARLY, draft),
    "survey-round-closing-move": row(TOO_EARLY, draft),
    "survey-round-cancel": row(MANAGERS, draft),
    "survey-round-publish": row(ADMIN_ONLY, draft),
    "survey-round-results": row(READERS, draft),
    # A draft has nothing to compare yet.
    "survey-round-waves": row(ANYONE_SIGNED_IN_404, draft),
    "survey-round-groups": row(ANYONE_SIGNED_IN_404, draft),
    "survey-round-weigh": row(TOO_EARLY, draft),
    "survey-round-pool": row(TOO_EARLY, draft),
    "survey-round-files": row(ANYONE_SIGNED_IN_404, lambda world: draft(world) | {"form": "csv"}),
    # A draft is counted together with no other.
    "survey-round-together": row(ANYONE_SIGNED_IN_404, draft),
    "survey-round-together-groups": row(ANYONE_SIGNED_IN_404, draft),
    "survey-round-together-files": row(ANYONE_SIGNED_IN_404, lambda world: draft(world) | {"form": "csv"}),
    "survey-round-texts": row(STEWARDS, draft),
    "survey-round-retention": row(MANAGERS, draft),
    "survey-round-making-state": row(READERS, draft),
    "survey-round-making-stop": row(TOO_EARLY, draft),
    "survey-round-making-begin": row(TOO_EARLY, draft),
}
