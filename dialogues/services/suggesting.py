"""What a theme and a goal suggest, taken all at once: places for roles, and charts of the data that is here."""

from __future__ import annotations

from collections.abc import Collection
from itertools import zip_longest
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from accounts.models import Tenant, User
from datasets.cubes import pick
from datasets.models import Chart, Dataset
from dialogues.content import Theme, find_theme
from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from dialogues.preparing.deck import deck_of
from dialogues.selectors.preparing import missing_perspectives, people_of_last_time, wishes_of
from dialogues.services.deck import slide_add_from_dataset, slide_describe
from dialogues.services.preparing import participant_add
from dialogues.wording import goal_of


@transaction.atomic
def places_fill(*, dialogue: Dialogue, by: User) -> int:
    """Put a place on the list for every role that is suggested, up to ten people; give how many were added."""
    language = _language()
    present = {one.perspective for one in dialogue.participants.all()}
    free = Dialogue.MOST_PARTICIPANTS - dialogue.participants.count()
    suggested = missing_perspectives(find_theme(dialogue.theme), goal_of(dialogue), present)[: max(0, free)]
    for one in suggested:
        participant_add(
            dialogue=dialogue,
            name="",
            role=pick(one.roles, language)[:100],
            perspective=one.perspective,
            by=by,
        )
    return len(suggested)


@transaction.atomic
def people_again(*, dialogue: Dialogue, by: User) -> int:
    """Put those on the list who were on that of the dialogue before, with their addresses; give how many.

    Who is on the list already is not put there twice, and nobody is invited by it.
    """
    here = {(one.name, one.email) for one in dialogue.participants.all()}
    coming = [one for one in people_of_last_time(dialogue) if (one.name, one.email) not in here]
    for one in coming:
        participant_add(
            dialogue=dialogue,
            name=one.name,
            role=one.role,
            organisation=one.organisation,
            perspective=one.perspective,
            department=one.department,
            email=one.email,
            by=by,
        )
    return len(coming)


@transaction.atomic
def deck_fill(*, dialogue: Dialogue, tenant: Tenant, by: User) -> int:
    """Put a chart of every suggested data set in the deck, up to twelve, each with what one is looking at.

    A data set that no chart can be made of by itself is left out. Gives how many were added.
    """
    deck = deck_of(dialogue, _language())
    added: list[UUID] = []
    for dataset in _suggested(find_theme(dialogue.theme), deck.charts, tenant):
        if len(deck.shown) + len(added) >= Dialogue.MOST_CHARTS:
            break
        try:
            added.append(slide_add_from_dataset(dialogue=dialogue, dataset=dataset, place=tenant.code, by=by).pk)
        except DialogueError:
            continue
    for one in deck_of(dialogue, _language()).shown if added else ():
        if one.slide.pk in added and one.proposal:
            slide_describe(slide=one.slide, looking_at=one.proposal)
    return len(added)


def _suggested(theme: Theme | None, charts: Collection[Chart], tenant: Tenant) -> list[Dataset]:
    """The data sets that fit a theme's wishes, each once: the first of every wish before the second of any."""
    wishes = [wish.datasets for wish in wishes_of(theme, charts, tenant)]
    in_turn = (one for turn in zip_longest(*wishes) for one in turn if one is not None)
    return list({dataset.pk: dataset for dataset in in_turn}.values())


def _language() -> str:
    return (get_language() or "sv").partition("-")[0]
