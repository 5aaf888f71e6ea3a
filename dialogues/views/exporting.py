"""The deck as a file: slides with charts that can be edited, for whoever leads without the portal."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from datasets.charts import Selection
from datasets.exports import FORMS, ChartOnSlide, Imprint, deck_slides
from datasets.imprints import address, holding_words, imprint_of_view
from datasets.selectors import cube_of
from datasets.selectors.following import short_code
from dialogues.deck import Shown, deck_of
from dialogues.services.deck import deck_downloaded
from dialogues.views.common import DialogueView, language, signed_in


class DeckFileView(DialogueView):
    """The charts of a dialogue as PowerPoint, one a slide, in the deck's order. Its fetching stands in the log."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        slides = [
            ChartOnSlide(one.drawn, imprint_of_slide(one, slug), one.slide.looking_at)
            for one in deck_of(dialogue, language()).shown
            if one.drawn is not None
        ]
        if not slides:
            raise Http404
        form = FORMS["pptx"]
        response = HttpResponse(deck_slides(slides, title=dialogue.title), content_type=form.content_type)
        name = slugify(dialogue.title)[:60] or "dialog"
        response["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
        response["Cache-Control"] = "private, no-store"
        deck_downloaded(dialogue=dialogue, slides=len(slides), by=signed_in(request))
        return response


def imprint_of_slide(one: Shown, slug: str) -> Imprint:
    """What goes with the figures of a slide, with the chart's short address."""
    assert one.chart is not None and one.source is not None and one.drawn is not None
    return imprint_of_view(
        dataset=one.chart.dataset,
        release=one.source.release,
        cube=cube_of(one.source),
        spec=one.drawn,
        selection=Selection.from_query(one.drawn.query),
        link=address(reverse("chart-short", args=[slug, short_code(one.chart)])),
        holding=holding_words(stays=one.chart.is_frozen),
        revised=one.since.words if one.since is not None else "",
    )
