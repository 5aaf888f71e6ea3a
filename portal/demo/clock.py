"""The demo tells of the past: what it does is dated then, through the same services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()` answer `moment` for a while, in this one-threaded process that makes the demo."""
    former = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = former
