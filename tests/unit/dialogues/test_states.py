"""Every state has its transitions, and every state can be left and reached."""

from __future__ import annotations

import pytest

from dialogues.models import Activity, Dialogue, NextStep
from dialogues.states import ACTIVITY_TRANSITIONS, DIALOGUE_TRANSITIONS, NEXT_STEP_TRANSITIONS


@pytest.mark.parametrize(
    ("states", "transitions"),
    [
        (Dialogue.State, DIALOGUE_TRANSITIONS),
        (NextStep.State, NEXT_STEP_TRANSITIONS),
        (Activity.State, ACTIVITY_TRANSITIONS),
    ],
)
def test_no_state_is_forgotten_or_a_dead_end(states: type, transitions: dict) -> None:
    assert set(transitions) == set(states)
    assert all(transitions.values())
    assert set().union(*transitions.values()) == set(states)
    assert not any(state in targets for state, targets in transitions.items())
