"""Looking for figures in texts, however they are written."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

import redis
from django.conf import settings
from psycopg import sql

from tests.plugins.database import test_superuser as superuser_here
from tests.texts import without_keys

_BETWEEN = r"(?:[\s\u00a0\u202f\u2009\u2007.,'’]|&nbsp;|&#160;|&thinsp;|\\u00a0|\\u202f|%C2%A0|%20)?"


def pattern_of(figures: Iterable[int]) -> re.Pattern[str]:
    """Any of the figures, with or without something between the thousands."""
    return re.compile(rf"(?<![0-9A-Za-z])(?<![0-9]\.)(?:{_written(figures)})(?![0-9A-Za-z])(?!\.\d*[1-9])")


def _written(figures: Iterable[int]) -> str:
    written = []
    for figure in figures:
        digits = str(figure)
        assert len(digits) >= 4, "too short to be looked for"
        written.append(f"{digits[:-3]}{_BETWEEN}{digits[-3:]}")
    return "|".join(written)


def found_in(said: Iterable[tuple[str, str]], figures: Iterable[int]) -> list[str]:
    """The places whose text holds one of the figures, with a little of what stands round it."""
    figures = list(figures)
    pattern = pattern_of(figures)
    # Taking keys out of a text costs ten times as much as seeing that none of the digits are in it.
    digits = re.compile(_written(figures))
    found = []
    for place, text in said:
        if not digits.search(text):
            continue
        told = without_keys(text)
        if match := pattern.search(told):
            found.append(f"{place}: …{told[max(0, match.start() - 40) : match.end() + 20]}…")
    return found


def in_database(role: str | None = None) -> Iterator[tuple[str, str]]:
    """Every row of every table as text; of those that a role may read, or of all."""
    with superuser_here() as raw:
        tables = [name for (name,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for table in sorted(tables):
            if role and not _may_read(raw, role, table):
                continue
            for (row,) in raw.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))):
                yield f"table {table}", _without_hex_of_bytes(row)


def in_sessions() -> Iterator[tuple[str, str]]:
    """The last statement of every connection, which PostgreSQL keeps."""
    with superuser_here() as raw:
        for (statement,) in raw.execute("SELECT query FROM pg_stat_activity WHERE query IS NOT NULL"):
            yield "pg_stat_activity", statement


def in_valkey() -> Iterator[tuple[str, str]]:
    """Every key and value of the cache."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("*"):
        yield f"valkey {key!r}", repr(client.dump(key))


def in_log(records: Iterable[logging.LogRecord]) -> Iterator[tuple[str, str]]:
    """Every line of the log, with what it was made of."""
    for record in records:
        yield f"log {record.name}", f"{record.getMessage()} {record.args!r} {record.exc_text or ''}"


def _may_read(raw: object, role: str, table: str) -> bool:
    query = sql.SQL("SELECT has_any_column_privilege({}, {}, 'select')").format(
        sql.Literal(f"vaxtkraft_{role}"), sql.Literal(table)
    )
    return bool(raw.execute(query).fetchone()[0])  # type: ignore[attr-defined]


def _without_hex_of_bytes(row: str) -> str:
    """A row in which binary columns are read as the text that they may be."""
    return re.sub(
        r"\\\\?x((?:[0-9a-f]{2})+)", lambda m: bytes.fromhex(m.group(1)).decode("utf-8", errors="replace"), row
    )
