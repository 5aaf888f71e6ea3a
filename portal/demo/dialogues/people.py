"""Whom the demo's dialogues invite: roles, and the demo's own people where they have one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Department, User
from dialogues.models import Dialogue, Participant
from dialogues.services.attending import attendance_note
from dialogues.services.inviting import invitation_answer, invitations_send
from dialogues.services.preparing import guest_invite, participant_add
from portal.demo.people import Demo

Answer = Participant.Answer


@dataclass(frozen=True)
class Invited:
    """Somebody to invite. Without a person of the demo it is a role with an address, or a place to fill."""

    role: str
    perspective: str
    name: str = ""
    department: str = ""
    organisation: str = ""
    email: str = ""
    answer: Answer = Answer.NONE


def invite(demo: Demo, dialogue: Dialogue, people: Sequence[Invited], by: User) -> None:
    """Put them on the list, send the invitations, and let them answer."""
    added = [(one, _add(demo, dialogue, one, by)) for one in people]
    invitations_send(dialogue=dialogue, participant_ids=[participant.pk for _one, participant in added], by=by)
    for one, participant in added:
        if one.answer:
            invitation_answer(participant=participant, answer=one.answer)


def note_who_came(dialogue: Dialogue, by: User, *, notes_by: str) -> None:
    """Everybody who said yes came."""
    came = Participant.in_scope().filter(dialogue=dialogue, answer=Answer.YES).values_list("pk", flat=True)
    attendance_note(dialogue=dialogue, present=list(came), others="", notes_by=notes_by, by=by)


def _add(demo: Demo, dialogue: Dialogue, one: Invited, by: User) -> Participant:
    user = demo.people.get(one.name)
    participant = participant_add(
        dialogue=dialogue,
        name=one.name,
        role=one.role,
        organisation=one.organisation,
        perspective=one.perspective,
        department=Department.objects.filter(name=one.department).first() if one.department else None,
        email=user.email if user else one.email,
        by=by,
    )
    if one.organisation and user is not None:
        guest_invite(dialogue=dialogue, participant=participant, by=by)
    return participant
