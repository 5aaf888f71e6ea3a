"""The deck with what was said of it: native charts as they were shown, then the notes and the next steps."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogues.recording.content import Record
from dialogues.recording.document import beside_note
from portal.files import pptx

_ROWS, _A_ROW = 11, 85
"""How many rows a page of notes has room for, and how many letters a row."""


def slides_of(record: Record, *, number: int, is_draft: bool) -> bytes:
    """The record as a PowerPoint file."""
    with override(record.lang):
        return pptx.presentation(list(_pages(record, number, is_draft)), title=record.title)


def _pages(record: Record, number: int, is_draft: bool) -> Iterator[pptx.Slide]:
    status = _("Draft") if is_draft else _("Version %(number)s") % {"number": number}
    about = tuple(filter(None, (record.theme, record.goal, record.when, record.place)))
    mark = _("Example data") if record.is_example else ""
    yield _page(f"{record.municipality} · {status}", record.title, about, record.summary, mark)
    for chart in record.charts:
        if chart.slide is not None:
            said = _said_of(record, chart.title)
            page = pptx.Slide.from_plain(chart.slide)
            if chart.photo:
                page = replace(page, picture=pptx.Picture(b64decode(chart.photo), chart.photo_shows))
            yield page if not said else _with_notes(page, said)
    for heading in record.headings:
        lines = [
            f"{note.text} {beside_note(note)}".strip() for cluster in heading.clusters for note in cluster.notes
        ]
        for part in _parted(lines):
            yield _page(record.title, heading.label, part, "", mark)
    steps = [_step(one.text, one.owner, one.due) for one in record.steps]
    if record.next_dialogue:
        steps.append(_("Next dialogue") + f": {record.next_dialogue}")
    for part in _parted(steps):
        yield _page(record.title, _("Next steps"), part, "", mark)


def _page(above: str, title: str, lines: tuple[str, ...], notes: str, mark: str) -> pptx.Slide:
    return pptx.Slide(above=above, title=title, mark=mark, chart=None, below=(), notes=notes, listed=lines)


def _said_of(record: Record, title: str) -> list[str]:
    return [
        f"{heading.label}: {note.text}"
        for heading in record.headings
        for cluster in heading.clusters
        for note in cluster.notes
        if note.chart and title.startswith(note.chart)
    ]


def _with_notes(page: pptx.Slide, said: list[str]) -> pptx.Slide:
    notes = "\n".join((page.notes, "", _("Said about this chart:"), *said))
    return replace(page, notes=notes)


def _step(text: str, owner: str, due: date | None) -> str:
    return f"{text} – {owner}" + (f", {formats.date_format(due, 'j F Y')}" if due else "")


def _parted(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """The lines in pages, none fuller than can be read from the back of the room; a long line stays whole."""
    page: list[str] = []
    rows = 0
    for line in lines:
        high = 1 + len(line) // _A_ROW
        if page and rows + high > _ROWS:
            yield tuple(page)
            page, rows = [], 0
        page.append(line)
        rows += high
    if page:
        yield tuple(page)
