"""A gate before a server: open, closed (nobody listens), or stalled (it accepts and never answers)."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

State = Literal["open", "closed", "stalled"]


class Gate:
    """Passes bytes both ways between its own port and a server's, on 127.0.0.1."""

    def __init__(self, server: int) -> None:
        self._server = server
        self._state: State = "open"
        self._sockets: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.port = 0
        self._listen()

    def set(self, state: State) -> None:
        """Change what happens to those who come; whoever is inside already is cut off, or left hanging."""
        self._state = state
        if state == "closed":
            self._close_listener()
            self.cut_off()
        elif self._listener is None:
            self._listen()

    def cut_off(self) -> None:
        """End every connection that passes the gate now."""
        for each in list(self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._sockets.clear()

    def stop(self) -> None:
        self._close_listener()
        self.cut_off()

    def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._admit, args=(listener,), daemon=True).start()

    def _close_listener(self) -> None:
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def _admit(self, listener: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            self._sockets.add(visitor)
            if self._state == "stalled":
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._server), timeout=5)
            except OSError:
                visitor.close()
                continue
            server.settimeout(None)
            self._sockets.add(server)
            for source, target in ((visitor, server), (server, visitor)):
                threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                while self._state == "stalled":
                    threading.Event().wait(0.05)
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def gate_before(server: int) -> Iterator[Gate]:
    gate = Gate(server)
    try:
        yield gate
    finally:
        gate.stop()
