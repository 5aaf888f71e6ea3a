"""Announcing a change, once what was written is stored."""

from __future__ import annotations

import logging
from functools import cache, partial

from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

CHANNEL = "vaxtkraft:live"
"""The one channel that every web process listens to; a message is a topic."""

LIMITS = {"socket_timeout": 1, "socket_connect_timeout": 1}


def announce(topic: str) -> None:
    """Tell whoever looks at a topic to ask again, after this transaction is committed.

    Where Valkey does not answer nobody is told: open pages then ask by themselves every third second.
    """
    transaction.on_commit(partial(_publish, topic), robust=True)


def _publish(topic: str) -> None:
    try:
        _valkey(settings.REDIS_URL).publish(CHANNEL, topic)
    except (RedisError, OSError):
        logger.warning("Valkey does not answer; open pages ask by themselves.")


@cache
def _valkey(url: str) -> Redis:
    return Redis.from_url(url, **LIMITS)
