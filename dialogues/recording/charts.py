"""The charts of a deck with everything that goes with them, for files."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from datasets.charts import Selection
from datasets.exports import ChartOnSlide, Imprint, WordsOnSlide, deck_pages
from datasets.exports.paragraphs import paragraphs
from datasets.exports.picture import BROAD, bare_picture
from datasets.imprints import address, holding_words, imprint_of_view
from datasets.selectors import cube_of
from datasets.selectors.following import short_code
from dialogues.preparing.deck import Shown
from dialogues.recording.content import ChartPart


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


def words_of_slide(one: Shown) -> WordsOnSlide:
    """A slide that is no chart, for a file."""
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


def slide_in_file(one: Shown, slug: str) -> ChartOnSlide | WordsOnSlide:
    """A slide of the deck, for a file."""
    if one.drawn is None:
        return words_of_slide(one)
    return ChartOnSlide(one.drawn, imprint_of_slide(one, slug), one.slide.looking_at)


def chart_part(one: Shown, slug: str, place: int) -> ChartPart:
    """A slide as the record keeps it: what was shown stays, whatever becomes of the figures."""
    if one.problem:
        return ChartPart(one.title, looking_at=one.slide.looking_at, problem=one.problem)
    made = slide_in_file(one, slug)
    (page,) = deck_pages([made])
    if isinstance(made, WordsOnSlide):
        return ChartPart(
            title=made.title,
            looking_at=one.slide.looking_at,
            lines=tuple(filter(None, (*made.lines, made.url))),
            source=(made.source,) if made.source else (),
            photo=b64encode(made.picture).decode(),
            photo_shows=made.alternative,
            slide=asdict(replace(page, picture=None)),
        )
    # Each drawing names its parts; several stand on one page.
    picture = bare_picture(made.spec, replace(BROAD, key=f"r{place}"))
    return ChartPart(
        title=made.imprint.heading,
        sentence=one.sentence,
        looking_at=made.looking_at,
        source=tuple(fact.text for fact in paragraphs(made.imprint)),
        svg=picture.svg,
        width=float(picture.width),
        slide=asdict(page),
    )
