"""Ports on 127.0.0.1, the same as last time where that is possible, so that an open shell stays connected."""

from __future__ import annotations

import socket

from portal.embedded.layout import Var


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether this process could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def remember_port(var: Var, server: str, port: int) -> None:
    (var.run / f"{server}.port").write_text(f"{port}\n", encoding="ascii")


def port_in_use(var: Var, server: str) -> int | None:
    """The port that the server last listened on, None when it never did."""
    try:
        return int((var.run / f"{server}.port").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def ports_to_try(var: Var, server: str, *, fixed: int = 0) -> list[int]:
    """Where to start the server: on ``fixed`` alone when clients already know it, else last time's, else any.

    More than one, since another program may take a free port between our looking and the server's binding.
    """
    if fixed:
        return [fixed]
    last = port_in_use(var, server)
    remembered = [last] if last and is_free(last) else []
    return [*remembered, free_port(), free_port()]
