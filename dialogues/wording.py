"""Dialogues in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import pick
from dialogues.content import Goal, find_theme, goals
from dialogues.models import Dialogue, Participant


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


def answers_in_words(participants: Iterable[Participant]) -> str:
    """What those invited by mail have said: "3 come, 1 can't, 2 have not answered"; nothing where nobody was."""
    asked = [one for one in participants if one.invited_on is not None or one.answer]
    count = {answer: sum(one.answer == answer for one in asked) for answer in Participant.Answer}
    said = [
        (Participant.Answer.YES, ngettext("%(n)s comes", "%(n)s come", count[Participant.Answer.YES])),
        (Participant.Answer.MAYBE, ngettext("%(n)s perhaps", "%(n)s perhaps", count[Participant.Answer.MAYBE])),
        (Participant.Answer.NO, ngettext("%(n)s can't come", "%(n)s can't come", count[Participant.Answer.NO])),
        (
            Participant.Answer.NONE,
            ngettext("%(n)s has not answered", "%(n)s have not answered", count[Participant.Answer.NONE]),
        ),
    ]
    return ", ".join(words % {"n": count[answer]} for answer, words in said if count[answer])


def goal_of(dialogue: Dialogue) -> Goal | None:
    """The goal that was chosen, with its words."""
    return next((goal for goal in goals() if goal.key == dialogue.goal), None)


def theme_in_words(key: str, lang: str) -> str:
    """A theme's name; nothing for none, or one that is no longer known."""
    theme = find_theme(key)
    return pick(theme.title, lang) if theme else ""


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
        "behind": _("{n} min after the plan"),
        "ahead": _("{n} min to spare"),
        "time_is_up": _("The time is up. More to say? Meet again in some days."),
        "clock": _("{gone} of {all} minutes"),
    }
