"""Holding a dialogue: its clock, what is shown, its end. Open pages are told of every change."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.onboarding_steps import onboarding_step_reach
from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from dialogues.room.live import changed
from dialogues.services.evaluating import closing_end
from dialogues.services.inviting import calendars_change
from dialogues.services.joining import joining_end
from dialogues.services.slides import deck_keep
from dialogues.states import DIALOGUE_TRANSITIONS
from portal.audit.recording import record


def change_state(*, dialogue: Dialogue, to: Dialogue.State, **columns: object) -> bool:
    """Move a dialogue on where its present state allows it; true when this call did it."""
    sources = [state for state, targets in DIALOGUE_TRANSITIONS.items() if to in targets]
    return bool(Dialogue.objects.filter(pk=dialogue.pk, state__in=sources).update(state=to, **columns))


@transaction.atomic
def dialogue_begin(*, dialogue: Dialogue, by: User) -> None:
    """Start the agenda's clock. Who starts it again goes on with the clock that runs.

    Raises DialogueError for a dialogue that is cancelled or closed.
    """
    planned = Dialogue.objects.filter(pk=dialogue.pk, state=Dialogue.State.PLANNED)
    if planned.update(state=Dialogue.State.ONGOING, began_at=timezone.now()):
        record("dialogue.begun", target=dialogue, by=by)
        changed(dialogue)
        return
    dialogue.refresh_from_db(fields=["state"])
    if dialogue.state == Dialogue.State.CANCELLED:
        raise DialogueError(_("This dialogue is cancelled. Plan it again before you hold it."))
    if dialogue.state == Dialogue.State.HELD:
        raise DialogueError(_("This dialogue is closed. Open it again to go on."))


@transaction.atomic
def dialogue_finish(*, dialogue: Dialogue, by: User) -> None:
    """Close the dialogue: the log becomes a summary. It can be opened again. Raises DialogueError if cancelled."""
    if change_state(dialogue=dialogue, to=Dialogue.State.HELD, held_at=timezone.now(), talk="", talk_ends_at=None):
        closing_end(dialogue=dialogue)
        joining_end(dialogue=dialogue)
        deck_keep(dialogue=dialogue)
        record("dialogue.held", target=dialogue, by=by)
        changed(dialogue)
        onboarding_step_reach(step="first_dialogue")
        return
    dialogue.refresh_from_db(fields=["state"])
    if dialogue.state == Dialogue.State.CANCELLED:
        raise DialogueError(_("This dialogue is cancelled. Plan it again before you close it."))


@transaction.atomic
def dialogue_reopen(*, dialogue: Dialogue, by: User) -> None:
    """Open a closed dialogue again; its clock is where it was. Raises DialogueError when it is not closed."""
    reopened = Dialogue.objects.filter(pk=dialogue.pk, state=Dialogue.State.HELD).update(
        state=Dialogue.State.ONGOING, held_at=None
    )
    if not reopened:
        raise DialogueError(_("Only a closed dialogue can be opened again."))
    record("dialogue.reopened", target=dialogue, by=by)
    changed(dialogue)


@transaction.atomic
def dialogue_cancel(*, dialogue: Dialogue, by: User) -> None:
    """Cancel a dialogue that is planned."""
    if not change_state(dialogue=dialogue, to=Dialogue.State.CANCELLED):
        raise DialogueError(_("Only a planned dialogue can be cancelled."))
    joining_end(dialogue=dialogue)
    calendars_change(dialogue=dialogue)
    record("dialogue.cancelled", target=dialogue, by=by)
    changed(dialogue)


@transaction.atomic
def dialogue_plan_again(*, dialogue: Dialogue, by: User) -> None:
    """Undo a cancellation, or a start by mistake."""
    was_cancelled = dialogue.state == Dialogue.State.CANCELLED
    if change_state(dialogue=dialogue, to=Dialogue.State.PLANNED, began_at=None, held_at=None):
        if was_cancelled:
            calendars_change(dialogue=dialogue)
        record("dialogue.planned_again", target=dialogue, by=by)
        changed(dialogue)


@transaction.atomic
def screen_show(*, dialogue: Dialogue, screen: int) -> None:
    """Show this in the room: on the second screen and on the devices that joined."""
    if Dialogue.objects.filter(pk=dialogue.pk).exclude(screen=screen).update(screen=screen):
        changed(dialogue)
