"""The record as a document, in the order in which one asks: what, what we decided, what was said, what we saw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dialogues.models import Note
from dialogues.recording.content import ChartPart, NoteLine, Person, Record, Step
from portal.files.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Item,
    Paragraph,
    Photograph,
    Picture,
    Table,
)


def document_of(record: Record, *, number: int, is_draft: bool, changes: str = "") -> Document:
    """The record as blocks, for page, PDF and Word. `changes` says what is new since the version before."""
    with override(record.lang):
        kind = _("Record of a dialogue")
        status = _("Draft") if is_draft else _("Version %(number)s") % {"number": number}
        return Document(
            lang=record.lang,
            title=record.title,
            above=f"{record.municipality} · {kind}",
            mark=" · ".join(filter(None, (status, _("Example data") if record.is_example else ""))),
            blocks=tuple(_blocks(record, changes)),
        )


def _blocks(record: Record, changes: str) -> Iterator[Block]:
    yield _facts(record)
    if changes:
        yield Heading(_("What changed since the version before"))
        yield Paragraph(changes)
    if record.summary:
        yield Heading(_("The talk in short"))
        yield from (Paragraph(part) for part in record.summary.split("\n") if part.strip())
    yield from _kinds(record, (Note.Kind.TAKEAWAY,))
    if record.steps:
        yield Heading(_("Next steps"))
        yield _steps(record.steps)
    yield from _kinds(record, tuple(kind for kind in Note.Kind if kind != Note.Kind.TAKEAWAY))
    if record.charts:
        yield Heading(_("What we looked at"))
        for chart in record.charts:
            yield from _chart(chart)
    yield from _people(record)
    yield Heading(_("How we talked"))
    yield Bullets(tuple(Item(one) for one in record.principles))
    yield Paragraph(_("Notes have no author: what is written here was said in the room."), look="soft")


def _facts(record: Record) -> Facts:
    told = (
        (_("Theme"), record.theme),
        (_("Goal"), record.goal),
        (_("Aim"), record.aim),
        (_("Held on"), ", ".join(filter(None, (record.when, record.place)))),
        (_("Facilitator"), record.facilitator),
        (_("Notes kept by"), record.notes_by),
        (_("Approved by"), ", ".join(filter(None, (record.approved_by, day_in_words(record.approved_on))))),
        (_("Responsible department"), record.department),
        (_("Next dialogue"), record.next_dialogue),
    )
    return Facts(tuple((label, said) for label, said in told if said))


def day_in_words(day: str) -> str:
    """An ISO date as it is written; nothing for none."""
    return formats.date_format(date.fromisoformat(day), "j F Y") if day else ""


def _people(record: Record) -> Iterator[Block]:
    """Who was there and who was not; who was invited, where nobody noted that."""
    others = tuple(Item(one) for one in record.others)
    if not (record.present or record.absent or others):
        if record.people:
            yield Heading(_("Who was invited"))
            yield Bullets(tuple(_person(one) for one in record.people))
        return
    for title, items in (
        (_("Present"), (*(_person(one) for one in record.present), *others)),
        (_("Absent"), tuple(_person(one) for one in record.absent)),
    ):
        if items:
            yield Heading(title)
            yield Bullets(items)


def _kinds(record: Record, kinds: tuple[Note.Kind, ...]) -> Iterator[Block]:
    for heading in record.headings:
        if heading.kind not in kinds:
            continue
        yield Heading(heading.label)
        is_grouped = len(heading.clusters) > 1 or bool(heading.clusters[0].title)
        for cluster in heading.clusters:
            if is_grouped:
                yield Heading(cluster.title or _("Other notes"), level=3)
            yield Bullets(tuple(Item(note.text, beside_note(note)) for note in cluster.notes))


def beside_note(note: NoteLine) -> str:
    """How many agreed, whom the writer spoke for and what it is about, as far as there is anything to say."""
    agreed = ngettext("%(n)s agrees", "%(n)s agree", note.agreed) % {"n": note.agreed} if note.agreed else ""
    said = " · ".join(filter(None, (note.voice, note.chart, agreed)))
    return f"({said})" if said else ""


def _steps(steps: tuple[Step, ...]) -> Table:
    rows = tuple(
        (
            step.text,
            ", ".join(filter(None, (step.owner, step.department))),
            formats.date_format(step.due, "j F Y") if step.due else "–",
            step.state,
        )
        for step in steps
    )
    columns = (_("What"), _("Who does it"), _("By when"), _("How it goes"))
    return Table(_("Next steps"), columns, rows, (5, 3, 2, 2))


def _chart(chart: ChartPart) -> Iterator[Block]:
    yield Heading(chart.title, level=3)
    if chart.problem:
        yield Paragraph(chart.problem)
        return
    if chart.sentence:
        yield Paragraph(chart.sentence, look="strong")
    if chart.looking_at:
        yield Paragraph(chart.looking_at)
    yield from (Paragraph(line) for line in chart.lines)
    if chart.photo:
        yield Photograph(chart.photo, chart.photo_shows)
    if chart.svg:
        yield Picture(chart.svg, chart.width, f"{chart.title}. {chart.sentence}")
    yield from (Paragraph(line, look="soft") for line in chart.source)


def _person(one: Person) -> Item:
    beside = one.perspective if one.perspective not in one.stands_for else ""
    return Item(", ".join(filter(None, (one.name, one.stands_for))), f"({beside})" if beside else "")
