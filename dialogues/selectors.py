"""Reads across dialogues: lists, what is missing in a preparation, and who sees which next steps."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Membership, User
from accounts.models.membership import Role
from datasets.content import themes as known_themes
from datasets.models import Chart, Dataset
from datasets.selectors import charts_for, datasets_for, with_releases
from dialogues.content import Participant as Suggested
from dialogues.content import Theme
from dialogues.models import Dialogue, NextStep, Note, Participant, Slide

MOST_SUGGESTED = 3
"""How many data sets are offered for each wish of a theme."""


def dialogues_with_counts() -> QuerySet[Dialogue]:
    """The tenant's dialogues, each with how many people, charts, notes and open next steps it has."""
    return (
        Dialogue.in_scope()
        .select_related("facilitator")
        .annotate(
            participant_count=_count(Participant.in_scope()),
            slide_count=_count(Slide.in_scope()),
            note_count=_count(Note.in_scope().filter(is_removed=False)),
            open_step_count=_count(
                NextStep.in_scope().filter(state__in=(NextStep.State.OPEN, NextStep.State.STUCK))
            ),
        )
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = (
        rows.filter(dialogue=OuterRef("pk")).order_by().values("dialogue").annotate(n=Count("pk")).values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def open_next_steps() -> QuerySet[NextStep]:
    """Every promise that is not kept yet, due first."""
    return (
        NextStep.in_scope()
        .filter(state__in=(NextStep.State.OPEN, NextStep.State.STUCK))
        .select_related("dialogue", "department")
        .order_by(F("due_on").asc(nulls_last=True), "created_at")
    )


def hanging_next_steps(today: date) -> QuerySet[NextStep]:
    """The promises that are stuck, or whose day has passed."""
    return open_next_steps().filter(Q(state=NextStep.State.STUCK) | Q(due_on__lt=today))


def next_dialogue_of(user: User) -> Dialogue | None:
    """The dialogue that this person leads or takes part in next: the one going on, else the nearest in time."""
    mine = dialogues_with_counts().filter(
        Q(facilitator=user) | Q(pk__in=Participant.in_scope().filter(user=user).values("dialogue"))
    )
    going_on = mine.filter(state=Dialogue.State.ONGOING).order_by("-began_at").first()
    planned = mine.filter(state=Dialogue.State.PLANNED)
    # A planned dialogue whose day passed was held without the clock, or not at all: no longer what comes next.
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    coming = planned.filter(Q(starts_at__gte=today) | Q(starts_at=None))
    return going_on or coming.order_by(F("starts_at").asc(nulls_last=True), "-created_at").first()


def dialogues_of_guest(user: User) -> QuerySet[Dialogue]:
    """The dialogues that a guest was invited to, newest first."""
    invited = Participant.in_scope().filter(user=user).values("dialogue")
    return dialogues_with_counts().filter(pk__in=invited).order_by(F("starts_at").desc(nulls_first=True))


def dialogues_about(factor: str) -> QuerySet[Dialogue]:
    """The dialogues that touched a factor of wellbeing, by their theme or a chart of the deck, newest first."""
    themed = [theme.key for theme in known_themes() if factor in theme.factors]
    shown = Slide.in_scope().filter(chart__dataset__factors__contains=[factor]).values("dialogue")
    found: QuerySet[Dialogue] = Dialogue.in_scope().filter(Q(theme__in=themed) | Q(pk__in=shown))
    return found.exclude(state=Dialogue.State.CANCELLED).order_by(F("starts_at").desc(nulls_last=True))


def next_steps_from(dialogues: Iterable[Dialogue]) -> QuerySet[NextStep]:
    """What was promised in some dialogues and not dropped, due first."""
    found: QuerySet[NextStep] = NextStep.in_scope().filter(dialogue__in=[one.pk for one in dialogues])
    return found.exclude(state=NextStep.State.DROPPED).order_by(F("due_on").asc(nulls_last=True), "created_at")


def dialogues_showing(origin_ref: UUID) -> QuerySet[Dialogue]:
    """The dialogues whose deck shows figures made of one and the same source, such as a survey round."""
    shown = Slide.in_scope().filter(chart__dataset__origin_ref=str(origin_ref)).values("dialogue")
    found: QuerySet[Dialogue] = Dialogue.in_scope().filter(pk__in=shown)
    return found.exclude(state=Dialogue.State.CANCELLED).order_by(F("held_at").desc(nulls_last=True))


def steps_of_dialogues_held(origin_ref: UUID) -> QuerySet[NextStep]:
    """What was decided and not dropped, in dialogues that showed a source first; of dialogues that have begun."""
    showing = dialogues_showing(origin_ref).values("pk")
    is_other = Case(When(dialogue__in=showing, then=0), default=1, output_field=IntegerField())
    found: QuerySet[NextStep] = NextStep.in_scope().exclude(state=NextStep.State.DROPPED)
    found = found.filter(dialogue__state__in=(Dialogue.State.ONGOING, Dialogue.State.HELD))
    return found.select_related("dialogue").order_by(is_other, F("due_on").asc(nulls_last=True), "created_at")


def missing_perspectives(theme: Theme | None, present: Collection[str]) -> tuple[Suggested, ...]:
    """Whom the theme asks for that nobody on the list stands for."""
    return tuple(one for one in theme.participants if one.perspective not in present) if theme else ()


@dataclass(frozen=True)
class Wish:
    """What a theme would like to show, and the data sets here that could show it."""

    hint: Any
    datasets: Sequence[Dataset]


def wishes_of(theme: Theme | None, charts: Collection[Chart]) -> tuple[Wish, ...]:
    """The data that a theme begins from, as far as this municipality has it and it is not in the deck yet."""
    if theme is None:
        return ()
    factors = sorted({factor for wish in theme.data for factor in wish.factors})
    shown = {chart.dataset_id for chart in charts}
    found = list(with_releases(datasets_for()).filter(factors__overlap=factors).exclude(pk__in=shown))
    wishes = []
    for wish in theme.data:
        fitting = [one for one in found if set(one.factors) & set(wish.factors) and one.measures in wish.measures]
        wishes.append(Wish(wish.hint, fitting[:MOST_SUGGESTED]))
    return tuple(wishes)


def charts_to_choose(charts: Collection[Chart], limit: int = 30) -> QuerySet[Chart]:
    """Saved charts that are not in the deck, newest first."""
    return charts_for().exclude(pk__in=[chart.pk for chart in charts])[:limit]


def notes_of(dialogue: Dialogue) -> QuerySet[Note]:
    """The log in the order in which it was written, each note with its chart; what was removed is left out."""
    return all_notes_of(dialogue).filter(is_removed=False)


def all_notes_of(dialogue: Dialogue) -> QuerySet[Note]:
    """The same, with what was removed."""
    return Note.in_scope().filter(dialogue=dialogue).select_related("slide__chart").order_by("number")


def next_steps_of(dialogue: Dialogue) -> QuerySet[NextStep]:
    """What was promised in a dialogue, due first."""
    steps = NextStep.in_scope().filter(dialogue=dialogue).select_related("department")
    return steps.order_by(F("due_on").asc(nulls_last=True), "created_at")


def mark_of(dialogue: Dialogue, steps: Sequence[NextStep]) -> str:
    """A word that changes whenever anything in the log does: a note, a next step, what is shown, the state.

    It begins with the number of the last change of a note, so that a page can ask for what came after.
    """
    known = " ".join(f"{step.pk} {step.state} {step.due_on}" for step in steps)
    began = dialogue.began_at.timestamp() if dialogue.began_at else 0
    return f"{dialogue.last_change}.{dialogue.state}.{began:.0f}.{dialogue.screen}.{zlib.crc32(known.encode())}"


def notes_after(dialogue: Dialogue, change: int) -> QuerySet[Note]:
    """What happened to the notes after a change, those included that were removed."""
    return all_notes_of(dialogue).filter(change__gt=change)


def possible_owners(dialogue: Dialogue, membership: Membership) -> QuerySet[User]:
    """Who can be named as the owner of a next step: the members; for a guest, those who take part."""
    taking_part = Q(pk__in=Participant.in_scope().filter(dialogue=dialogue).values("user")) | Q(
        pk=dialogue.facilitator_id
    )
    if membership.role == Role.GUEST:
        who = taking_part
    else:
        members = Membership.in_scope().filter(is_active=True).exclude(role=Role.GUEST)
        who = taking_part | Q(pk__in=members.values("user"))
    return User.objects.filter(who, is_active=True).order_by("name")
