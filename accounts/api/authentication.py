"""`Authorization: Bearer vk_…`: the one way by which a program says who it asks for."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken
from accounts.services.api_tokens import api_token_open


class TokenAuthentication(BaseAuthentication):
    """A key that works, or none: one that does not is refused, never taken for nobody's."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        kind, _space, key = header.partition(" ")
        token = api_token_open(key=key.strip()) if kind.lower() == "bearer" and key.isascii() else None
        if token is None:
            raise AuthenticationFailed
        return None, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
