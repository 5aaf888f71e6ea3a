"""Slides that are no charts: a picture, a link, a voice, some words, or a gap where figures are missing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.models import Release, Voice
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Slide, SlidePicture
from dialogues.services.deck import next_place
from portal.audit.recording import record
from portal.files.photo import Photo, PhotoError, photo_of


@transaction.atomic
def slide_make(
    *,
    dialogue: Dialogue,
    kind: Slide.Kind,
    heading: str,
    by: User,
    text: str = "",
    source: str = "",
    url: str = "",
    voice: Voice | None = None,
    picture: Photo | None = None,
    alternative: str = "",
) -> Slide:
    """Put a slide last in the deck. A picture comes with words for those who do not see it."""
    slide: Slide = Slide.objects.create(
        dialogue=dialogue,
        kind=kind,
        heading=heading.strip(),
        text=text.strip(),
        source=source.strip(),
        url=url,
        voice=voice,
        position=next_place(dialogue),
    )
    if picture is not None:
        SlidePicture.objects.create(
            slide=slide,
            content=picture.content,
            content_type=picture.content_type,
            alternative=alternative.strip(),
        )
    record("dialogue.slide_added", target=dialogue, by=by, position=slide.position, kind=kind.value)
    return slide


def picture_read(content: bytes) -> Photo:
    """A picture as it is kept. Raises DialogueError for a file that is too large or no picture."""
    try:
        return photo_of(content)
    except PhotoError as error:
        if error.reason == "large":
            raise DialogueError(
                _("The picture is too large. Ten megabytes is the most: save it smaller and try again.")
            ) from None
        raise DialogueError(_("The file is no picture that can be shown. JPEG, PNG and WebP work.")) from None


@transaction.atomic
def deck_keep(*, dialogue: Dialogue) -> None:
    """Keep every chart of the deck at the figures that it shows now, so that the summary goes on showing them."""
    following = Slide.in_scope().filter(
        dialogue=dialogue, kind=Slide.Kind.CHART, release=None, chart__release=None
    )
    slides = list(following.select_related("chart"))
    newest = (
        Release.objects.filter(
            dataset__in={one.chart.dataset_id for one in slides if one.chart}, dataset__withdrawn_at=None
        )
        .order_by("dataset_id", "-number")
        .distinct("dataset_id")
    )
    release_of = {release.dataset_id: release for release in newest} if slides else {}
    for slide in slides:
        if slide.chart is not None and slide.chart.dataset_id in release_of:
            slide.release = release_of[slide.chart.dataset_id]
            slide.save(update_fields=["release"])
