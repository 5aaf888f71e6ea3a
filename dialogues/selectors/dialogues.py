"""Dialogues in lists: with their counts, of a person, about a factor, showing some figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from datasets.content import themes as known_themes
from dialogues.models import Dialogue, NextStep, Note, Participant, RecordVersion, Slide


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


def next_dialogue_of(user: User) -> Dialogue | None:
    """The dialogue that this person leads or takes part in next: the one going on, else the nearest in time."""
    mine = dialogues_with_counts().filter(
        Q(facilitator=user) | Q(pk__in=Participant.in_scope().filter(user=user).values("dialogue"))
    )
    # A planned dialogue whose day passed was held without the clock, or not at all: no longer what comes next.
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    is_coming = Q(state=Dialogue.State.PLANNED) & (Q(starts_at__gte=today) | Q(starts_at=None))
    # One that goes on has begun; the others come after it.
    began = Case(When(state=Dialogue.State.ONGOING, then=F("began_at")))
    found = mine.filter(Q(state=Dialogue.State.ONGOING) | is_coming)
    return found.order_by(began.desc(nulls_last=True), F("starts_at").asc(nulls_last=True), "-created_at").first()


def following_of(dialogue: Dialogue) -> Dialogue | None:
    """The next dialogue of the series, once somebody planned it."""
    return dialogue.following.exclude(state=Dialogue.State.CANCELLED).order_by("starts_at").first()


def is_recorded(dialogue: Dialogue) -> bool:
    """Whether a record of it is final."""
    return RecordVersion.in_scope().filter(dialogue=dialogue).exists()


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


def dialogues_showing(origin_ref: UUID) -> QuerySet[Dialogue]:
    """The dialogues whose deck shows figures made of one and the same source, such as a survey round."""
    shown = Slide.in_scope().filter(chart__dataset__origin_ref=str(origin_ref)).values("dialogue")
    found: QuerySet[Dialogue] = Dialogue.in_scope().filter(pk__in=shown)
    return found.exclude(state=Dialogue.State.CANCELLED).order_by(F("held_at").desc(nulls_last=True))
