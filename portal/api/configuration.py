"""Settings of the interfaces for programs: taken over whole by portal/settings.py."""

from __future__ import annotations

from typing import Any

import environ

_env = environ.Env()

API_CALLS: int = _env.int("API_CALLS", default=30)
API_WINDOW: int = _env.int("API_WINDOW", default=10)
"""So many calls in so many seconds for each network or key; clients of PxWebApi read them and keep to them."""
API_CELLS: int = _env.int("API_CELLS", default=150_000)
"""Most figures in one answer."""

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Växtkraft",
    "DESCRIPTION": "Published figures about the wellbeing of people aged 15–29, municipality by municipality.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "LICENSE": {"name": "EUPL-1.2"},
    # Said here once, since every address takes a key and none needs one.
    "AUTHENTICATION_WHITELIST": [],
    "APPEND_COMPONENTS": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    "SECURITY": [{}, {"key": []}],
    "SORT_OPERATIONS": False,
}

__all__ = ["API_CALLS", "API_CELLS", "API_WINDOW", "REST_FRAMEWORK", "SPECTACULAR_SETTINGS"]
