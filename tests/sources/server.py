"""A local server with the manners of a real source: its limits, its refusals, its bad days."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    """A question as the server got it."""

    method: str
    path: str
    query: dict[str, str]
    body: Any


@dataclass
class Reply:
    """What the server answers: JSON, or bytes as they are."""

    document: Any = None
    status: int = 200
    raw: bytes | None = None
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    """Break the connection off after so many bytes of the body."""
    drip: float = 0.0
    """Seconds between bytes."""


Trouble = Callable[[Asked], Reply | None]


class SourceServer:
    """Answers by ``answer``; ``troubles`` come first, each once, as on a bad day."""

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.troubles: deque[Reply | Trouble] = deque()
        self.delay = 0.0
        self._http = _Quiet(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def paths(self, part: str = "") -> list[str]:
        """The paths that were asked for, with ``part`` in them."""
        return [asked.path for asked in self.asked if part in asked.path]

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.delay:
            time.sleep(self.delay)
        while self.troubles:
            trouble = self.troubles.popleft()
            found = trouble(asked) if callable(trouble) else trouble
            if found is not None:
                return found
        return self.answer(asked)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[SourceServer]:
    """A source that runs for a while on a port of its own."""
    server = SourceServer(answer)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Whoever asked has hung up: that is what some tests are about."""


def _handler(server: SourceServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._do()

        def do_POST(self) -> None:
            self._do()

        def _do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
            reply = server.reply(Asked(self.command, parts.path, query, body))
            content = reply.raw
            if content is None:
                content = json.dumps(reply.document, ensure_ascii=False).encode()
            try:
                self._write(reply, content)
            except OSError:
                self.close_connection = True  # who asked has gone

        def _write(self, reply: Reply, content: bytes) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.cut_after is not None:
                self.wfile.write(content[: reply.cut_after])
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            if reply.drip:
                for byte in content:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(reply.drip)
                return
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Tests speak for themselves."""

    return Handler
