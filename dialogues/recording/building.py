"""The record of a dialogue, read from its log, its deck and its list as they are now."""

from __future__ import annotations

from collections import defaultdict

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Tenant
from datasets.cubes import pick
from dialogues.content import find_theme, perspectives, principles
from dialogues.models import Dialogue, Note, Participant, RecordRules
from dialogues.preparing.deck import deck_of
from dialogues.recording.charts import chart_part
from dialogues.recording.content import Cluster, Heading, NoteLine, Person, Record, Step
from dialogues.selectors.attending import Attended, attended
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
    there = attended(dialogue)
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
            people=people_of(there, lang),
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
            others=tuple(there.others),
            notes_by=there.notes_by,
            approved_by=there.approved_by,
            approved_on=there.approved_on.isoformat() if there.approved_on else "",
        )


def people_of(there: Attended, lang: str) -> tuple[Person, ...]:
    """Those on the list: what they stand for, with names only where that is decided, and whether they were there.

    Where nobody noted that, those who said no are left out.
    """
    rules = RecordRules.in_scope().first()
    return tuple(
        Person(
            stands_for=_stands_for(one, lang),
            perspective=_perspective(one, lang),
            name=one.name if rules is not None and rules.shows_names else "",
            presence=("present" if one.is_present else "absent") if there.is_noted else "",
        )
        for one in there.people
        if there.is_noted or one.answer != Participant.Answer.NO
    )


def _stands_for(one: Participant, lang: str) -> str:
    whose = one.organisation or str(one.department or "")
    return ", ".join(filter(None, (one.role, whose))) or _perspective(one, lang) or _("Somebody on the list")


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
            Cluster(place[1], tuple(_line(note) for note in sorted(grouped[place], key=_weight)))
            for place in sorted(grouped)
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
