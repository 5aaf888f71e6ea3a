"""Voices: registered, reviewed by a second person, shared, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from accounts.models import Membership, Tenant, User
from accounts.roles import PERMISSIONS
from datasets.errors import DatasetsError
from datasets.models import Voice
from datasets.reach import Reach, audience_of
from datasets.states import voice_move
from datasets.voice_check import SMALLEST_GROUP, check_words
from portal.audit.recording import record
from portal.tenancy.scope import current

State = Voice.State
DESCRIBED = frozenset(
    {"text", "kind", "theme", "factors", "age_band", "year", "method", "group_size", "source", "is_synthetic"}
)
EDITABLE = (State.DRAFT, State.SENT_BACK)
ALONE_AFTER = timedelta(hours=24)
"""Where nobody else may review, the same person reads it again after a night."""


@transaction.atomic
def voice_register(*, by: User | None, is_vouched_for: bool = False, **described: Any) -> Voice:
    """Note what somebody said, as a draft. Raises DatasetsError for words that tell who somebody is.

    `is_vouched_for` is the author's word that what resembles an identity is none.
    """
    _check(described, is_vouched_for)
    voice: Voice = Voice.objects.create(written_by=by, is_vouched_for=is_vouched_for, **described)
    record("voice.registered", target=voice, by=by, is_vouched_for=is_vouched_for)
    return voice


@transaction.atomic
def voice_change(*, voice: Voice, by: User, is_vouched_for: bool = False, **described: Any) -> Voice:
    """Change a draft, or what was sent back; whoever does is its author from then on. Raises DatasetsError."""
    _check(described, is_vouched_for)
    changes = {**described, "written_by": by, "is_vouched_for": is_vouched_for}
    if not Voice.objects.own().filter(pk=voice.pk, state__in=EDITABLE).update(**changes):
        raise DatasetsError(_("This voice is waiting or in use. Take it back before you change it."))
    record("voice.changed", target=voice, by=by, is_vouched_for=is_vouched_for)
    voice.refresh_from_db()
    return voice


@transaction.atomic
def voice_send(*, voice: Voice, by: User) -> Voice:
    """Let a second person read it. Raises InvalidTransition."""
    voice_move(voice, State.WAITING, sent_at=timezone.now(), reviewed_at=None, reviewed_by=None, remark="")
    record("voice.sent", target=voice, by=by)
    return voice


@transaction.atomic
def voice_take_back(*, voice: Voice, by: User) -> Voice:
    """Have a voice back that nobody has reviewed yet. Raises InvalidTransition."""
    if voice.state != State.WAITING:
        raise DatasetsError(_("Only a voice that waits can be taken back."))
    voice_move(voice, State.DRAFT, sent_at=None)
    record("voice.taken_back", target=voice, by=by)
    return voice


@transaction.atomic
def voice_publish(*, voice: Voice, reach: Reach, by: User, read_as_sent_at: datetime | None = None) -> Voice:
    """Let a voice be used, by those within reach. Raises DatasetsError for its own author, InvalidTransition.

    `read_as_sent_at` is when the text that the reviewer read was sent: what was taken back, changed and sent again
    meanwhile is not published unread. The identifier check is made once more, since it may have learnt words.
    """
    locked: Voice = Voice.objects.own().select_for_update().get(pk=voice.pk)
    if read_as_sent_at is not None and locked.sent_at != read_as_sent_at:
        raise DatasetsError(_("The voice has been changed meanwhile. Read it as it is now."))
    check_may_review(locked, by)
    _check({"text": locked.text, "source": locked.source}, locked.is_vouched_for)
    tenant = Tenant.objects.get(pk=current())
    voice_move(
        locked, State.PUBLISHED, reviewed_at=timezone.now(), reviewed_by=by,
        audience_id=audience_of(tenant, reach), remark="",
    )  # fmt: skip
    record("voice.published", target=locked, by=by, reach=str(reach), is_alone=locked.written_by_id == by.pk)
    return locked


@transaction.atomic
def voice_share(*, voice: Voice, reach: Reach, by: User) -> None:
    """Let a voice that is in use be read by more, or by fewer. Raises DatasetsError."""
    audience_id = audience_of(Tenant.objects.get(pk=current()), reach)
    if not Voice.objects.own().filter(pk=voice.pk, state=State.PUBLISHED).update(audience_id=audience_id):
        raise DatasetsError(_("Only a voice that is in use can be shared."))
    record("voice.shared", target=voice, by=by, reach=str(reach))


@transaction.atomic
def voice_send_back(*, voice: Voice, remark: str, by: User) -> Voice:
    """Give a voice back to its author with a remark, also one that was in use. Raises InvalidTransition."""
    voice_move(voice, State.SENT_BACK, remark=remark.strip()[:500], reviewed_at=None, reviewed_by=None)
    record("voice.sent_back", target=voice, by=by)
    return voice


@transaction.atomic
def voice_withdraw(*, voice: Voice, by: User) -> Voice:
    """Take a voice away for good: its words are erased. Raises InvalidTransition."""
    voice_move(voice, State.WITHDRAWN)
    record("voice.withdrawn", target=voice, by=by)
    return voice


def check_may_review(voice: Voice, by: User) -> None:
    """Refuse whoever wrote the voice, while somebody else may review it.

    In a municipality of one, the same person may, `ALONE_AFTER` it was sent. Raises DatasetsError.
    """
    if voice.written_by_id != by.pk:
        return
    if has_other_reviewer(by):
        raise DatasetsError(_("You wrote this voice, so somebody else reads it before it is used."))
    if (opens := _opens_alone(voice)) is not None and opens > timezone.now():
        when = date_format(timezone.localtime(opens), "j F H:i")
        raise DatasetsError(
            _("Nobody else here reviews voices. Read it once more yourself, at the earliest %(when)s.")
            % {"when": when}
        )


def has_other_reviewer(user: User) -> bool:
    """Whether somebody beside this person may review voices in the tenant at work."""
    roles = [role for role, granted in PERMISSIONS.items() if "datasets.review_voice" in granted]
    return Membership.in_scope().filter(role__in=roles, is_active=True).exclude(user=user).exists()


def _opens_alone(voice: Voice) -> datetime | None:
    return None if voice.sent_at is None else voice.sent_at + ALONE_AFTER


def _check(described: dict[str, Any], is_vouched_for: bool) -> None:
    """What every voice must hold, whoever writes it and by whatever way it comes."""
    if unknown := set(described) - DESCRIBED:
        raise TypeError(f"A voice has no {', '.join(sorted(unknown))} to describe.")
    found = check_words(described.get("text", ""), described.get("source", ""))
    if found.stops:
        raise DatasetsError(
            str(format_lazy(_("There is {} here. Write it so that nobody can be recognised."), found.stops[0]))
        )
    if found.asks and not is_vouched_for:
        raise DatasetsError(_("Look once more whether somebody can be recognised, and say that nobody can."))
    size = described.get("group_size")
    if size is not None and size < SMALLEST_GROUP:
        raise DatasetsError(
            _("A group of fewer than %(least)s is not named by its size. Leave it out.")
            % {"least": SMALLEST_GROUP}
        )
