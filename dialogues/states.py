"""What may become of a dialogue, of a next step and of an activity."""

from dialogues.models import Activity, Dialogue, NextStep

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

ACTIVITY_TRANSITIONS: dict[Activity.State, set[Activity.State]] = {
    Activity.State.PLANNED: {Activity.State.ONGOING, Activity.State.DROPPED},
    Activity.State.ONGOING: {Activity.State.PAUSED, Activity.State.DONE, Activity.State.DROPPED},
    Activity.State.PAUSED: {Activity.State.ONGOING, Activity.State.DONE, Activity.State.DROPPED},
    Activity.State.DONE: {Activity.State.ONGOING},
    Activity.State.DROPPED: {Activity.State.PLANNED},
}
