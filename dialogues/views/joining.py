"""Joining a dialogue: a code, a button, and then the room. No account and no name."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Tenant
from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from dialogues.services.joining import GRANT_LASTS, Found, device_join, dialogue_behind, joining_begin
from dialogues.views.common import DialogueDeedView, DialogueView, signed_in
from dialogues.views.joined import COOKIE, keep, room_path
from portal.guessing import is_guessing, neighbourhood_of, wrong_code_from
from portal.tenancy.scope import scope
from portal.views import PUBLIC, PortalView


class JoiningBeginView(DialogueDeedView):
    """Lets people in the room join on their own devices."""

    permission = "dialogues.hold_dialogue"
    leads_to = ("dialogue-join-code",)

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        joining_begin(dialogue=self.dialogue(), by=signed_in(request))
        return ""

    def back_to(self, name: str, *args: Any) -> HttpResponse:
        """To the page with the code; asked for in the presenter, back there with the code open."""
        if not self.request.POST.get("bild"):
            return super().back_to(name, *args)
        presenter = reverse("dialogue-present", args=[self.kwargs["slug"], self.dialogue().pk])
        return redirect(f"{presenter}?{urlencode({'bild': self.request.POST['bild'], 'panel': 'j'})}")


class JoinView(PortalView):
    """Where a code is typed, or comes with the link of the picture on the wall."""

    permission = PUBLIC

    def get(self, request: HttpRequest, code: str = "") -> HttpResponse:
        if not code:
            return self.ask(request)
        found = self.find(request, code)
        return self.refused(request, code) if found is None else self.welcome(request, code, found)

    def post(self, request: HttpRequest, code: str = "") -> HttpResponse:
        """A typed code leads to its page; the button there lets the device in."""
        typed = code or request.POST.get("code", "")
        found = self.find(request, typed)
        if found is None:
            return self.refused(request, typed)
        if not code:
            return redirect("dialogue-join", code="".join(letter for letter in typed if letter.isalnum()))
        return self.let_in(request, code, found)

    def find(self, request: HttpRequest, code: str) -> Found | None:
        """Where the code leads; codes are not looked at for a while from where many wrong ones came."""
        neighbourhood = neighbourhood_of(request.META.get("REMOTE_ADDR", ""))
        if is_guessing(neighbourhood):
            return None
        found = dialogue_behind(code)
        if found is None and code.strip():
            wrong_code_from(neighbourhood)
        return found

    def ask(self, request: HttpRequest, **context: Any) -> HttpResponse:
        return render(request, "dialogues/join.html", context, status=context.get("status", 200))

    def refused(self, request: HttpRequest, code: str) -> HttpResponse:
        """The same words for a wrong code, an old one, and for who tries too many."""
        words = _("No dialogue is open with this code. Look at the screen once more, or ask the facilitator.")
        return self.ask(request, code=code[:40], error=words, status=422)

    def welcome(self, request: HttpRequest, code: str, found: Found) -> HttpResponse:
        tenant = get_object_or_404(Tenant, pk=found.tenant_id)
        with scope(tenant.pk):
            dialogue = get_object_or_404(Dialogue.in_scope(), pk=found.dialogue_id)
            context = {"dialogue": dialogue, "municipality": tenant, "code": code}
            return render(request, "dialogues/join_welcome.html", context)

    def let_in(self, request: HttpRequest, code: str, found: Found) -> HttpResponse:
        tenant = get_object_or_404(Tenant, pk=found.tenant_id)
        with scope(tenant.pk):
            dialogue = get_object_or_404(Dialogue.in_scope(), pk=found.dialogue_id)
            try:
                grant = device_join(dialogue=dialogue)
            except DialogueError as refusal:
                return self.ask(request, code=code, error=str(refusal), status=422)
        path = room_path(tenant.slug, dialogue.pk)
        answer = redirect(path)
        keep(answer, COOKIE, grant, path, lasts=GRANT_LASTS, is_secure=request.is_secure())
        return answer


class JoinCodeView(DialogueView):
    """The code and its picture, large, for the wall."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return render(request, "dialogues/join_code.html", self.shared_context())
