"""Keeping processes alive: one that ends by itself is started again, after a pause that grows."""

from __future__ import annotations

import time
from typing import Protocol

from portal.embedded.errors import StepFailed

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_SOUND_AFTER = 60.0  # seconds alive after which earlier failures are forgotten


class Process(Protocol):
    """Something that is started, may end by itself, and can be started again."""

    name: str

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def is_alive(self) -> bool: ...


class Keeper:
    """Watches one process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.failures = 0
        self._started = time.monotonic()
        self._again_at: float | None = None

    def look(self) -> str | None:
        """Start the process again if it has ended and its pause is over; a sentence when there is news."""
        now = time.monotonic()
        if self._again_at is not None:
            return self._start_again() if now >= self._again_at else None
        if self.process.is_alive():
            if self.failures and now - self._started > _SOUND_AFTER:
                self.failures = 0
            return None
        return self._wait("ended by itself")

    def _start_again(self) -> str:
        self._again_at = None
        self._started = time.monotonic()
        try:
            self.process.start()
        except StepFailed as failure:
            return self._wait(f"could not be started ({failure.why})")
        return f"{self.process.name} is started again."

    def _wait(self, what: str) -> str:
        pause = min(_FIRST_PAUSE * 2**self.failures, _LONGEST_PAUSE)
        self.failures += 1
        self._again_at = time.monotonic() + pause
        return f"{self.process.name} {what}; it is started again in {pause:.0f} s."
