"""Class codes: making a sheet, calling it back, and forgetting what is left."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from portal.tenancy.scope import current
from surveys.errors import SurveysError
from surveys.models import Channel, ClassCode, CodeSheet, SurveyRound
from surveys.states import RoundState, WayIn
from surveys.ways_in.codes import MOST_A_SHEET, code_hashes, new_code

BEFORE_OPENING = (RoundState.DRAFT, RoundState.SCHEDULED)


@transaction.atomic
def way_in_choose(*, survey_round: SurveyRound, way_in: WayIn, by: User) -> None:
    """Say who may answer a round. Raises SurveysError once it has opened."""
    changed = SurveyRound.objects.own().filter(pk=survey_round.pk, state__in=BEFORE_OPENING).update(way_in=way_in)
    if not changed:
        raise SurveysError(_("Who may answer is settled when a round opens."))
    survey_round.refresh_from_db()
    record("survey_round.way_in_chosen", target=survey_round, by=by, way_in=str(way_in))


@transaction.atomic
def code_sheet_make(
    *, survey_round: SurveyRound, label: str, count: int, by: User, channel: Channel | None = None
) -> tuple[CodeSheet, list[str]]:
    """Make the codes of one class or group; give the sheet, and the codes for printing, this once.

    What is stored of a code does not lead back to it. Once the round is open a code is not even known by its
    sheet. The channel stands in the slips' link, and is not kept with the codes. Raises SurveysError for a round
    that is not for codes, or has closed.
    """
    survey_round = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if survey_round.way_in != WayIn.CODES:
        raise SurveysError(_("Anyone may answer this round. Choose first that it is for those with a code."))
    if survey_round.state not in (*BEFORE_OPENING, RoundState.OPEN):
        raise SurveysError(_("The round has closed: nobody can use a code any more."))
    if not 1 <= count <= MOST_A_SHEET:
        raise SurveysError(_("A sheet has between 1 and %(most)s codes.") % {"most": MOST_A_SHEET})
    sheet = CodeSheet.objects.create(round=survey_round, label=label, count=count, channel=channel, made_by=by)
    codes = [new_code() for _place in range(count)]
    kept = None if survey_round.state == RoundState.OPEN else sheet
    _store(survey_round, [(code_hashes(survey_round.pk, code)[0], kept) for code in codes])
    record("survey_round.codes_made", target=survey_round, by=by, count=count)
    # Another order on paper than in the table: what lies first there is not the top of the pile.
    secrets.SystemRandom().shuffle(codes)
    return sheet, codes


@transaction.atomic
def code_sheet_revoke(*, survey_round: SurveyRound, sheet: CodeSheet, by: User) -> None:
    """Make a whole sheet worthless. Raises SurveysError once the round has opened."""
    locked = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if locked.state not in BEFORE_OPENING:
        raise SurveysError(_("The round has opened: nobody knows any more which codes were on which sheet."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT class_codes_revoke(%s)", [sheet.pk])
    CodeSheet.in_scope().filter(pk=sheet.pk, revoked_at=None).update(revoked_at=timezone.now())
    record("survey_round.codes_revoked", target=survey_round, by=by)


def codes_handed_out(survey_round: SurveyRound) -> int:
    """How many codes have been made to hand out. How many of them are spent is known to nobody."""
    sheets = CodeSheet.in_scope().filter(round=survey_round, revoked_at=None)
    return sum(sheets.values_list("count", flat=True))


def codes_lose_their_sheets(*, survey_round: SurveyRound) -> None:
    """Write a round's codes anew without their sheets, in an order of their own. For the worker, at opening."""
    rows = ClassCode.objects.filter(round=survey_round)
    hashes = [bytes(code_hash) for code_hash in rows.values_list("code_hash", flat=True)]
    rows.delete()
    _store(survey_round, [(code_hash, None) for code_hash in hashes])


def codes_forget(*, survey_round: SurveyRound) -> None:
    """Delete every code of a round that takes no answers any more; a round that still may keeps its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT round_codes_forget(%s)", [survey_round.pk])


def _store(survey_round: SurveyRound, codes: list[tuple[bytes, CodeSheet | None]]) -> None:
    secrets.SystemRandom().shuffle(codes)
    tenant_id: UUID = current()
    ClassCode.objects.bulk_create(
        ClassCode(tenant_id=tenant_id, round=survey_round, sheet=sheet, code_hash=code_hash)
        for code_hash, sheet in codes
    )
