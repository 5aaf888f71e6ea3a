"""The deck as a file: slides with charts that can be edited, for whoever leads without the portal."""

from __future__ import annotations

from base64 import b64decode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from datasets.charts import Selection
from datasets.exports import FORMS, ChartOnSlide, Imprint, WordsOnSlide, deck_slides
from datasets.imprints import address, holding_words, imprint_of_view
from datasets.selectors import cube_of
from datasets.selectors.following import short_code
from dialogues.deck import Shown, deck_of
from dialogues.services.deck import deck_downloaded
from dialogues.views.common import DialogueView, language, signed_in


class DeckFileView(DialogueView):
    """The deck of a dialogue as PowerPoint, in its order. Its fetching stands in the log."""

    permission = "dialogues.prepare_dialogue"

    def get(self, request: HttpRequest, slug: str, dialogue_id: UUID) -> HttpResponse:
        dialogue = self.dialogue()
        slides = [
            words_of_slide(one)
            if one.drawn is None
            else ChartOnSlide(one.drawn, imprint_of_slide(one, slug), one.slide.looking_at)
            for one in deck_of(dialogue, language()).shown
            if not one.problem
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


def words_of_slide(one: Shown) -> WordsOnSlide:
    """A slide that is no chart, for the file."""
    source = one.voice.source if one.voice else one.slide.source
    return WordsOnSlide(
        title=one.title,
        lines=tuple(filter(None, (one.voice.text if one.voice else "", one.slide.text))),
        above=one.slide.get_kind_display(),
        source=_("Source: %(source)s") % {"source": source} if source else "",
        url=one.slide.url,
        picture=b64decode(one.picture.partition(",")[2]),
        alternative=one.alternative,
    )


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
