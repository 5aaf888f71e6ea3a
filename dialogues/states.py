"""What may become of a dialogue and of a next step."""

from dialogues.models import Dialogue, NextStep

DIALOGUE_TRANSITIONS: dict[Dialogue.State, set[Dialogue.State]] = {
    Dialogue.State.PLANNED: {Dialogue.State.ONGOING, Dialogue.State.HELD, Dialogue.State.CANCELLED},
    Dialogue.State.ONGOING: {Dialogue.State.HELD, Dialogue.State.PLANNED},
    Dialogue.State.HELD: {Dialogue.State.ONGOING},
    Dialogue.State.CANCELLED: {Dialogue.State.PLANNED},
}

NEXT_STEP_TRANSITIONS: dict[NextStep.State, set[NextStep.State]] = {
    NextStep.State.OPEN: {NextStep.State.DONE, NextStep.State.STUCK, NextStep.State.DROPPED},
    NextStep.State.STUCK: {NextStep.State.OPEN, NextStep.State.DONE, NextStep.State.DROPPED},
    NextStep.State.DONE: {NextStep.State.OPEN},
    NextStep.State.DROPPED: {NextStep.State.OPEN},
}
