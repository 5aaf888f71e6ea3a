"""The agenda along the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dialogues.content import agenda
from dialogues.room.timing import agenda_at

BEGAN = datetime(2027, 3, 10, 8, 0, tzinfo=UTC)


def test_before_it_begins_nothing_has_passed() -> None:
    points = agenda_at(agenda(90), None, BEGAN)
    assert [point.passed for point in points] == [0.0] * len(points)
    assert not any(point.is_current for point in points)


@pytest.mark.parametrize(
    ("minutes", "starts"), [(75, [0, 10, 13, 15, 25, 40, 55]), (90, [0, 10, 13, 15, 25, 50, 70])]
)
def test_the_points_follow_one_another_to_the_last_minute(minutes: int, starts: list[int]) -> None:
    points = agenda_at(agenda(minutes), None, BEGAN)
    assert [point.start for point in points] == starts
    assert points[-1].end == minutes


def test_the_present_point_grows_and_those_before_it_are_full() -> None:
    points = agenda_at(agenda(90), BEGAN, BEGAN + timedelta(minutes=30))
    assert [point.item.key for point in points if point.is_current] == ["dialogue_1"]
    assert [point.passed for point in points] == [10, 3, 2, 10, 5, 0, 0]


def test_over_time_everything_is_full_and_nothing_alarms() -> None:
    points = agenda_at(agenda(75), BEGAN, BEGAN + timedelta(hours=3))
    assert all(point.passed == point.item.minutes for point in points)
    assert not any(point.is_current for point in points)


def test_a_clock_that_runs_ahead_shows_no_negative_time() -> None:
    assert agenda_at(agenda(75), BEGAN, BEGAN - timedelta(minutes=5))[0].passed == 0.0


def test_numbers_are_written_as_css_wants_them() -> None:
    assert agenda_at(agenda(90), BEGAN, BEGAN + timedelta(seconds=90))[0].passed_in_css == "1.50"
