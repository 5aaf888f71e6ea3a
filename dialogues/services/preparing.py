"""Preparing a dialogue: made from a theme, who comes, when, and with which charts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from accounts.models import Department, Membership, User
from accounts.models.membership import Role
from accounts.services.invitations import invitation_send
from datasets.models import Chart
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Participant, Slide
from portal.audit.recording import record


@transaction.atomic
def dialogue_create(
    *, title: str, theme: str, goal: str, by: User, previous: Dialogue | None = None, **details: Any
) -> Dialogue:
    """Begin a dialogue; whoever makes it leads it until somebody else is named."""
    dialogue: Dialogue = Dialogue.objects.create(
        title=title.strip(), theme=theme, goal=goal, created_by=by, facilitator=by, previous=previous, **details
    )
    record("dialogue.created", target=dialogue, by=by, theme=theme, goal=goal)
    return dialogue


@transaction.atomic
def dialogue_change(*, dialogue: Dialogue, by: User, **details: Any) -> Dialogue:
    """Change what is decided about a dialogue: title, aim, goal, time, place, facilitator."""
    for name, value in details.items():
        setattr(dialogue, name, value)
    dialogue.save(update_fields=list(details))
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
    member = Membership.objects.filter(user__email=email, is_active=True).first() if email else None
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
def participant_remove(*, participant: Participant, by: User) -> None:
    """Take somebody off the list."""
    record("dialogue.participant_removed", target=participant.dialogue, by=by)
    participant.delete()


@transaction.atomic
def guest_invite(*, dialogue: Dialogue, participant: Participant, by: User) -> None:
    """Invite somebody from outside: an account that opens this dialogue and its charts, and nothing more.

    Who is a member already, as guest of another dialogue, gets the grant at once; for the others it is given
    when they have accepted (`guest_arrived`).
    """
    if not participant.email:
        raise DialogueError(_("Write an e-mail address first: the invitation is sent to it."))
    member = Membership.objects.filter(user__email=participant.email, is_active=True).first()
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


@transaction.atomic
def slide_add(*, dialogue: Dialogue, chart: Chart, by: User, looking_at: str = "") -> Slide:
    """Put a saved chart last in the deck. The same chart is never there twice."""
    if dialogue.slides.filter(chart=chart).exists():
        raise DialogueError(_("This chart is in the deck already."))
    # Two who add at once would take the same place: the dialogue's row is the queue.
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    last = dialogue.slides.aggregate(last=Max("position"))["last"] or 0
    slide: Slide = Slide.objects.create(
        dialogue=dialogue, chart=chart, position=last + 1, looking_at=looking_at or chart.note[:300]
    )
    record("dialogue.slide_added", target=dialogue, by=by, position=slide.position)
    return slide


@transaction.atomic
def slide_move(*, slide: Slide, steps: int) -> None:
    """Move a chart up (negative) or down in the deck, past one neighbour."""
    Dialogue.objects.select_for_update().get(pk=slide.dialogue_id)
    slide.refresh_from_db()
    others = Slide.objects.filter(dialogue_id=slide.dialogue_id)
    if steps < 0:
        neighbour = others.filter(position__lt=slide.position).order_by("-position").first()
    else:
        neighbour = others.filter(position__gt=slide.position).order_by("position").first()
    if neighbour is not None:
        # The unique key is deferred: it is checked when both have moved.
        here, there = slide.position, neighbour.position
        Slide.objects.filter(pk=slide.pk).update(position=there)
        Slide.objects.filter(pk=neighbour.pk).update(position=here)


@transaction.atomic
def slide_remove(*, slide: Slide, by: User) -> None:
    """Take a chart out of the deck; what was said about it stays in the log."""
    dialogue = slide.dialogue
    position = slide.position
    slide.delete()
    Slide.objects.filter(dialogue=dialogue, position__gt=position).update(position=F("position") - 1)
    record("dialogue.slide_removed", target=dialogue, by=by, position=position)


@transaction.atomic
def slide_describe(*, slide: Slide, looking_at: str) -> None:
    """Say in one sentence what one is looking at."""
    slide.looking_at = looking_at.strip()[:300]
    slide.save(update_fields=["looking_at"])
