"""The deck as a file: slides with charts that can be edited, for whoever leads without the portal."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from datasets.exports import FORMS, deck_slides
from dialogues.preparing.deck import deck_of
from dialogues.recording.charts import slide_in_file
from dialogues.services.deck import deck_downloaded
from dialogues.views.common import DialogueView, language, signed_in


class DeckFileView(DialogueView):
    """The deck of a dialogue as PowerPoint, in its order. Its fetching stands in the log."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        slides = [slide_in_file(one, slug) for one in deck_of(dialogue, language()).shown if not one.problem]
        if not slides:
            raise Http404
        form = FORMS["pptx"]
        made = deck_slides(slides, title=dialogue.title, lang=language())
        response = HttpResponse(made, content_type=form.content_type)
        name = slugify(dialogue.title)[:60] or "dialog"
        response["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
        response["Cache-Control"] = "private, no-store"
        deck_downloaded(dialogue=dialogue, slides=len(slides), by=signed_in(request))
        return response
