"""The presenter: everything shown in the room, one slide at a time, with the agenda along the clock."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dialogues.content import find_theme
from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from dialogues.preparing.agendas import agenda_of, kinds_of
from dialogues.preparing.deck import Shown
from dialogues.room.screens import Screen, screens_of
from dialogues.room.timing import agenda_at
from dialogues.selectors.attending import attended
from dialogues.services.holding import screen_show
from dialogues.services.talking import talk_set
from dialogues.views.attending import attendance_forms
from dialogues.views.common import DialogueView, language, wants_json
from dialogues.wording import script_words


class DialoguePresentView(DialogueView):
    """Full screen. Every slide has an address, `?bild=3`; a script only changes between them faster.

    Without a number it goes on with what the room sees: a facilitator whose laptop died opens it on another.
    """

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        screens = screens_of(dialogue, language())
        at = place_of(request.GET.get("bild"), dialogue, screens)
        theme = find_theme(dialogue.theme)
        context = (
            self.shared_context()
            | on_screen(dialogue, screens, at)
            | {
                "before": at - 1 if at > 1 else None,
                "after": at + 1 if at < len(screens) else None,
                **attendance_forms(attended(dialogue)),
                "prompts": theme.prompts if theme and self.may("hold_dialogue") else (),
                "kinds": kinds_of(dialogue),
                "write_key": uuid4(),
                "panel": request.GET.get("panel", ""),
                "slide_now": shown.slide.pk if isinstance(shown := screens[at - 1].content, Shown) else "",
                "words": script_words(),
            }
        )
        return render(request, "dialogues/dialogue_present.html", context)


class DialogueWallView(DialogueView):
    """A second screen for the room: it follows the presenter, and has no notes of the facilitator's."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        screens = screens_of(dialogue, language())
        context = self.shared_context() | on_screen(dialogue, screens, place_of(None, dialogue, screens))
        return render(request, "dialogues/dialogue_wall.html", context)


class ScreenShowView(DialogueView):
    """Shows a screen in the room; sent by the presenter's script as it turns."""

    permission = "dialogues.hold_dialogue"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue, screen = self.dialogue(), _number(request.POST.get("screen"))
        if screen:
            screen_show(dialogue=dialogue, screen=screen)
        return HttpResponse(status=204)


class TalkView(DialogueView):
    """Says to the room how to talk from now on; a script stays where it is, a page comes back to its slide."""

    permission = "dialogues.hold_dialogue"

    def post(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        refusal = ""
        try:
            talk_set(dialogue=self.dialogue(), talk=request.POST.get("talk", ""))
        except DialogueError as error:
            refusal = str(error)
        if wants_json(request):
            return JsonResponse({"error": refusal}, status=422) if refusal else HttpResponse(status=204)
        if refusal:
            messages.warning(request, refusal)
        screen = _number(request.POST.get("bild")) or self.dialogue().screen
        return redirect(reverse("dialogue-present", args=[slug, dialogue_id]) + f"?bild={screen}")


def on_screen(dialogue: Dialogue, screens: tuple[Screen, ...], at: int) -> dict[str, Any]:
    """What every screen of the room shows."""
    now = timezone.now()
    running = dialogue.began_at if dialogue.state == Dialogue.State.ONGOING else None
    return {
        "screens": screens,
        "at": at,
        "points": agenda_at(agenda_of(dialogue), running, now),
        "running": running,
        "now": now,
        "is_cancelled": dialogue.state == Dialogue.State.CANCELLED,
    }


def place_of(asked: str | None, dialogue: Dialogue, screens: tuple[Screen, ...]) -> int:
    """The screen that was asked for, else the one that the room sees."""
    return min(max(_number(asked) or dialogue.screen, 1), len(screens))


def _number(text: str | None) -> int:
    """A number of a screen; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0
