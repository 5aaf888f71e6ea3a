"""Keys for programs: which there are, a new one, and withdrawing one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from accounts.errors import AccountsError
from accounts.forms import ApiTokenForm
from accounts.models import ApiToken, User
from accounts.proving import ProvenView
from accounts.services import api_tokens
from portal.views import PortalView

USUAL = timedelta(days=180)


class ApiTokenListView(PortalView):
    """Every key that has been made here: what it opens, until when, and when it was last used."""

    permission = "accounts.manage_api_tokens"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        context = {
            "tokens": described(ApiToken.in_scope().select_related("created_by")),
            "base_url": settings.BASE_URL,
        }
        return render(request, "accounts/api_token_list.html", context)


class ApiTokenCreateView(ProvenView):
    """Makes a key, for somebody who has just proved who they are, and shows it once."""

    permission = "accounts.manage_api_tokens"

    @method_decorator(never_cache)
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        usual = timezone.localdate() + USUAL
        return self.show(request, ApiTokenForm(initial={"ends_on": usual, "scopes": [ApiToken.Scope.INTERNAL]}))

    @method_decorator(never_cache)
    @method_decorator(sensitive_variables("key"))
    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Make the key and show it: here, and never again."""
        form = ApiTokenForm(request.POST)
        if form.is_valid():
            try:
                token, key = api_tokens.api_token_make(by=cast(User, request.user), **form.cleaned_data)
            except AccountsError as refusal:
                form.add_error("ends_on", str(refusal))
            else:
                context = {"token": token, "key": key, "base_url": settings.BASE_URL}
                return render(request, "accounts/api_token_made.html", context)
        return self.show(request, form, status=422)

    def show(self, request: HttpRequest, form: ApiTokenForm, status: int = 200) -> HttpResponse:
        return render(request, "accounts/api_token_create.html", {"form": form}, status=status)


class ApiTokenWithdrawView(PortalView):
    """Lets a key open nothing any more."""

    permission = "accounts.manage_api_tokens"

    def post(self, request: HttpRequest, slug: str, api_token_id: UUID) -> HttpResponse:
        token = get_object_or_404(ApiToken.in_scope(), pk=api_token_id)
        try:
            api_tokens.api_token_withdraw(token=token, by=cast(User, request.user))
        except AccountsError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The key %s opens nothing any more.") % token.name)
        return redirect("api-token-list", slug=slug)


def described(tokens: Any) -> list[dict[str, Any]]:
    """Each key with what it opens in words, and whether it works."""
    labels = dict(ApiToken.Scope.choices)
    today = timezone.localdate()
    return [
        {
            "token": token,
            "opens": [labels[scope] for scope in token.scopes],
            "has_ended": token.ends_on < today,
        }
        for token in tokens
    ]
