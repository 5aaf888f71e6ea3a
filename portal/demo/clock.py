"""The demo tells of the past: what it does is dated then, through the same services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

WORKING_DAYS = 5
_NOW = timezone.now


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let it be `moment` for a while, in this one-threaded process that makes the demo.

    `timezone.now()` answers it, and so do the columns of a dialogue's rows that say when they were made.
    """
    former = timezone.now
    try:
        _answer(lambda: moment)
        yield
    finally:
        _answer(former)


def days_from_now(days: int, clock: time = time(9)) -> datetime:
    """That many days from the demo's making by the clock on the wall; a weekend's day is the Monday after."""
    day = timezone.localdate(_NOW()) + timedelta(days=days)
    if day.weekday() >= WORKING_DAYS:
        day += timedelta(days=7 - day.weekday())
    return timezone.make_aware(datetime.combine(day, clock))


def _answer(now: Callable[[], datetime]) -> None:
    timezone.now = now
    for model in apps.get_app_config("dialogues").get_models():
        for field in model._meta.fields:
            made_at: Any = field
            if getattr(made_at, "default", None) is _NOW:
                made_at._get_default = now
