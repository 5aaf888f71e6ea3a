"""Closing a dialogue: what we take with us, next steps, three short questions, and the day of the next one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dialogues.errors import DialogueError
from dialogues.evaluating.questions import CLOSING_OPEN_FOR
from dialogues.forms.evaluating import ClosingForm
from dialogues.selectors.evaluations import closing_of
from dialogues.services.evaluating import closing_answer, is_spent
from dialogues.views.closing_page import closing_page
from dialogues.views.common import DialogueView
from dialogues.views.joined import ANSWERED, JoinedView, keep, room_path
from portal.views import PUBLIC


class DialogueClosingView(DialogueView):
    """The last part of the agenda as one page, in its order."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return closing_page(self)


class RoomEvaluateView(JoinedView):
    """The three questions on a device that joined; answered once, and counted.

    Who joins again gets another grant: a cookie then says that this browser has answered, and nothing else.
    """

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        if self.device is None:
            return redirect(room_path(slug, dialogue_id))
        return self.ask(request, ClosingForm(), is_thanked=self.has_answered(request))

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        form = ClosingForm(request.POST)
        self.joined()
        if not form.is_valid():
            return self.ask(request, form, status=422)
        try:
            if request.COOKIES.get(ANSWERED):
                raise DialogueError(_("This device has answered already. Thank you!"))
            closing_answer(dialogue=self.dialogue(), grant=self.grant(request), answers=form.answers())
        except DialogueError as refusal:
            return self.ask(request, form, refusal=str(refusal), is_thanked=self.has_answered(request), status=422)
        answer = self.ask(request, form, is_thanked=True)
        path = room_path(slug, dialogue_id)
        keep(answer, ANSWERED, "1", path, lasts=CLOSING_OPEN_FOR, is_secure=request.is_secure())
        return answer

    def has_answered(self, request: HttpRequest) -> bool:
        """Whether the questions were answered in this browser, or with this grant."""
        return bool(request.COOKIES.get(ANSWERED)) or is_spent(dialogue=self.dialogue(), grant=self.grant(request))

    def ask(self, request: HttpRequest, form: ClosingForm, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {"form": form, "dialogue": self.dialogue(), "municipality": self.municipality}
        context |= {"is_closed": closing_of(self.dialogue()).is_closed}
        context |= {"room": room_path(self.kwargs["slug"], self.dialogue().pk)}
        return render(request, "dialogues/closing/room_evaluate.html", context | more, status=status)
