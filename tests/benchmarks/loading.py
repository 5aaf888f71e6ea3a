"""Load on a server of this machine: over open connections as fast as it answers, or by the clock.

Requests are bytes that were made before, so that this process does little beside the one it measures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    body: bytes


def request_of(site: str, path: str, fields: Sequence[tuple[str, str]] | None = None, cookie: str = "") -> bytes:
    """A GET, or with fields the POST of a form, as the bytes of HTTP/1.1."""
    body = urlencode(fields).encode() if fields is not None else b""
    method = "GET" if fields is None else "POST"
    head = f"{method} {path} HTTP/1.1\r\nHost: {urlsplit(site).netloc}\r\n"
    if cookie:
        head += f"Cookie: {cookie}\r\n"
    if fields is not None:
        head += f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


class Wire:
    """One open connection, used by one at a time."""

    def __init__(self, site: str) -> None:
        place = urlsplit(site)
        self._host, self._port = place.hostname, place.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> Reply:
        """Send a request and wait for its answer. Raises OSError, or TimeoutError."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        async with asyncio.timeout(_PATIENCE):
            head = await reader.readuntil(b"\r\n\r\n")
            body = await _body(reader, head.lower())
        return Reply(int(head.split(b" ", 2)[1]), body)

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    """What follows the head: of a told length, or in chunks."""
    if b"transfer-encoding: chunked" not in head:
        return await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0))
    body = b""
    while length := int(await reader.readline(), 16):
        body += (await reader.readexactly(length + 2))[:-2]
    await reader.readline()
    return body


async def as_fast_as_it_goes(site: str, requests: Sequence[bytes], wires: int) -> tuple[float, list[Reply]]:
    """Requests a second when so many connections each send the next as soon as the last is answered."""
    waiting = iter(requests)
    replies: list[Reply] = []

    async def work() -> None:
        wire = Wire(site)
        for request in waiting:
            replies.append(await wire.ask(request))
        wire.close()

    begun = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(wires)))
    return len(replies) / (time.perf_counter() - begun), replies


async def by_the_clock(site: str, requests: Sequence[bytes], a_second: float) -> tuple[list[float], list[Reply]]:
    """Seconds each request took, counted from when it was due: so many a second, however slow the answers are."""
    idle: list[Wire] = []
    took: list[float] = []
    replies: list[Reply] = []
    start = time.perf_counter() + 0.1

    async def one(number: int, request: bytes) -> None:
        due = start + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        wire = idle.pop() if idle else Wire(site)
        replies.append(await wire.ask(request))
        took.append(time.perf_counter() - due)
        idle.append(wire)

    await asyncio.gather(*(one(number, request) for number, request in enumerate(requests)))
    for wire in idle:
        wire.close()
    return took, replies
