"""Not asking faster than a source allows."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class Pace:
    """At most so many calls in a window of seconds: whoever comes too early waits."""

    def __init__(
        self,
        calls: int,
        seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.calls, self.seconds = max(1, calls), seconds
        self._clock, self._sleep = clock, sleep
        self._made: deque[float] = deque()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Wait until a further call fits into the window, and count it."""
        with self._lock:
            while True:
                now = self._clock()
                while self._made and self._made[0] <= now - self.seconds:
                    self._made.popleft()
                if len(self._made) < self.calls:
                    self._made.append(now)
                    return
                self._sleep(self._made[0] + self.seconds - now)
