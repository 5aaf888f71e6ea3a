"""Youth reference groups: a link that expires, comments without senders, and what became of them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from surveys.drafting.own_words import cleaned
from surveys.errors import SurveysError
from surveys.models import ReferenceComment, ReferenceGroup, SurveyRound
from surveys.states import CommentState, RoundState

DEFAULT_DAYS, MOST_DAYS = 30, 120


@transaction.atomic
def reference_group_invite(
    *, survey_round: SurveyRound, name: str, days: int, by: User
) -> tuple[ReferenceGroup, str]:
    """Make a link for a group. The code is given back once and never again: only its hash is kept."""
    if survey_round.state == RoundState.CANCELLED:
        raise SurveysError(_("This round has been cancelled."))
    token = secrets.token_urlsafe(16)
    expires_at = timezone.now() + timedelta(days=min(max(days, 1), MOST_DAYS))
    group = ReferenceGroup(round=survey_round, name=name.strip(), token_hash=_hash(token), expires_at=expires_at)
    group.created_by = by
    group.save()
    record("reference_group.invited", target=group, by=by, days=days)
    return group, token


@transaction.atomic
def reference_group_withdraw(*, group: ReferenceGroup, by: User) -> None:
    """Let a link work no longer; what the group has said stays."""
    if (
        ReferenceGroup.in_scope()
        .filter(pk=group.pk, withdrawn_at=None)
        .update(withdrawn_at=timezone.now(), token_hash=None)
    ):
        record("reference_group.withdrawn", target=group, by=by)


def reference_group_find(*, token: str) -> ReferenceGroup | None:
    """The group that a link belongs to, while it works; in the scope of the link's municipality."""
    working = ReferenceGroup.in_scope().filter(token_hash=_hash(token), withdrawn_at=None)
    found = working.select_related("round__version", "round__previous_round", "tenant").first()
    if found is None or found.expires_at < timezone.now() or found.round.state == RoundState.CANCELLED:
        return None
    return found


@transaction.atomic
def reference_comment_add(*, group: ReferenceGroup, number: UUID, about: str, text: str, name: str) -> None:
    """Keep a comment, once however often it is sent. No event tells when: only the day is known.

    Raises SurveysError with what to change in it.
    """
    text = cleaned(text, ReferenceComment.LONGEST)
    if not text:
        raise SurveysError(_("Write something first."))
    if ReferenceComment.in_scope().filter(pk=number).exists():
        return
    if ReferenceComment.in_scope().filter(group=group).count() >= ReferenceComment.MOST_OF_GROUP:
        raise SurveysError(_("Your group has written very much already. Ask whoever invited you."))
    said_on = timezone.localdate()
    ReferenceComment(pk=number, group=group, about=about, text=text, name=cleaned(name, 30), said_on=said_on).save(
        force_insert=True
    )


@transaction.atomic
def reference_comment_answer(*, comment: ReferenceComment, to: CommentState, answer: str, by: User) -> None:
    """Say what became of a comment; the group reads it at its link. Raises SurveysError without a reason."""
    if to in (CommentState.IN_PART, CommentState.NOT_TAKEN) and not answer.strip():
        raise SurveysError(_("Say why. A no is easier to take with its reason."))
    ReferenceComment.in_scope().filter(pk=comment.pk).update(
        state=to, answer=answer.strip()[: ReferenceComment.LONGEST], answered_at=timezone.now(), answered_by=by
    )
    record(f"reference_comment.{to.value}", target=comment, by=by)


def keyring_of(group: ReferenceGroup) -> UUID:
    """What the keys of the group's forms are signed for."""
    return uuid5(group.pk, "comments")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
