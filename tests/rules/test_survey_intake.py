"""The intake, with the real roles: what goes in once, when, and who can get at it."""

from __future__ import annotations

from tests.rounds import answer, open_round
from tests.world import World


def test_answers_go_in(committed: World) -> None:
    survey_round = open_round(committed)
    assert answer(survey_round) == "stored"
