"""What every address of the interfaces has in common: permission, language, key and scope, caching, problems."""

from __future__ import annotations

import hashlib
import logging
from contextlib import ExitStack
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.views import APIView

from portal.api.languages import language_of
from portal.api.problems import Problem, fault_of_ours, problem_of, problem_response
from portal.api.throttling import WindowThrottle, check_keys_tried
from portal.tenancy.scope import scope

logger = logging.getLogger(__name__)

FRESH = 300
"""Seconds for which anyone may keep an answer without asking again."""


class ApiView(APIView):
    """An address for programs. Without a key it sees what is public, with one what the key's tenant sees.

    A view declares its `permission` (portal.views.PUBLIC, or one that a key's maker must have). It answers with
    `self.answer(...)`; what it raises becomes a problem in the language of the call.
    """

    permission: ClassVar[str | None] = None
    throttle_classes = [WindowThrottle]
    permission_classes = ()
    parser_classes = [JSONParser]
    # The forms are told apart by the views themselves: figures are no documents of the framework's.
    versioning_class = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.permission is None and not cls.__dict__.get("is_abstract", False):
            raise ImproperlyConfigured(f"{cls.__name__} must declare `permission`.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.lang = language_of(request)
        with translation.override(self.lang), ExitStack() as stack:
            self._stack = stack
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = self.lang
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise Problem(400, _("Malformed request"), _("The address holds a character that no text has."))
        if "Authorization" in request.headers:
            check_keys_tried(request)
        super().initial(request, *args, **kwargs)
        if self.token is not None:
            self._stack.enter_context(scope(self.token.tenant_id))

    @property
    def token(self) -> Any:
        """The key that came with the call, or None."""
        return self.request.auth

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Any, str]:
        """None: the views read Accept themselves, and no renderer of the framework's writes."""
        return super().perform_content_negotiation(request, force=True)

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        found = problem_of(exc)
        if found is None:
            if settings.DEBUG_PROPAGATE_EXCEPTIONS:
                raise exc
            logger.error("An address of the interface failed.", exc_info=exc)
            found = fault_of_ours(), {}
        return problem_response(*found)

    def answer(
        self,
        make: Any,
        *,
        tag: str = "",
        content_type: str = "application/json",
        kind: type[HttpResponseBase] = HttpResponse,
        **headers: str,
    ) -> Any:
        """What `make()` gives as bytes or, for a streaming `kind`, in pieces, unless the caller has it already.

        `tag` names the content (a hash and what was chosen): with it the answer has an ETag, and If-None-Match
        is met before anything is made.
        """
        etag = (
            quote_etag(hashlib.sha256(f"{tag} {content_type} {self.lang}".encode()).hexdigest()[:32])
            if tag
            else ""
        )
        if etag and _has_already(self.request, etag):
            response: HttpResponseBase = HttpResponse(status=304)
        else:
            response = kind(make(), headers={"Content-Type": content_type, **headers})  # type: ignore[call-arg]
        if etag:
            response.headers["ETag"] = etag
        if self.token is None:
            patch_cache_control(response, public=True, max_age=FRESH)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response


def _has_already(request: Request, etag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in known or f"W/{etag}" in known
