"""One subscription to Valkey for the whole process, and everyone in it who waits for a topic."""

from __future__ import annotations

import threading
from collections import defaultdict

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from portal.embedded.programs import MOST_STREAMS
from portal.live.announcing import CHANNEL, LIMITS

_POLL = 1.0
"""Seconds after which the listening thread looks whether anybody is left to listen for."""


class Closed(Exception):
    """There is nothing to wait for: Valkey does not answer, or too many wait already."""


class Waiting:
    """One stream's place: told of every change, however many happened while it was busy, once."""

    def __init__(self) -> None:
        self._changed = threading.Event()
        self.is_closed = False

    def tell(self) -> None:
        self._changed.set()

    def close(self) -> None:
        self.is_closed = True
        self._changed.set()

    def wait(self, seconds: float) -> bool:
        """Whether something changed within so many seconds. Raises Closed when nothing more will be told."""
        changed = self._changed.wait(seconds)
        self._changed.clear()
        if self.is_closed:
            raise Closed
        return changed


class Hub:
    """Hands what Valkey says on to those who wait. Its thread runs while somebody does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, set[Waiting]] = defaultdict(set)
        self._listener: threading.Thread | None = None

    def join(self, topic: str) -> Waiting:
        """Give a place among those who wait for a topic, until `leave`. Raises Closed where there is none."""
        waiting = Waiting()
        with self._lock:
            # As many as there are threads for streams beside those that serve pages.
            if sum(map(len, self._waiting.values())) >= MOST_STREAMS:
                raise Closed
            self._listen()
            self._waiting[topic].add(waiting)
        return waiting

    def leave(self, topic: str, waiting: Waiting) -> None:
        """Give a place back; twice is once."""
        with self._lock:
            self._waiting[topic].discard(waiting)
            if not self._waiting[topic]:
                del self._waiting[topic]

    def _listen(self) -> None:
        """Subscribe before the first place is given, so that no change is missed. Raises Closed."""
        if self._listener is not None and self._listener.is_alive():
            return
        subscription = Redis.from_url(settings.REDIS_URL, **LIMITS).pubsub(ignore_subscribe_messages=True)
        try:
            subscription.subscribe(CHANNEL)
        except (RedisError, OSError):
            raise Closed from None
        self._listener = threading.Thread(target=self._hear, args=[subscription], name="live", daemon=True)
        self._listener.start()

    def _hear(self, subscription: object) -> None:
        try:
            while self._is_wanted():
                message = subscription.get_message(timeout=_POLL)  # type: ignore[attr-defined]
                if message is not None:
                    self._tell(message["data"].decode())
        except (RedisError, OSError):
            # Said where it is noticed by writing (`announcing`); streams end, and their pages ask by themselves.
            self._close_all()
        finally:
            subscription.close()  # type: ignore[attr-defined]

    def _is_wanted(self) -> bool:
        with self._lock:
            if not self._waiting:
                # Decided under the lock: a place given after this starts a listener of its own.
                self._listener = None
            return bool(self._waiting)

    def _tell(self, topic: str) -> None:
        with self._lock:
            told = list(self._waiting.get(topic, ()))
        for waiting in told:
            waiting.tell()

    def _close_all(self) -> None:
        with self._lock:
            self._listener = None
            everyone = [waiting for found in self._waiting.values() for waiting in found]
        for waiting in everyone:
            waiting.close()


hub = Hub()
