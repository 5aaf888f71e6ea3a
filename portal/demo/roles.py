"""Doing each part of the demo with the rights that the part has in a running portal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def working_as(alias: str) -> Iterator[None]:
    """Let the default connection be another role's for a while.

    The process that makes the demo starts as `worker` and has `web` beside it: officials' deeds are done as
    `web`, jobs as `worker`, answers come in as `survey`, as in the portal itself.
    """
    former = connections[DEFAULT_DB_ALIAS]
    if former.in_atomic_block:
        raise RuntimeError("Change roles between transactions, not inside one.")
    connections[DEFAULT_DB_ALIAS] = connections[alias]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = former
