"""The demo's dialogues and what came of them: held, recorded, followed up, shared, and prepared anew."""

from __future__ import annotations

from portal.demo.dialogues.activities import follow_up
from portal.demo.dialogues.coming import prepare_next
from portal.demo.dialogues.held import hold
from portal.demo.dialogues.neighbour import hold_and_plan
from portal.demo.dialogues.sharing import share
from portal.demo.people import Demo

__all__ = ["hold_dialogues"]


def hold_dialogues(demo: Demo) -> None:
    """Everything from the first dialogue to the next of its series; files and mails wait as jobs."""
    hold(demo)
    hold_and_plan(demo)
    follow_up(demo)
    prepare_next(demo)
    share(demo)
