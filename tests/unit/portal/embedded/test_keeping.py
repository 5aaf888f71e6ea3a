"""A process that ends by itself is started again, less and less eagerly."""

from __future__ import annotations

import pytest

from portal.embedded import keeping
from portal.embedded.errors import StepFailed


class Clock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


class Frail:
    """A process that is ended from outside."""

    name = "worker"

    def __init__(self) -> None:
        self.alive = True
        self.starts = 0
        self.refusal: StepFailed | None = None

    def start(self) -> None:
        if self.refusal:
            raise self.refusal
        self.starts += 1
        self.alive = True

    def stop(self) -> None:
        self.alive = False

    def is_alive(self) -> bool:
        return self.alive


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(keeping, "time", made)
    return made


def test_a_living_process_is_left_alone(clock: Clock) -> None:
    process = Frail()
    assert keeping.Keeper(process).look() is None
    assert process.starts == 0


def test_the_pause_grows_to_half_a_minute(clock: Clock) -> None:
    process = Frail()
    keeper = keeping.Keeper(process)
    pauses = []
    for _ in range(7):
        process.alive = False
        assert "ended by itself" in (keeper.look() or "")
        begun = clock.now
        while not process.alive:
            clock.now += 0.5
            keeper.look()
        pauses.append(clock.now - begun)
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_an_hour_of_health_makes_the_next_pause_short_again(clock: Clock) -> None:
    process = Frail()
    keeper = keeping.Keeper(process)
    for _ in range(3):
        process.alive = False
        keeper.look()
        clock.now += 60
        keeper.look()
    clock.now += 3600
    keeper.look()
    process.alive = False
    assert "in 1 s" in (keeper.look() or "")


def test_a_process_that_can_not_be_started_is_tried_again(clock: Clock) -> None:
    process = Frail()
    keeper = keeping.Keeper(process)
    process.alive, process.refusal = False, StepFailed("start", "the port is taken.", "wait")
    keeper.look()
    clock.now += 1
    assert "the port is taken" in (keeper.look() or "")
    process.refusal = None
    clock.now += 2
    assert keeper.look() == "worker is started again."
