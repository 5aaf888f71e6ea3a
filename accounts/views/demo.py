"""The demo's own doors: one click signs in as a fictional person, and its mail can be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.demo import demo_people
from accounts.models import User
from portal.mail.models import DemoMail
from portal.views import PUBLIC, PortalView


class DemoView(PortalView):
    """Exists only where the installation is a demo."""

    permission = PUBLIC

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.IS_DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class DemoPeopleView(DemoView):
    """The demo's people and what each comes to do."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/demo_people.html", {"people": demo_people()})


class DemoSignInView(DemoView):
    """Signs in as a demo person, never as anybody else."""

    permission = PUBLIC

    def post(self, request: HttpRequest, user_id: UUID) -> HttpResponse:
        user = get_object_or_404(User, pk=user_id, is_demo=True, is_active=True)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("home")


class DemoMailListView(DemoView):
    """Every mail the demo would have sent."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/demo_mail_list.html", {"mails": DemoMail.objects.all()[:100]})
