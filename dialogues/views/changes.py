"""The log for scripts: what came after a change, and a stream that tells when to ask."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from dialogues.room.increments import increment_of
from dialogues.room.live import topic_of
from dialogues.room.payload import Increment, log_as_json
from dialogues.selectors.log import Standing, notes_after, standing_of
from dialogues.selectors.next_steps import next_steps_of
from dialogues.views.common import DialogueView, language
from portal.live import event_stream

WHOLE = -1
"""Before the first change: what came after it is the whole log."""


def after_of(request: HttpRequest) -> int:
    """The change that the page knows; WHOLE where it knows none."""
    after = request.GET.get("efter", "")
    return int(after) if after.isdecimal() and len(after) < 10 else WHOLE


def changes_answer(
    request: HttpRequest, standing: Standing, *, own: Collection[UUID] = (), **more: Any
) -> HttpResponse:
    """What happened to the log after `?efter=`, or all of it; nothing new is 304, without a body.

    For a reader whom the view has let in, of whose transaction `standing` is.
    """
    headers = {"ETag": f'"{standing.mark}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    after, dialogue_id = after_of(request), standing.dialogue_id

    def read() -> Increment:
        notes = notes_after(dialogue_id, after)
        if after == WHOLE:
            notes = notes.filter(is_removed=False)
        return Increment.of(notes, next_steps_of(dialogue_id))

    key = (dialogue_id, standing.mark, after, language())
    log = read() if after == WHOLE else increment_of(key, read)
    body = log_as_json(standing, log, own=own)
    return JsonResponse(body | {"is_all": after == WHOLE} | more, headers=headers)


class NoteListView(DialogueView):
    """The log for the script of an open page."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        return changes_answer(request, standing_of(self.dialogue()))


class DialogueEventsView(DialogueView):
    """A stream that says when something changed: then the page asks for what is new."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponseBase:
        return event_stream(topic_of(self.dialogue()))
