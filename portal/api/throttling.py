"""How often one may ask: so many calls in so many seconds, by neighbourhood of the network or by key."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle


class WindowThrottle(BaseThrottle):
    """Counts calls in fixed windows, in the cache and where that is away in the database.

    Without a key it is the network that counts, /24 or /56: an address of its own is had in millions. Neither
    an address nor a key is kept: the counter's name is an HMAC with a key that changes daily.
    """

    def allow_request(self, request: Any, view: Any) -> bool:
        key = request.auth
        who = f"key {key.pk}" if key is not None else f"net {network_of(request.META.get('REMOTE_ADDR', ''))}"
        return counted(who) <= settings.API_CALLS

    def wait(self) -> float:
        """Seconds until the next window."""
        return seconds_left()


def check_keys_tried(request: Any) -> None:
    """Raise Throttled for a network that tries keys by the hundred, before the database is asked for one."""
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    if counted(f"keys from {network}") > settings.API_CALLS * 10:
        raise Throttled(seconds_left())


def counted(who: str) -> int:
    """One more call of somebody: how many it makes in this window."""
    name = f"api:{int(time.time() // settings.API_WINDOW)}:{counter_name(who)}"
    cache.add(name, 0, timeout=settings.API_WINDOW * 2)
    try:
        return int(cache.incr(name))
    except ValueError:
        # It ran out between the two: a new window has begun.
        return 1


def seconds_left() -> float:
    """Until a new window begins."""
    return settings.API_WINDOW - time.time() % settings.API_WINDOW


def network_of(address: str) -> str:
    """The /24 or /56 that an address lies in; one and the same for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 56), strict=False))


def counter_name(who: str) -> str:
    """A name that tells nobody who it was, and tomorrow is another."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"api {datetime.now(UTC).date()}".encode(), hashlib.sha256)
    return hmac.new(key.digest(), who.encode(), hashlib.sha256).hexdigest()[:32]
