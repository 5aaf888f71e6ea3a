"""Preparing a dialogue: made from a theme, who comes, when, and with which charts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import Department, Membership, User
from accounts.models.membership import Role
from accounts.services.invitations import invitation_send
from datasets.selectors.likeness import similar_now
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Participant
from dialogues.services.inviting import IN_CALENDAR, calendars_change
from dialogues.services.taking_back import invitation_take_back
from portal.audit.recording import record


@transaction.atomic
def dialogue_create(
    *, title: str, theme: str, goal: str, by: User, previous: Dialogue | None = None, **details: Any
) -> Dialogue:
    """Begin a dialogue; whoever makes it leads it until somebody else is named.

    It holds to the similar municipalities of today, or of the dialogue that it goes on from.
    """
    dialogue: Dialogue = Dialogue.objects.create(
        title=title.strip(),
        theme=theme,
        goal=goal,
        created_by=by,
        facilitator=by,
        previous=previous,
        compares_with=(previous.compares_with if previous is not None else []) or similar_now(),
        **details,
    )
    record("dialogue.created", target=dialogue, by=by, theme=theme, goal=goal)
    return dialogue


@transaction.atomic
def dialogue_change(*, dialogue: Dialogue, by: User, **details: Any) -> Dialogue:
    """Change what is decided about a dialogue: title, aim, goal, time, place, facilitator.

    What stands in the calendars of those invited is brought up to date there.
    """
    changed = [name for name in IN_CALENDAR if name in details and details[name] != getattr(dialogue, name)]
    for name, value in details.items():
        setattr(dialogue, name, value)
    dialogue.save(update_fields=list(details))
    if changed and dialogue.state == Dialogue.State.PLANNED:
        calendars_change(dialogue=dialogue, fields=changed)
    record("dialogue.changed", target=dialogue, by=by, fields=", ".join(sorted(details)))
    return dialogue


@transaction.atomic
def dialogue_book(*, dialogue: Dialogue, starts_at: datetime, minutes: int, place: str, by: User) -> Dialogue:
    """Set when and where."""
    return dialogue_change(dialogue=dialogue, by=by, starts_at=starts_at, minutes=minutes, place=place)


@transaction.atomic
def participant_add(
    *,
    dialogue: Dialogue,
    name: str,
    by: User,
    role: str = "",
    organisation: str = "",
    perspective: str = "",
    department: Department | None = None,
    email: str = "",
) -> Participant:
    """Put somebody on the list. With an address of a member, the dialogue is on their start page."""
    email = email.strip().lower()
    member = _member_at(email)
    participant: Participant = Participant.objects.create(
        dialogue=dialogue,
        name=name.strip(),
        role=role.strip(),
        organisation=organisation.strip(),
        perspective=perspective,
        department=department,
        email=email,
        user=member.user if member else None,
    )
    if member is not None and member.role == Role.GUEST:
        grant_to_guest(dialogue=dialogue, user=member.user)
    record("dialogue.participant_added", target=dialogue, by=by)
    return participant


@transaction.atomic
def participant_change(*, participant: Participant, by: User, **details: Any) -> Participant:
    """Say who fills a place, or put something right. A new address opens the dialogue for its guest alone.

    The address from before is told that it is no longer invited, where it had been.
    """
    former, address, name = participant.user, participant.email, participant.name
    for column, value in details.items():
        setattr(participant, column, value.strip() if isinstance(value, str) else value)
    participant.email = participant.email.lower()
    is_moved, had_entry = participant.email != address, _has_entry(participant)
    if is_moved:
        participant.invited_on = participant.mailed_as = participant.reminded_on = None
        participant.answer, participant.mail_failed = Participant.Answer.NONE, False
    member = _member_at(participant.email)
    participant.user = member.user if member else None
    participant.save()
    if is_moved and had_entry:
        invitation_take_back(dialogue=participant.dialogue, email=address, name=name)
    if former is not None and former != participant.user:
        _take_back_grant(dialogue=participant.dialogue, user=former)
    if member is not None and member.role == Role.GUEST:
        grant_to_guest(dialogue=participant.dialogue, user=member.user)
    record("dialogue.participant_changed", target=participant.dialogue, by=by)
    return participant


@transaction.atomic
def places_name(*, named: Iterable[tuple[Participant, str, str]], by: User) -> int:
    """Say who fills several places: the place, the name and the address of each; give how many."""
    return len([participant_change(participant=one, by=by, name=who, email=at) for one, who, at in named])


@transaction.atomic
def participant_remove(*, participant: Participant, by: User) -> bool:
    """Take somebody off the list; a guest no longer opens the dialogue.

    Tells whether a mail takes the meeting out of their calendar: it does where the invitation had gone out.
    """
    dialogue, user = participant.dialogue, participant.user
    had_entry = _has_entry(participant)
    participant.delete()
    is_told = had_entry and invitation_take_back(dialogue=dialogue, email=participant.email, name=participant.name)
    if user is not None:
        _take_back_grant(dialogue=dialogue, user=user)
    record("dialogue.participant_removed", target=dialogue, by=by)
    return is_told


@transaction.atomic
def guest_invite(*, dialogue: Dialogue, participant: Participant, by: User) -> None:
    """Invite somebody from outside: an account that opens this dialogue and its charts, and nothing more.

    Who is a member already, as guest of another dialogue, gets the grant at once; for the others it is given
    when they have accepted (`guest_arrived`).
    """
    if not participant.email:
        raise DialogueError(_("Write an e-mail address first: the invitation is sent to it."))
    member = _member_at(participant.email)
    if member is not None:
        participant.user = member.user
        participant.save(update_fields=["user"])
        if member.role == Role.GUEST:
            grant_to_guest(dialogue=dialogue, user=member.user)
        return
    invitation_send(email=participant.email, name=participant.name, role=Role.GUEST, department=None, by=by)


@transaction.atomic
def guest_arrived(*, user: User) -> int:
    """Tie a new guest to the dialogues that wait for their address; give how many."""
    waiting = list(Participant.objects.filter(email=user.email, user=None).select_related("dialogue"))
    for participant in waiting:
        participant.user = user
        participant.save(update_fields=["user"])
        grant_to_guest(dialogue=participant.dialogue, user=user)
    return len(waiting)


def grant_to_guest(*, dialogue: Dialogue, user: User) -> None:
    """Let a guest see this one dialogue and write in its log."""
    assign_perm("view_dialogue", user, dialogue)
    assign_perm("log_note", user, dialogue)


def _has_entry(participant: Participant) -> bool:
    """Whether the meeting went into somebody's calendar; locked, so that a mail on its way is waited for."""
    locked = Participant.in_scope().select_for_update(of=("self",)).filter(pk=participant.pk)
    return locked.exclude(mailed_as=None).exists()


def _take_back_grant(*, dialogue: Dialogue, user: User) -> None:
    """Close the dialogue to a guest who is no longer on its list in any place."""
    if not Participant.in_scope().filter(dialogue=dialogue, user=user).exists():
        remove_perm("view_dialogue", user, dialogue)
        remove_perm("log_note", user, dialogue)


def _member_at(email: str) -> Membership | None:
    """The active member with this address, if there is one."""
    if not email:
        return None
    return Membership.in_scope().filter(user__email=email, is_active=True).select_related("user").first()
