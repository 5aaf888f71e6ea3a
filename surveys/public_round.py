"""What anyone may know of a round, read as the database role `survey`.

That role executes a few functions (`round_open`, `round_support_lines`, `intake_submit` …) and touches no table.
Definitions are kept in the process by their hash (a version never changes), a round's facts for some seconds:
moving between pages works on through a short outage of the database, and only the final sending needs it.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DatabaseError, InterfaceError, connections
from django.utils.dateparse import parse_datetime
from psycopg import Cursor

from surveys.questionnaire import Questionnaire, read
from surveys.states import WayIn

FRESH_FOR = 10.0
MOST_KEPT = 200
CODE = re.compile(r"[0-9a-z]{4,16}")
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


class DatabaseUnavailable(Exception):
    """The database does not answer. Says nothing of what was being stored."""


@dataclass(frozen=True)
class PublicRound:
    """A round's public facts, and the questions of its version."""

    id: UUID
    code: str
    title: str
    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    is_open: bool
    takes_answers: bool
    asker: str
    what_happens: Mapping[str, str]
    contact: str
    public_key: bytes
    threshold: int
    tenant_name: str
    is_demo: bool
    definition_hash: str
    questionnaire: Questionnaire
    channels: Mapping[str, int] = field(default_factory=dict)
    way_in: str = WayIn.LINK
    modulus: bytes = b""
    local_lines: tuple[Mapping[str, str], ...] = ()
    """The support lines of the municipality itself, as they are now and not as they were when the round opened.

    Of a joint round: those of the region, and each municipality's with its slug as `place`.
    """
    contacts: Mapping[str, str] = field(default_factory=dict)
    """Of a joint round: by municipality, whom its young people can ask."""
    has_thank_you: bool = False
    """Whether something is drawn among those who leave an address, on a page of its own."""
    read_at: float = 0.0
    """When this was read, by the process's own clock."""

    @property
    def takes_personal_codes(self) -> bool:
        """Whether somebody was invited by letter or mail: then the round has a key that signs."""
        return self.needs_code and bool(self.modulus)

    @property
    def needs_code(self) -> bool:
        """Whether only those with a code may answer."""
        return self.way_in == WayIn.CODES

    def channel_number(self, letters: str) -> int:
        """The channel of a link; 0 where the letters are none's, since a slip of the pen must keep nobody out."""
        return self.channels.get(letters.lower(), 0)


_kept: dict[str, tuple[float, PublicRound]] = {}
_questionnaires: dict[str, Questionnaire] = {}


def find_round(code: str) -> PublicRound | None:
    """The round behind a public link; None when there is none, or none that is public yet.

    Letters that are easily misread are taken for the figures that codes have instead of them. Raises
    DatabaseUnavailable when nothing is known of the round and the database does not answer.
    """
    code = code.lower().translate(MISREAD)
    if not CODE.fullmatch(code):
        return None
    kept = _kept.get(code)
    if kept and time.monotonic() - kept[0] < FRESH_FOR:
        return kept[1]
    try:
        found = _read(code)
    except DatabaseUnavailable:
        if kept:
            return kept[1]
        raise
    if found is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[code] = (time.monotonic(), found)
    return found


def forget_rounds() -> None:
    """Read every round anew: for tests, and for nothing else."""
    _kept.clear()


def ask(question: str, *arguments: str | bool | bytes | UUID | list[bytes]) -> Any:
    """The single value of one query, as the role `survey`; an error never quotes what was sent.

    The values travel beside the statement. Within it they would stand in `pg_stat_activity`, next to the
    time, for as long as the connection waits for its next question.
    """
    connection = connections["survey"]
    try:
        with connection.wrap_database_errors:
            connection.ensure_connection()
            try:
                return _value(connection.connection, question, arguments)
            except psycopg.OperationalError:
                if not connection.connection.closed:
                    raise
            # The connection was dead: the database has been away. Asking a second time does no harm, since an
            # envelope is stored once; looking at every connection before every question would cost a way to
            # the database and back for each.
            connection.close()
            pool = getattr(connection, "pool", None)
            if pool:
                pool.check()
            connection.ensure_connection()
            return _value(connection.connection, question, arguments)
    except (DatabaseError, InterfaceError):
        raise DatabaseUnavailable("The database does not answer.") from None


def _value(connection: Any, question: str, arguments: tuple[Any, ...]) -> Any:
    with Cursor(connection) as cursor:
        cursor.execute(question.encode(), arguments)
        row = cursor.fetchone()
        return row[0] if row else None


def _read(code: str) -> PublicRound | None:
    facts = _facts(code, with_definition=False)
    if facts is None:
        return None
    ways = _ways_in(code)
    known = _questionnaires.get(facts["definition_hash"])
    if known is None:
        facts = _facts(code, with_definition=True) or facts
        known = _questionnaires.setdefault(facts["definition_hash"], read(facts["definition"]))
    return PublicRound(
        id=UUID(facts["id"]),
        code=facts["public_code"],
        title=facts["title"],
        state=facts["state"],
        opens_at=parse_datetime(facts["opens_at"] or ""),
        closes_at=parse_datetime(facts["closes_at"] or ""),
        is_open=facts["is_open"],
        takes_answers=facts["takes_answers"],
        asker=facts["asker"],
        what_happens=facts["what_happens"],
        contact=facts["contact"],
        public_key=bytes.fromhex(facts["public_key"] or ""),
        threshold=facts["threshold"],
        tenant_name=facts["tenant_name"],
        is_demo=facts["is_demo"],
        definition_hash=facts["definition_hash"],
        questionnaire=known,
        channels=ways["channels"],
        way_in=ways["way_in"],
        modulus=bytes.fromhex(ways.get("modulus") or ""),
        local_lines=tuple(ways["lines"]),
        contacts=ways.get("contacts") or {},
        has_thank_you=bool(ways.get("thank_you")),
        read_at=time.monotonic(),
    )


def _ways_in(code: str) -> dict[str, Any]:
    found = ask("SELECT round_ways_in(%s)", code)
    ways: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    ways = ways or {"channels": {}, "way_in": WayIn.LINK}
    lines = ask("SELECT round_support_lines(%s)", code)
    return ways | {"lines": (json.loads(lines) if isinstance(lines, str) else lines) or []}


def _facts(code: str, *, with_definition: bool) -> dict[str, Any] | None:
    found = ask("SELECT round_open(%s, %s)", code, with_definition)
    return json.loads(found) if isinstance(found, str) else found
