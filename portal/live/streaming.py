"""Server-sent events: a page stays connected and is told when to ask again."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from portal.live.hub import Closed, hub

HEARTBEAT = 15.0
"""Seconds between signs of life: proxies cut silent lines, and a reader that left is noticed by them."""

LONGEST = 600.0
"""Seconds until the page is asked to connect anew: so its rights are looked at again."""

RETRY = 3000
"""Milliseconds that a browser waits before it connects again."""


_CHANGED = b"event: changed\ndata: \n\n"
_STILL_HERE = b": \n\n"


def event_stream(topic: str) -> HttpResponseBase:
    """A stream of `changed` for a reader whom the view has let in; 503 where there is no room, or no Valkey.

    The view's transaction is over before the first word is sent, and its connection is given back at once: a
    stream holds a thread and nothing else.
    """
    try:
        stream = Stream(topic)
    except Closed:
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    return StreamingHttpResponse(
        stream,
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


class Stream:
    """The words of one stream. An object, not a generator: one that is never begun is closed all the same."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self._waiting = hub.join(topic)
        self._ends_at = time.monotonic() + LONGEST
        self._is_begun = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if not self._is_begun:
            self._is_begun = True
            connections.close_all()
            # What happened between the page and its stream is asked for at once.
            return f"retry: {RETRY}\n".encode() + _CHANGED
        if time.monotonic() >= self._ends_at:
            raise StopIteration
        try:
            return _CHANGED if self._waiting.wait(HEARTBEAT) else _STILL_HERE
        except Closed:
            raise StopIteration from None

    def close(self) -> None:
        """Give the place back; called when the answer ends, however it ends."""
        hub.leave(self.topic, self._waiting)
