"""The log for scripts: what came after a change, and a stream that tells when to ask."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from dialogues.live import topic_of
from dialogues.models import Dialogue
from dialogues.payload import log_as_json
from dialogues.selectors.log import mark_of, notes_after, notes_of
from dialogues.selectors.next_steps import next_steps_of
from dialogues.views.common import DialogueView
from portal.live import event_stream


def changes_answer(
    request: HttpRequest, dialogue: Dialogue, *, device_id: UUID | None = None, **more: Any
) -> HttpResponse:
    """What happened to the log after `?efter=`, or all of it; nothing new is 304, without a body."""
    steps = list(next_steps_of(dialogue))
    mark = f'"{mark_of(dialogue, steps)}"'
    headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers=headers)
    after = request.GET.get("efter", "")
    is_all = not (after.isdecimal() and len(after) < 10)
    notes = notes_of(dialogue) if is_all else notes_after(dialogue, int(after))
    body = log_as_json(dialogue, notes, steps, device_id=device_id)
    return JsonResponse(body | {"is_all": is_all} | more, headers=headers)


class NoteListView(DialogueView):
    """The log for the script of an open page."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return changes_answer(request, self.dialogue())


class DialogueEventsView(DialogueView):
    """A stream that says when something changed: then the page asks for what is new."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponseBase:
        return event_stream(topic_of(self.dialogue()))
