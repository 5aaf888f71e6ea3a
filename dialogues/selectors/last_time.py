"""What a dialogue opens with: what came of the one before in its series."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.models import Dialogue, NextStep, Note
from dialogues.selectors.data_wishes import open_data_wishes
from dialogues.selectors.log import notes_of
from dialogues.selectors.next_steps import next_steps_of

MOST_TAKEAWAYS = 8
"""As many as a wall has room for beside the steps; what most agreed with comes first."""


@dataclass(frozen=True)
class LastTime:
    """Steps that were promised, what was taken along, and the wishes for data that wait; empty for a first one."""

    steps: tuple[NextStep, ...] = ()
    takeaways: tuple[Note, ...] = ()
    wishes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.steps or self.takeaways or self.wishes)


def from_last_time(dialogue: Dialogue) -> LastTime:
    """What the dialogue before left to go on from. Four queries, none for the first in a series."""
    before = dialogue.previous
    if before is None:
        return LastTime()
    taken = notes_of(before).filter(kind=Note.Kind.TAKEAWAY).order_by("-agreed", "number")
    return LastTime(
        steps=tuple(next_steps_of(before).exclude(state=NextStep.State.DROPPED)),
        takeaways=tuple(taken[:MOST_TAKEAWAYS]),
        wishes=tuple(open_data_wishes().filter(dialogue=before)),
    )
