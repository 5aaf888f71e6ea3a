"""Accepting an invitation: a GET consumes nothing; the POST makes a member, once."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.errors import AccountsError
from accounts.forms import AcceptForm
from accounts.models import Invitation, Tenant, User
from accounts.services.invitations import invitation_accept, invitation_find
from portal.tenancy.scope import identify, scope
from portal.views import PUBLIC, PortalView


class InvitationAcceptView(PortalView):
    """The page behind the link in an invitation. The token lets one in; nobody is signed in yet."""

    permission = PUBLIC

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        tenant = Tenant.objects.filter(slug=kwargs["tenant_slug"]).first()
        if tenant is None:
            raise Http404
        with scope(tenant.pk):
            try:
                self.invitation = invitation_find(token=kwargs["token"])
            except AccountsError as refusal:
                return self.refuse(request, refusal)
            self.account = User.objects.filter(email=self.invitation.email).first()
            response = super().dispatch(request, *args, **kwargs)
        # The address carries a secret: no cache keeps it, and no link passes it on to another site. Not
        # "no-referrer": with it browsers send `Origin: null` with the form, which is then refused as forged.
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    def get(self, request: HttpRequest, tenant_slug: str, token: str) -> HttpResponse:
        return self.show(request, AcceptForm(initial={"name": self.invitation.name}))

    def post(self, request: HttpRequest, tenant_slug: str, token: str) -> HttpResponse:
        if self.account is not None:
            return self.accept_as_known(request)
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            user = invitation_accept(invitation=self.invitation, user=None, **form.cleaned_data)
        except AccountsError as refusal:
            return self.refuse(request, refusal)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        identify(user.pk)
        request.session["last_tenant"] = tenant_slug
        return redirect("account-second-factor")

    def accept_as_known(self, request: HttpRequest) -> HttpResponse:
        """The invited address has an account: only its signed-in holder may accept."""
        if request.user.pk != cast(User, self.account).pk:
            return self.show(request, None, status=403)
        try:
            invitation_accept(invitation=self.invitation, name="", password=None, user=self.account)
        except AccountsError as refusal:
            return self.refuse(request, refusal)
        request.session["last_tenant"] = self.invitation.tenant.slug
        return redirect("start", slug=self.invitation.tenant.slug)

    def show(self, request: HttpRequest, form: AcceptForm | None, status: int = 200) -> HttpResponse:
        invitation: Invitation = self.invitation
        context = {
            "invitation": invitation,
            "has_account": self.account is not None,
            "is_the_account": self.account is not None and request.user.pk == self.account.pk,
            "form": form,
        }
        return render(request, "accounts/invitation_accept.html", context, status=status)

    @staticmethod
    def refuse(request: HttpRequest, refusal: AccountsError) -> HttpResponse:
        return render(request, "accounts/invitation_refused.html", {"refusal": str(refusal)}, status=410)
