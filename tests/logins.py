"""Django on another connection than the tests' own: a role's real login, a pool, a way through a gate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


@contextmanager
def django_on(url: str, **options: Any) -> Iterator[DatabaseWrapper]:
    """Let Django's default connection be another one, with a real login: models, scopes and pages use it."""
    former = connections["default"]
    description = dict(settings.DATABASES["default"])
    parsed = psycopg.conninfo.conninfo_to_dict(url)
    description |= {
        "NAME": parsed["dbname"], "USER": parsed["user"], "PASSWORD": parsed["password"],
        "HOST": parsed["host"], "PORT": parsed["port"], "OPTIONS": {"connect_timeout": 5, **options},
    }  # fmt: skip
    other = DatabaseWrapper({**former.settings_dict, **description}, alias="default")
    connections["default"] = other
    try:
        yield other
    finally:
        connections["default"] = former
        other.close()
        other.close_pool()
