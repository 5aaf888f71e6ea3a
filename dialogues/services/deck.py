"""The deck: charts chosen, ordered and described. The dialogue's row is the queue for all who order at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.charts import propose
from datasets.cubes import CubeError
from datasets.models import Chart, Dataset
from datasets.selectors import cube_of, latest_release
from datasets.services.charts import chart_save
from dialogues.errors import DialogueError
from dialogues.models import Dialogue, Slide
from portal.audit.recording import record

ANSWER = "answer"
"""The dimension of a survey's tables that holds how people answered."""


@transaction.atomic
def slide_add(*, dialogue: Dialogue, chart: Chart, by: User, looking_at: str = "") -> Slide:
    """Put a saved chart last in the deck. The same chart is never there twice."""
    place = next_place(dialogue)
    if dialogue.slides.filter(chart=chart).exists():
        raise DialogueError(_("This chart is in the deck already."))
    slide: Slide = Slide.objects.create(
        dialogue=dialogue, chart=chart, position=place, looking_at=looking_at or chart.note[:300]
    )
    record("dialogue.slide_added", target=dialogue, by=by, position=slide.position)
    return slide


@transaction.atomic
def slide_add_from_dataset(*, dialogue: Dialogue, dataset: Dataset, place: str, by: User) -> Slide:
    """Save a first view of a data set, shown for `place` where it has places, and put it last in the deck.

    Raises DialogueError when the data set has no figures that can be drawn.
    """
    release = latest_release(dataset)
    table = release.tables.order_by("position").first() if release is not None else None
    if table is None:
        raise DialogueError(_("This data set has no figures yet. Choose another one, or come back later."))
    cube = cube_of(table)
    answers = ANSWER if any(dimension.code == ANSWER for dimension in cube.dimensions) else None
    try:
        query = propose(cube, place=place, answers=answers).to_query()
    except CubeError:
        raise DialogueError(
            _("No chart can be made of this data set by itself. Open it and make one there.")
        ) from None
    chart = chart_save(dataset=dataset, table_code=table.code, query=query, title=dataset.title, by=by)
    return slide_add(dialogue=dialogue, chart=chart, by=by)


@transaction.atomic
def deck_order(*, dialogue: Dialogue, slide_ids: Sequence[UUID], by: User) -> None:
    """Put the deck in this order. Slides that somebody added meanwhile keep their place at the end."""
    _wait_for_turn(dialogue.pk)
    slides = {slide.pk: slide for slide in Slide.in_scope().filter(dialogue=dialogue).order_by("position")}
    wanted = [pk for pk in dict.fromkeys(slide_ids) if pk in slides]
    for position, pk in enumerate([*wanted, *(pk for pk in slides if pk not in wanted)], start=1):
        if slides[pk].position != position:
            Slide.in_scope().filter(pk=pk).update(position=position)
    record("dialogue.deck_ordered", target=dialogue, by=by)


@transaction.atomic
def slide_move(*, slide: Slide, steps: int) -> None:
    """Move a chart up (negative) or down in the deck, past one neighbour."""
    _wait_for_turn(slide.dialogue_id)
    slide.refresh_from_db()
    others = Slide.objects.filter(dialogue_id=slide.dialogue_id)
    if steps < 0:
        neighbour = others.filter(position__lt=slide.position).order_by("-position").first()
    else:
        neighbour = others.filter(position__gt=slide.position).order_by("position").first()
    if neighbour is not None:
        # The unique key is deferred: it is checked when both have moved.
        here, there = slide.position, neighbour.position
        Slide.objects.filter(pk=slide.pk).update(position=there)
        Slide.objects.filter(pk=neighbour.pk).update(position=here)


@transaction.atomic
def slide_remove(*, slide: Slide, by: User) -> None:
    """Take a chart out of the deck; what was said about it stays in the log."""
    dialogue = slide.dialogue
    _wait_for_turn(dialogue.pk)
    slide.refresh_from_db()
    position = slide.position
    slide.delete()
    Slide.objects.filter(dialogue=dialogue, position__gt=position).update(position=F("position") - 1)
    record("dialogue.slide_removed", target=dialogue, by=by, position=position)


@transaction.atomic
def slide_describe(*, slide: Slide, looking_at: str) -> None:
    """Say in one sentence what one is looking at."""
    slide.looking_at = looking_at.strip()[:300]
    slide.save(update_fields=["looking_at"])


def next_place(dialogue: Dialogue) -> int:
    """The place after the last slide, for whoever holds the turn: two who add at once would take the same."""
    _wait_for_turn(dialogue.pk)
    return int(dialogue.slides.aggregate(last=Max("position"))["last"] or 0) + 1


def _wait_for_turn(dialogue_id: UUID) -> None:
    Dialogue.in_scope().select_for_update().get(pk=dialogue_id)


@transaction.atomic
def deck_downloaded(*, dialogue: Dialogue, slides: int, by: User) -> None:
    """Note in the log that somebody took the deck with them as a file."""
    record("dialogue.deck_downloaded", target=dialogue, by=by, slides=slides)
