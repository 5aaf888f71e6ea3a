"""Where a browser buys the signature on what it blinded: the one place that a personal code is sent to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from portal.guessing import is_guessing, wrong_code_from
from portal.views import PUBLIC, PortalView
from surveys.answering.form_key import read_key
from surveys.public_round import DatabaseUnavailable, find_round
from surveys.services.tokens import token_sign
from surveys.ways_in.blind_rsa import SigningError

RETRY_AFTER = 20


@method_decorator(csrf_exempt, name="dispatch")
class TokenSignView(PortalView):
    """Signs once for each personal code. Nothing of any answer is sent along, and nothing leads to one."""

    permission = PUBLIC
    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except DatabaseUnavailable:
            return JsonResponse({}, status=503, headers={"Retry-After": str(RETRY_AFTER)})

    def post(self, request: HttpRequest, code: str) -> JsonResponse:
        survey_round = find_round(code)
        if survey_round is None or not survey_round.takes_answers:
            return JsonResponse({}, status=404)
        posted = request.POST
        near = getattr(request, "neighbourhood", b"")
        if read_key(survey_round.id, posted.get("form", ""), posted.get("key", "")) is None or is_guessing(near):
            return JsonResponse({}, status=429 if is_guessing(near) else 400)
        try:
            blinded = bytes.fromhex(posted.get("blinded", ""))
            signature = token_sign(survey_round=survey_round, code=posted.get("way-code", ""), blinded=blinded)
        except (ValueError, SigningError):
            return JsonResponse({}, status=400)
        if signature is None:
            wrong_code_from(near)
            return JsonResponse({}, status=403)
        return JsonResponse({"signature": signature.hex()})
