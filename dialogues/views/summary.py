"""The summary: what was shown, said and promised, on a page to be printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogues.content import find_theme, principles
from dialogues.models import Participant
from dialogues.preparing.deck import deck_of
from dialogues.selectors.log import notes_of
from dialogues.selectors.next_steps import next_steps_of
from dialogues.views.common import language
from dialogues.views.logging import LogView, headings_of
from dialogues.wording import booked_in_words, goal_of


class DialogueSummaryView(LogView):
    """Theme, goal, who, the charts, the notes by heading, the next steps."""

    permission = "dialogues.view_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        notes = list(notes_of(dialogue))
        context = self.shared_context() | {
            "theme": find_theme(dialogue.theme),
            "goal": goal_of(dialogue),
            "when": booked_in_words(dialogue),
            "participants": list(
                dialogue.participants.exclude(answer=Participant.Answer.NO)
                .select_related("department")
                .order_by("perspective", "role")
            ),
            "principles": principles(),
            "deck": deck_of(dialogue, language()),
            "headings": [heading for heading in headings_of(dialogue, notes) if heading.notes],
            "steps": list(next_steps_of(dialogue)),
            "may_update": self.may("update_next_step"),
        }
        return render(request, "dialogues/dialogue_summary.html", context)
