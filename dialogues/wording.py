"""Dialogues in the reader's words."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from dialogues.content import Goal, goals
from dialogues.models import Dialogue


def booked_in_words(dialogue: Dialogue) -> str:
    """Day, time and length; nothing while no day is set."""
    if dialogue.starts_at is None:
        return ""
    at = timezone.localtime(dialogue.starts_at)
    return _("%(day)s at %(clock)s, %(minutes)s minutes") % {
        "day": formats.date_format(at, "l j F Y"),
        "clock": formats.date_format(at, "H:i"),
        "minutes": dialogue.minutes,
    }


def goal_of(dialogue: Dialogue) -> Goal | None:
    """The goal that was chosen, with its words."""
    return next((goal for goal in goals() if goal.key == dialogue.goal), None)


def script_words() -> dict[str, str]:
    """What the scripts of the log and the presenter say. `{n}` is a number."""
    return {
        "how": _("Enter adds the note. Shift and Enter begin a new line."),
        "saved": _("Everything is saved."),
        "saving": _("Saving …"),
        "waiting_one": _("Waiting for the network. One note is kept on this device and sent by itself."),
        "waiting_many": _("Waiting for the network. {n} notes are kept on this device and sent by themselves."),
        "not_kept": _("This device keeps nothing. Leave the page open until everything is saved."),
        "signed_out": _(
            "You have been signed out. Sign in again in this browser: your notes are kept on this device."
        ),
        "refused": _("Could not be saved:"),
        "not_taken": _(
            "the page is too old, or you may not write here any more. Copy the text and load the page again."
        ),
        "too_long": _("A note can be {most} characters long; this one has {n}. Split it into several notes."),
        "on_its_way": _("on its way"),
        "changed_meanwhile": _("Somebody else has changed this note while you write. Both will be kept."),
        "removed": _("The note is removed."),
        "removed_meanwhile": _("Somebody else has removed this note while you write. Yours will be kept."),
        "try_again": _("That did not reach us. Try again."),
        "undo": _("Undo"),
        "take_back": _("Take the text back"),
        "clock": _("{gone} of {all} minutes"),
    }
