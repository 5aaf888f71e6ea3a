"""A recognisable person, and every place where a trace of them could lie."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import redis
from django.conf import settings
from psycopg import sql

from tests.plugins.database import test_superuser as superuser_here

NAME = "Gretaplanterad"
"""In every value that is planted and must not be kept; no other text of the project holds it.

What a test does write down has a name of its own: all run on one PostgreSQL, whose write-ahead log keeps it.
"""


@dataclass(frozen=True)
class Trace:
    """Where something was found, and which spelling of it."""

    place: str
    needle: bytes


def planted(channel: str) -> str:
    """What one channel brings, so that a find says which channel leaked."""
    return f"{NAME}-{channel}"


def spellings(words: Iterable[str]) -> set[bytes]:
    """The words as they may be written down: plain, other encodings, quoted, base 64, hex, and hashed."""
    found: set[bytes] = set()
    for word in words:
        plain = word.encode()
        found |= {plain, plain.lower(), plain.upper(), word.encode("utf-16-le"), quote(word).encode()}
        found |= {plain.hex().encode(), plain.hex().upper().encode()}
        # Without its ends, which depend on what stands beside it.
        found |= {base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)}
        found |= {maker(plain).hexdigest().encode() for maker in (hashlib.md5, hashlib.sha1, hashlib.sha256)}
    return {needle for needle in found if len(needle) >= 8}


def everywhere(needles: set[bytes], files: Iterable[Path], words: Iterable[tuple[str, str]]) -> list[Trace]:
    """Search the whole database, what PostgreSQL says of its sessions, Valkey, files, and texts such as mails."""
    spoken = ((place, text.encode()) for place, text in words)
    haystacks = chain(in_database(), in_sessions(), in_valkey(), in_files(files, needles), spoken)
    return [Trace(place, needle) for place, text in haystacks for needle in needles if needle in text]


def in_database() -> Iterator[tuple[str, bytes]]:
    """Every row of every table, as text; binary columns show as hex."""
    with superuser_here() as raw:
        for table in all_tables():
            for (row,) in raw.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))):
                yield f"table {table}", row.encode()


def all_tables() -> list[str]:
    with superuser_here() as raw:
        return [
            name
            for (name,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        ]


def in_sessions() -> Iterator[tuple[str, bytes]]:
    """The last statement of every connection, which PostgreSQL shows to its superuser."""
    with superuser_here() as raw:
        for (statement,) in raw.execute("SELECT query FROM pg_stat_activity WHERE query IS NOT NULL"):
            yield "pg_stat_activity", statement.encode()


def in_valkey() -> Iterator[tuple[str, bytes]]:
    """Every key, and every value as the server would write it to a disk."""
    client = redis.Redis.from_url(settings.REDIS_URL)
    for key in client.scan_iter("*"):
        yield "valkey key", key
        yield f"valkey {key!r}", client.dump(key) or b""


def in_files(folders: Iterable[Path], needles: set[bytes]) -> Iterator[tuple[str, bytes]]:
    """Files that hold a needle: of the database's own pages and its write-ahead log, logs, caches, temporary ones.

    They are hundreds of megabytes, and the needles dozens: grep looks for all of them at once.
    """
    assert needles and not any(b"\n" in needle for needle in needles), "grep reads a needle a line"
    for folder in folders:
        asked = ["grep", "--recursive", "--text", "--fixed-strings", "--files-with-matches", "--null", "--file=-"]
        said = subprocess.run(
            [*asked, str(folder)], input=b"\n".join(sorted(needles)), env={**os.environ, "LC_ALL": "C"},
            capture_output=True, check=False,
        )  # fmt: skip
        complaints = [line for line in said.stderr.splitlines() if b"No such file" not in line]
        assert said.returncode in (0, 1) or not complaints, complaints
        for path in map(Path, filter(None, said.stdout.decode().split("\0"))):
            with suppress(FileNotFoundError):
                yield f"file {path.relative_to(folder)}", path.read_bytes()


def data_folder() -> Path:
    """The folder of this run's servers: data, write-ahead log, logs, Valkey's file."""
    return Path(os.environ["VAXTKRAFT_TEST_RUN"].rsplit(":", 2)[0])
