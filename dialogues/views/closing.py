"""Closing a dialogue: what we take with us, next steps, three short questions, and the day of the next one."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dialogues.errors import DialogueError
from dialogues.forms.evaluating import ClosingForm
from dialogues.forms.next_steps import NextStepForm
from dialogues.models import Note
from dialogues.selectors.attending import attended
from dialogues.selectors.dialogues import following_of
from dialogues.selectors.evaluations import closing_of
from dialogues.selectors.log import notes_of
from dialogues.selectors.next_steps import next_steps_of, possible_owners, possible_owners_outside
from dialogues.services.evaluating import closing_answer
from dialogues.views.common import DialogueView, membership_of
from dialogues.views.joined import JoinedView, room_path
from portal.views import PUBLIC


class DialogueClosingView(DialogueView):
    """The last part of the agenda as one page, in its order."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        owners, invited = possible_owners(dialogue, membership_of(request)), possible_owners_outside(dialogue)
        context = self.shared_context() | {
            "takeaways": list(notes_of(dialogue).filter(kind=Note.Kind.TAKEAWAY)),
            "steps": list(next_steps_of(dialogue)),
            "step_form": NextStepForm(owners=owners, invited=invited, initial={"write_key": uuid4()}),
            "write_key": uuid4(),
            "evaluation": closing_of(dialogue),
            "following": following_of(dialogue),
            "attended": attended(dialogue),
        }
        return render(request, "dialogues/closing/closing.html", context)


class RoomEvaluateView(JoinedView):
    """The three questions on a device that joined; answered once, and counted."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        if self.device is None:
            return redirect(room_path(slug, dialogue_id))
        return self.ask(request, ClosingForm())

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        form, device = ClosingForm(request.POST), self.joined()
        if not form.is_valid():
            return self.ask(request, form, status=422)
        try:
            closing_answer(dialogue=self.dialogue(), device=device, answers=form.answers())
        except DialogueError as refusal:
            return self.ask(request, form, refusal=str(refusal), status=422)
        device.has_evaluated = True
        return self.ask(request, form, is_thanked=True)

    def ask(self, request: HttpRequest, form: ClosingForm, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "dialogue": self.dialogue(), "municipality": self.municipality}
        context |= {"is_closed": closing_of(self.dialogue()).is_closed}
        context |= {"device": self.device, "room": room_path(self.kwargs["slug"], self.dialogue().pk)}
        return render(request, "dialogues/closing/room_evaluate.html", context | more, status=status)
