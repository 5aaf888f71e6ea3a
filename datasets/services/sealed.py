"""A file of people while it waits to be aggregated: sealed in the database, its key in memory elsewhere.

Every file has a key of its own. Only what is sealed reaches PostgreSQL, with its log of writes and its backups;
the key is in Valkey alone, for an hour, and only where Valkey keeps nothing on a disk. When the key is gone,
what is left can be opened by nobody.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import redis
from django.conf import settings
from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from datasets.errors import DatasetsError

LIFETIME = timedelta(hours=1)
"""So long a file of people can be opened, counted from its arrival; nothing makes it longer."""

_TIMEOUT = 3


class NowhereToKeepKeys(DatasetsError):
    """The key of a sealed file has no place that forgets: the file can't be taken in."""


def file_seal(upload_id: UUID, content: bytes) -> bytes:
    """The content sealed, its key kept for LIFETIME. Raises NowhereToKeepKeys."""
    key = random(SecretBox.KEY_SIZE)
    try:
        server = _server()
        server.set(_name(upload_id), key, ex=LIFETIME)
    except redis.RedisError:
        raise _nowhere() from None
    return bytes(SecretBox(key).encrypt(content))


def file_open(upload_id: UUID, sealed: bytes, *, for_the_last_time: bool = False) -> bytes | None:
    """The content of a sealed file; None when its time is out. `for_the_last_time` destroys the key.

    Raises NowhereToKeepKeys where the server that has the key does not answer, or would write it to a disk.
    """
    try:
        server = _server()
        found = server.getdel(_name(upload_id)) if for_the_last_time else server.get(_name(upload_id))
    except redis.RedisError:
        raise _nowhere() from None
    if not isinstance(found, bytes) or not sealed:
        return None
    try:
        return bytes(SecretBox(found).decrypt(sealed))
    except CryptoError:
        return None


def file_forget(upload_id: UUID) -> None:
    """Destroy a file's key. Where the server does not answer, time does it."""
    try:
        _client().delete(_name(upload_id))
    except redis.RedisError:
        return


def _name(upload_id: UUID) -> str:
    return f"datasets.people:{upload_id}"


def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT)


def _server() -> redis.Redis:
    """The server of keys, if it keeps nothing: no snapshot, no log of writes, no replica that might."""
    client = _client()
    kept = {**client.config_get("save"), **client.config_get("appendonly")}
    replication = client.info("replication")
    is_alone = replication.get("role") == "master" and int(replication.get("connected_slaves", 0)) == 0
    if kept.get("save") != "" or kept.get("appendonly") != "no" or not is_alone:
        raise _nowhere()
    return client


def _nowhere() -> NowhereToKeepKeys:
    return NowhereToKeepKeys(
        _(
            "Files of people can't be taken in here now: the key that seals them must be kept in memory only. "
            'Ask whoever runs the portal to start Valkey without saving to disk (save "" and appendonly no).'
        )
    )
