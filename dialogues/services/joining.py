"""Joining a dialogue on an own device, by a code that works while it lasts. No account, and no name."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.errors import DialogueError
from dialogues.models import Device, Dialogue, JoinCode
from dialogues.room.live import changed
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8
"""Thirty letters and digits that are not taken for one another, eight of them: 39 bits, for one day."""

LASTS = timedelta(hours=6)
"""As long as a dialogue with its preparations in the room; then a new code is made."""

GRANT_LASTS = timedelta(hours=24)
"""As long as a device may still send what it wrote: it may have been without a network."""

FORGOTTEN_AFTER = timedelta(days=2)
"""A dialogue that began so long ago is over, also where nobody closed it."""

MOST_DEVICES = 40
"""More than any room of ten; a code that got out stops here."""

_SALT = "dialogues.device"


@dataclass(frozen=True)
class Found:
    """Where a code leads."""

    tenant_id: UUID
    dialogue_id: UUID


@transaction.atomic
def joining_begin(*, dialogue: Dialogue, by: User) -> str:
    """Let people join from now on; give the code. The one that works already stays.

    Raises DialogueError for a dialogue that is closed or cancelled.
    """
    locked = Dialogue.in_scope().select_for_update().get(pk=dialogue.pk)
    if locked.state not in (Dialogue.State.PLANNED, Dialogue.State.ONGOING):
        raise DialogueError(_("Nobody can join a dialogue that is closed or cancelled."))
    working = JoinCode.objects.own().filter(dialogue=dialogue, ends_at__gt=timezone.now())
    if locked.join_code and working.exists():
        return str(locked.join_code)
    JoinCode.objects.own().filter(dialogue=dialogue).delete()
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    JoinCode(
        dialogue=dialogue,
        code_hash=_hash(code),
        ends_at=timezone.now() + LASTS,
        audience_id=PUBLIC_AUDIENCE,
    ).save()
    Dialogue.objects.filter(pk=dialogue.pk).update(join_code=code)
    record("dialogue.joining_begun", target=dialogue, by=by)
    changed(dialogue)
    return code


@transaction.atomic
def joining_end(*, dialogue: Dialogue) -> None:
    """Let nobody join any more, and forget the devices: what was written can no longer be tied to one."""
    JoinCode.objects.own().filter(dialogue=dialogue).delete()
    Device.in_scope().filter(dialogue=dialogue).delete()
    Dialogue.objects.filter(pk=dialogue.pk).update(join_code="")


@transaction.atomic
def forgotten_joining_end(now: datetime) -> int:
    """End joining, in the tenant's scope, where the code has long run out and nobody closed the dialogue.

    Gives how many dialogues it was. What a device has not sent within its day is no longer taken as its own.
    """
    old = JoinCode.objects.own().filter(ends_at__lt=now - GRANT_LASTS)
    left = Device.in_scope().filter(dialogue__began_at__lt=now - FORGOTTEN_AFTER)
    found = {*old.values_list("dialogue", flat=True), *left.values_list("dialogue", flat=True)}
    for dialogue in Dialogue.in_scope().filter(pk__in=found):
        joining_end(dialogue=dialogue)
    return len(found)


def dialogue_behind(code: str) -> Found | None:
    """The dialogue that a code leads to while it works, for anyone who asks; spaces and case don't matter."""
    typed = "".join(letter for letter in code.lower() if letter.isalnum())
    if len(typed) != LENGTH:
        return None
    found = JoinCode.objects.filter(code_hash=_hash(typed), ends_at__gt=timezone.now()).first()
    return Found(found.tenant_id, found.dialogue_id) if found is not None else None


@transaction.atomic
def device_join(*, dialogue: Dialogue) -> str:
    """Let a device in; give its grant, to be kept in a cookie of this dialogue alone.

    Raises DialogueError when so many have joined that the code must have got out.
    """
    # The dialogue's row is the queue: two at once would both be the last that has room.
    Dialogue.in_scope().select_for_update().get(pk=dialogue.pk)
    if Device.in_scope().filter(dialogue=dialogue).count() >= MOST_DEVICES:
        raise DialogueError(_("Very many have joined already. Ask the facilitator."))
    device: Device = Device.objects.create(dialogue=dialogue)
    # The last part is kept nowhere but on the device: what is made of the grant leads to no row.
    return signing.dumps([str(dialogue.pk), str(device.pk), secrets.token_hex(16)], salt=_SALT, compress=False)


def device_named_in(grant: str, dialogue_id: UUID) -> UUID | None:
    """The device that a grant was given to, if it is for this dialogue and not too old."""
    try:
        whose, device, *_secret = signing.loads(grant, salt=_SALT, max_age=GRANT_LASTS)
        return UUID(device) if UUID(whose) == dialogue_id else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
