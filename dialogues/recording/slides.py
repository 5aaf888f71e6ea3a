"""The deck with what was said of it: native charts as they were shown, then the notes and the next steps."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from dialogues.recording.content import Heading, Record
from dialogues.recording.document import beside_note
from portal.files import pptx

_ROWS, _A_ROW = 11, 85
"""How many rows a page of notes has room for, and how many letters a row."""


def slides_of(record: Record, *, number: int, is_draft: bool) -> bytes:
    """The record as a PowerPoint file."""
    with override(record.lang):
        pages = list(_pages(record, number, is_draft))
        return pptx.presentation(pages, title=record.title, lang=record.lang)


def _pages(record: Record, number: int, is_draft: bool) -> Iterator[pptx.Slide]:
    status = _("Draft") if is_draft else _("Version %(number)s") % {"number": number}
    about = tuple(filter(None, (record.theme, record.goal, record.when, record.place)))
    mark = _("Example data") if record.is_example else ""
    yield _page(
        f"{record.municipality} · {status}", record.title, tuple(map(pptx.Text, about)), record.summary, mark
    )
    for chart in record.charts:
        if chart.slide is not None:
            said = _said_of(record, chart.title)
            page = pptx.Slide.from_plain(chart.slide)
            if chart.photo:
                page = replace(page, picture=pptx.Picture(b64decode(chart.photo), chart.photo_shows))
            yield page if not said else _with_notes(page, said)
    for heading in record.headings:
        for part in _parted(list(_listed(heading))):
            yield _page(record.title, heading.label, part, "", mark)
    steps = [pptx.Text(_step(one.text, one.owner, one.due)) for one in record.steps]
    if record.next_dialogue:
        steps.append(pptx.Text(_("Next dialogue") + f": {record.next_dialogue}"))
    for part in _parted(steps):
        yield _page(record.title, _("Next steps"), part, "", mark)


def _listed(heading: Heading) -> Iterator[pptx.Text]:
    """The notes of a kind under the names of their clusters."""
    is_grouped = any(cluster.title for cluster in heading.clusters)
    for cluster in heading.clusters:
        if is_grouped:
            yield pptx.Text(cluster.title or _("Other notes"), is_heading=True)
        yield from (pptx.Text(f"{note.text} {beside_note(note)}".strip()) for note in cluster.notes)


def _page(above: str, title: str, lines: tuple[pptx.Text, ...], notes: str, mark: str) -> pptx.Slide:
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


def _parted(lines: list[pptx.Text]) -> Iterator[tuple[pptx.Text, ...]]:
    """The lines in pages, none fuller than can be read from the back of the room; a long line stays whole."""
    page: list[pptx.Text] = []
    rows = 0
    for line in lines:
        high = 1 + len(line.text) // _A_ROW
        # A heading is not left alone at the foot of a page.
        if page and rows + high + 2 * line.is_heading > _ROWS:
            yield tuple(page)
            page, rows = [], 0
        page.append(line)
        rows += high
    if page:
        yield tuple(page)
