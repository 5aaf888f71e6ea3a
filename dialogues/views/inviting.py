"""Inviting by mail: the page where it is read and sent, and the one where it is answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.content import principles
from dialogues.errors import DialogueError
from dialogues.forms.choosing import uuid_of
from dialogues.models import Dialogue, Participant
from dialogues.services.inviting import (
    invitation_answer,
    invitations_send,
    is_theirs,
    participant_named_in,
)
from dialogues.views.by_mail import ByMailView
from dialogues.views.common import DialogueView, signed_in
from dialogues.wording import answers_in_words, booked_in_words
from portal.views import PUBLIC


class InvitationsView(DialogueView):
    """What the invitation says, who has had it and what they answered; sends it to those chosen."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        chosen = [found for found in map(uuid_of, request.POST.getlist("participant")) if found is not None]
        try:
            sent = invitations_send(dialogue=self.dialogue(), participant_ids=chosen, by=signed_in(request))
        except DialogueError as refusal:
            return self.show(request, error=str(refusal), status=422)
        if not sent:
            return self.show(request, error=_("Choose at least one person with an e-mail address."), status=422)
        words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent)
        messages.success(request, words % {"n": sent})
        return self.back_to("dialogue-invite")

    def show(self, request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
        dialogue = self.dialogue()
        # Those who can be invited first, then those who lack an address.
        people = sorted(dialogue.participants.order_by("name", "role"), key=lambda one: not one.email)
        context = self.shared_context() | {
            "people": people,
            "answers": answers_in_words(people),
            "when": booked_in_words(dialogue),
            "principles": principles(),
            "nobody_yet": sum(not one.name for one in people),
            "without_address": sum(bool(one.name) and not one.email for one in people),
            "is_too_many": len(people) > Dialogue.MOST_PARTICIPANTS,
            "most": Dialogue.MOST_PARTICIPANTS,
            "error": error,
        }
        return render(request, "dialogues/inviting/invitations.html", context, status=status)


class InvitationByMailView(ByMailView):
    """The page of one invitation: when, where, what to expect, and three buttons."""

    permission = PUBLIC
    participant: Participant
    gone_template = "dialogues/inviting/gone.html"

    def named_in(self, token: str) -> tuple[UUID, UUID, str] | None:
        return participant_named_in(token)

    def find(self, object_id: UUID, mark: str) -> bool:
        """The place on the list, while it has the address that the link was sent to."""
        found = Participant.in_scope().select_related("dialogue__facilitator", "dialogue__tenant")
        one = found.filter(pk=object_id).first()
        if one is None or not is_theirs(one, mark):
            return False
        self.participant = one
        return True

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        answer = request.POST.get("answer", "")
        if answer not in Participant.Answer.values or not answer:
            return self.show(request, error=_("Choose one of the three answers."), status=422)
        try:
            invitation_answer(participant=self.participant, answer=Participant.Answer(answer))
        except DialogueError as refusal:
            return self.show(request, error=str(refusal), status=422)
        return self.show(request, has_answered=True)

    def show(
        self, request: HttpRequest, *, has_answered: bool = False, error: str = "", status: int = 200
    ) -> HttpResponse:
        dialogue = self.participant.dialogue
        coming = dialogue.participants.filter(answer=Participant.Answer.YES).count() if has_answered else 0
        context = {
            "participant": self.participant,
            "dialogue": dialogue,
            "when": booked_in_words(dialogue),
            "principles": principles(),
            "has_answered": has_answered,
            "is_many": coming > Dialogue.MOST_PARTICIPANTS,
            "most": Dialogue.MOST_PARTICIPANTS,
            "is_open": dialogue.state == Dialogue.State.PLANNED,
            "error": error,
        }
        return render(request, "dialogues/inviting/answer.html", context, status=status)
