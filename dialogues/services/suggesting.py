"""What a theme and a goal suggest, taken all at once: places for roles, and charts of the data that is here."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import get_language

from accounts.models import User
from datasets.cubes import pick
from dialogues.content import find_theme
from dialogues.deck import deck_of
from dialogues.errors import DialogueError
from dialogues.models import Dialogue
from dialogues.selectors.preparing import missing_perspectives, wishes_of
from dialogues.services.deck import slide_add_from_dataset
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
def deck_fill(*, dialogue: Dialogue, place: str, by: User) -> int:
    """Put a chart of every suggested data set in the deck, up to twelve, each with what one is looking at.

    A data set that no chart can be made of by itself is left out. Gives how many were added.
    """
    language = _language()
    deck = deck_of(dialogue, language)
    free, added, taken = Dialogue.MOST_CHARTS - len(deck.shown), 0, set()
    for wish in wishes_of(find_theme(dialogue.theme), deck.charts):
        for dataset in wish.datasets:
            if added >= free:
                return added
            if dataset.pk in taken:
                continue
            taken.add(dataset.pk)
            try:
                slide_add_from_dataset(
                    dialogue=dialogue,
                    dataset=dataset,
                    place=place,
                    by=by,
                    looking_at=pick(wish.hint, language)[:300],
                )
            except DialogueError:
                continue
            added += 1
    return added


def _language() -> str:
    return (get_language() or "sv").partition("-")[0]
