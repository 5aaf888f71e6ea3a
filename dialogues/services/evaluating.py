"""Answers to the three questions and to the self-evaluation: counted, and nothing else of them is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.errors import DialogueError
from dialogues.evaluating.counting import added
from dialogues.evaluating.questions import CLOSING_OPEN_FOR
from dialogues.models import ClosingEvaluation, Dialogue, SelfEvaluation, SelfEvaluationLine
from portal.audit.recording import record

_SALT = "dialogues.self_evaluation"
_LASTS = timedelta(days=60)


@transaction.atomic
def closing_answer(*, dialogue: Dialogue, grant: str, answers: Sequence[int | None]) -> None:
    """Count the answers to the three questions that came with a device's grant, once.

    Nothing but the counts' own row is written: a row of the device in the same transaction would tell whose they
    are. Raises DialogueError where the grant is spent, and where the dialogue is closed, or was once: answers that
    came after a first reading could be told from those before.
    """
    evaluation, mark = _evaluation_of(dialogue), _mark_of(grant)
    if evaluation.is_closed:
        raise DialogueError(_("The three questions are closed. Thank you for taking part."))
    if mark in evaluation.spent:
        raise DialogueError(_("This device has answered already. Thank you!"))
    evaluation.spent = sorted([*evaluation.spent, mark])
    if any(answer is not None for answer in answers):
        evaluation.counts = added(evaluation.counts, answers)
        evaluation.answers += 1
    evaluation.save(update_fields=["counts", "answers", "spent"])


def is_spent(*, dialogue: Dialogue, grant: str) -> bool:
    """Whether the questions were answered with this grant."""
    found = ClosingEvaluation.in_scope().filter(dialogue=dialogue).first()
    return found is not None and _mark_of(grant) in found.spent


@transaction.atomic
def closing_end(*, dialogue: Dialogue) -> None:
    """Take no more answers: from now on they can be read, and which grants are spent is forgotten."""
    evaluation = _evaluation_of(dialogue)
    evaluation.is_closed, evaluation.spent = True, []
    evaluation.save(update_fields=["is_closed", "spent"])


def closings_end(now: datetime) -> int:
    """End, in the tenant's scope, the three questions of dialogues that began long ago and were never closed."""
    before = now - CLOSING_OPEN_FOR
    is_old = Q(dialogue__began_at__lt=before) | Q(dialogue__began_at=None, dialogue__starts_at__lt=before)
    left = ClosingEvaluation.in_scope().filter(is_old, is_closed=False).select_related("dialogue")
    for evaluation in left:
        closing_end(dialogue=evaluation.dialogue)
    return len(left)


def _mark_of(grant: str) -> str:
    return hashlib.sha256(grant.encode()).hexdigest()[:32]


def _evaluation_of(dialogue: Dialogue) -> ClosingEvaluation:
    """The dialogue's counts, locked: the dialogue's row is the queue for those that answer at once."""
    Dialogue.in_scope().select_for_update().get(pk=dialogue.pk)
    found: ClosingEvaluation = ClosingEvaluation.objects.get_or_create(dialogue=dialogue)[0]
    return found


@transaction.atomic
def self_evaluation_open(*, title: str, members: int, by: User) -> SelfEvaluation:
    """Begin a self-evaluation. Raises DialogueError while another is open."""
    if SelfEvaluation.in_scope().filter(closed_on=None).exists():
        raise DialogueError(_("One self-evaluation is open already. Close it first."))
    made: SelfEvaluation = SelfEvaluation.objects.create(title=title.strip(), members=members)
    record("self_evaluation.opened", target=made, by=by)
    return made


@transaction.atomic
def self_evaluation_answer(*, evaluation: SelfEvaluation, answers: Sequence[int | None], line: str) -> None:
    """Count one member's answers; the line is kept apart from them.

    Raises DialogueError when it is closed, when nothing is answered, and when as many have answered as there are.
    """
    locked: SelfEvaluation = SelfEvaluation.in_scope().select_for_update().get(pk=evaluation.pk)
    if locked.closed_on is not None:
        raise DialogueError(_("This self-evaluation is closed."))
    if all(answer is None for answer in answers):
        raise DialogueError(_("Answer at least one of the six."))
    if locked.answers >= locked.members:
        raise DialogueError(_("As many have answered as there are in the group. Ask whoever sent the link."))
    locked.counts = added(locked.counts, answers)
    locked.answers += 1
    locked.save(update_fields=["counts", "answers"])
    if line.strip():
        SelfEvaluationLine.objects.create(evaluation=locked, text=line.replace("\x00", "").strip()[:500])


@transaction.atomic
def self_evaluation_close(*, evaluation: SelfEvaluation, by: User) -> None:
    """Take no more answers; what was answered can be read from now on."""
    if SelfEvaluation.in_scope().filter(pk=evaluation.pk, closed_on=None).update(closed_on=timezone.localdate()):
        record("self_evaluation.closed", target=evaluation, by=by)


def grant_of(evaluation: SelfEvaluation) -> str:
    """What opens the questions without an account: one link for the whole group, so that nobody is known."""
    return signing.dumps([evaluation.tenant_id.hex, evaluation.pk.hex], salt=_SALT)


def evaluation_named_in(grant: str) -> tuple[UUID, UUID, str] | None:
    """Tenant and evaluation that a grant was made for; None for one that is too old or no grant."""
    try:
        tenant, evaluation = signing.loads(grant, salt=_SALT, max_age=_LASTS)
        return UUID(tenant), UUID(evaluation), ""
    except (signing.BadSignature, ValueError, TypeError):
        return None
