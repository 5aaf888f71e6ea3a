"""The content security policy: put together once, as it is the same on nearly every page."""

from __future__ import annotations

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

OWN = ("_csp_config", "_csp_update", "_csp_replace", "_csp_exempt")
"""What a view's decorator leaves on an answer that has a policy of its own."""


class PolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, which spells the policy for every answer anew; here only where it differs."""

    @cached_property
    def _usual(self) -> str:
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_own = any(hasattr(response, name) for name in OWN) or getattr(request, "_csp_nonce", None) is not None
        if not is_own:
            response.headers.setdefault(HEADER, self._usual)
            return response
        return super().process_response(request, response)
