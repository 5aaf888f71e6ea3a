"""The record of a dialogue, read from its log, its deck and its list as they are now."""

from __future__ import annotations

from collections import defaultdict

from django.utils import formats, timezone
from django.utils.translation import override

from accounts.models import Tenant
from datasets.cubes import pick
from dialogues.content import find_theme, perspectives, principles
from dialogues.deck import deck_of
from dialogues.models import Dialogue, Note, Participant, RecordRules
from dialogues.recording.charts import chart_part
from dialogues.recording.content import Cluster, Heading, NoteLine, Person, Record, Step
from dialogues.selectors.log import notes_of
from dialogues.selectors.next_steps import next_steps_of
from dialogues.wording import booked_in_words, goal_of


def record_of(dialogue: Dialogue, *, tenant: Tenant, lang: str, summary: str = "", department: str = "") -> Record:
    """Everything that was shown, said and promised; `summary` is whoever writes the record's own words.

    Names of those invited are in it where the municipality has decided so; else what they stand for.
    """
    theme, goal = find_theme(dialogue.theme), goal_of(dialogue)
    held_at = dialogue.held_at or dialogue.starts_at
    following = dialogue.following.exclude(state=Dialogue.State.CANCELLED).order_by("starts_at").first()
    with override(lang):
        return Record(
            lang=lang,
            municipality=tenant.name,
            is_example=tenant.is_demo,
            title=dialogue.title,
            theme=pick(theme.title, lang) if theme else "",
            goal=pick(goal.title, lang) if goal else "",
            aim=dialogue.aim,
            summary=summary,
            held_on=timezone.localdate(held_at).isoformat() if held_at else "",
            when=formats.date_format(timezone.localdate(held_at), "l j F Y") if held_at else "",
            place=dialogue.place,
            facilitator=dialogue.facilitator.name if dialogue.facilitator else "",
            department=department,
            people=people_of(dialogue, lang),
            principles=tuple(pick(one.title, lang) for one in principles()),
            charts=tuple(
                chart_part(one, tenant.slug, place) for place, one in enumerate(deck_of(dialogue, lang).shown)
            ),
            headings=headings_of(list(notes_of(dialogue).select_related("slide__chart", "cluster"))),
            steps=tuple(
                Step(
                    text=step.text,
                    owner=step.owner_name,
                    department=str(step.department or ""),
                    due_on=step.due_on.isoformat() if step.due_on else "",
                    state=str(step.get_state_display()),
                )
                for step in next_steps_of(dialogue)
            ),
            next_dialogue=booked_in_words(following) if following else "",
        )


def people_of(dialogue: Dialogue, lang: str) -> tuple[Person, ...]:
    """Those who were invited and did not say no: what they stand for, with names only where that is decided."""
    rules = RecordRules.in_scope().first()
    invited = Participant.in_scope().filter(dialogue=dialogue).exclude(answer=Participant.Answer.NO)
    return tuple(
        Person(
            stands_for=_stands_for(one, lang),
            perspective=_perspective(one, lang),
            name=one.name if rules is not None and rules.shows_names else "",
        )
        for one in invited.select_related("department").order_by("perspective", "role", "name")
    )


def _stands_for(one: Participant, lang: str) -> str:
    whose = one.organisation or str(one.department or "")
    return ", ".join(filter(None, (one.role, whose))) or _perspective(one, lang)


def _perspective(one: Participant, lang: str) -> str:
    label = perspectives().get(one.perspective)
    return pick(label, lang) if label else ""


def headings_of(notes: list[Note]) -> tuple[Heading, ...]:
    """The notes by kind, then by cluster; within one what most agreed with comes first."""
    made = []
    for kind in Note.Kind:
        grouped: dict[tuple[int, str], list[Note]] = defaultdict(list)
        for note in notes:
            if note.kind == kind:
                grouped[_place(note)].append(note)
        clusters = tuple(
            Cluster(title, tuple(_line(note) for note in sorted(grouped[_, title], key=_weight)))
            for _, title in sorted(grouped)
        )
        if clusters:
            made.append(Heading(kind.value, str(kind.label), clusters))
    return tuple(made)


def _place(note: Note) -> tuple[int, str]:
    """Clusters in the order of the room; what stands by itself comes last."""
    return (note.cluster.position, note.cluster.title) if note.cluster else (1_000_000, "")


def _weight(note: Note) -> tuple[int, int]:
    return -note.agreed, note.number


def _line(note: Note) -> NoteLine:
    chart = note.slide.name if note.slide else ""
    return NoteLine(note.text, agreed=note.agreed, voice=note.voice, chart=chart)
