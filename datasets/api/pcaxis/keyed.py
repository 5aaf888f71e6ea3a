"""Stable ids of tables, as PxWebApi has them: `VK4F2A90C31B77`, with `.question.gender` where there are several.

An id is the beginning of the data set's own, so that it stays over releases and is found by a range of the key.
"""

from __future__ import annotations

import re
from uuid import UUID

_ID = re.compile(r"VK(?P<hex>[0-9A-F]{12})(?:\.(?P<code>.{1,100}))?", re.IGNORECASE | re.DOTALL)
MAIN = "main"
"""The code of the only table of a file."""


def px_id(dataset_id: UUID, code: str) -> str:
    """The id of a table: 48 random bits of its data set, and its code unless it is the main one."""
    return f"VK{dataset_id.hex[:12].upper()}" + ("" if code == MAIN else f".{code}")


def read_px_id(text: str) -> tuple[UUID, UUID, str] | None:
    """The least and the greatest id of a data set that an id can mean, and the table's code; None for no id."""
    found = _ID.fullmatch(text)
    if found is None:
        return None
    head = found["hex"].lower()
    return UUID(head + "0" * 20), UUID(head + "f" * 20), found["code"] or MAIN
