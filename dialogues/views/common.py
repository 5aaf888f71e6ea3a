"""What every page about dialogues needs."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language

from accounts.errors import AccountsError
from accounts.models import Membership, User
from datasets.errors import DatasetsError
from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from portal.views import PortalView

REFUSALS = (DialogueError, AccountsError, DatasetsError)
"""What a service may say no with; the words are for the reader."""


def signed_in(request: HttpRequest) -> User:
    """The person at work; views with a permission always have one."""
    return cast(User, request.user)


def membership_of(request: HttpRequest) -> Membership:
    """The membership by which this person is here."""
    return cast(Membership, cast(Any, request).membership)


def language() -> str:
    """The reader's language as contents and cubes name it."""
    return (get_language() or "sv").partition("-")[0]


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, rather than a page's own form."""
    return "application/json" in request.headers.get("Accept", "")


def ids_in(posted: QueryDict, name: str) -> list[UUID]:
    """The ids that were ticked; what is none is left out."""
    found = []
    for text in posted.getlist(name):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


class DialogueView(PortalView):
    """A page about one dialogue. The permission is asked of it, so that a guest's grant opens it and no other."""

    is_abstract = True

    def dialogue(self) -> Dialogue:
        """The dialogue of the address, fetched once; 404 in another municipality."""
        found = getattr(self, "_dialogue", None)
        if found is None:
            dialogues = Dialogue.in_scope().select_related("facilitator")
            found = self._dialogue = get_object_or_404(dialogues, pk=self.kwargs["dialogue_id"])
        return found

    def permission_target(self) -> Dialogue:
        return self.dialogue()

    def may(self, verb: str) -> bool:
        """Whether the person may do something with this dialogue: "prepare_dialogue", "log_note" …"""
        return self.request.user.has_perm(f"dialogues.{verb}", self.dialogue())

    def shared_context(self) -> dict[str, Any]:
        """The dialogue, and what the person may do with it."""
        return {
            "dialogue": self.dialogue(),
            "may_prepare": self.may("prepare_dialogue"),
            "may_hold": self.may("hold_dialogue"),
            "may_log": self.may("log_note"),
        }

    def back_to(self, name: str, *args: Any) -> HttpResponse:
        """To a page of the same dialogue."""
        return redirect(name, self.kwargs["slug"], self.dialogue().pk, *args)


class DialogueDeedView(DialogueView):
    """A button: does one thing, says so, and goes back to a page of the dialogue."""

    is_abstract = True
    leads_to: ClassVar[tuple[str, ...]] = ("dialogue-detail",)

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID, **kwargs: Any) -> HttpResponse:
        try:
            said = self.do(request, **kwargs)
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        else:
            if said:
                messages.success(request, said)
        return self.back_to(*self.leads_to)

    def do(self, request: HttpRequest, **kwargs: Any) -> str:
        """Do it; give the words to say afterwards, or nothing."""
        raise NotImplementedError
