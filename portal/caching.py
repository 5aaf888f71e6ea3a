"""A cache that goes on when Valkey does not: throttling of sign-in must not open because a server stopped."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

CACHE_TABLE = "portal_cache"
PAUSE = 10.0
_paused_until: dict[str, float] = {}
"""By server, for the whole process: Django makes a cache for every thread, and each would wait by itself."""


def forget_pauses() -> None:
    """Ask every server again at once."""
    _paused_until.clear()


class ValkeyOrDatabase(BaseCache):
    """Asks Valkey first; after an error the database's cache table, for ten seconds at a time."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        limits = {"socket_timeout": 1, "socket_connect_timeout": 1}
        self._valkey = RedisCache(server, {**params, "OPTIONS": limits})
        self._database = DatabaseCache(CACHE_TABLE, {**params, "OPTIONS": {}})
        self._server = server

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _paused_until.get(self._server, 0.0):
            try:
                return getattr(self._valkey, method)(*args, **kwargs)
            except (RedisError, OSError):
                _paused_until[self._server] = time.monotonic() + PAUSE
                logger.warning("The cache server does not answer; the database stands in.")
        return getattr(self._database, method)(*args, **kwargs)

    def add(self, key: Any, value: Any, timeout: Any = ..., version: Any = None) -> bool:
        return bool(self._ask("add", key, value, **self._times(timeout), version=version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask("get", key, default, version=version)

    def set(self, key: Any, value: Any, timeout: Any = ..., version: Any = None) -> None:
        self._ask("set", key, value, **self._times(timeout), version=version)

    def touch(self, key: Any, timeout: Any = ..., version: Any = None) -> bool:
        return bool(self._ask("touch", key, **self._times(timeout), version=version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._ask("delete", key, version=version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return int(self._ask("incr", key, delta, version=version))

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._ask("has_key", key, version=version))

    def clear(self) -> None:
        self._ask("clear")

    @staticmethod
    def _times(timeout: Any) -> dict[str, Any]:
        return {} if timeout is ... else {"timeout": timeout}
