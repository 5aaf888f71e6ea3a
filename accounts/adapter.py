"""How django-allauth behaves here."""

from __future__ import annotations

import base64
import logging
import secrets
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.encoding import force_bytes

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever came in minutes ago, without a second factor, sets one up without the password once more."""
        if app == "allauth.mfa" and self.request is not None and _came_in_just_now(self.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


def _came_in_just_now(request: HttpRequest) -> bool:
    """Whether the session is new and was opened by a password or an invitation alone."""
    began = parse_datetime(request.session.get("began_at", ""))
    most = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    if began is None or timezone.now() - began > most:
        return False
    return all(record["method"] != "mfa" for record in get_authentication_records(request, request.user))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets of authenticator apps and seeds of recovery codes sealed, so that a backup tells none."""

    def encrypt(self, text: str) -> str:
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was sealed; where no key of ours opens it, a secret that no code can fit."""
        try:
            return self._box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("A second factor was sealed with another SECRET_KEY (manage.py second_factor_remove).")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    @staticmethod
    def _box() -> MultiFernet:
        """Sealed with the installation's key, opened with a former one too while keys are changed."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.second_factor")
    return base64.urlsafe_b64encode(derivation.derive(force_bytes(key)))
