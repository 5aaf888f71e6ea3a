"""Pages that are the same for everyone but for the form's own key: rendered once, for as long as a round is fresh.

A school begins within a minute, and whoever sends is thanked in the same words as all others. Nothing that anybody
answered, chose or brought is in such a page, so that keeping it keeps nothing of anyone.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from surveys.answering.form_key import FormKey
from surveys.public_round import PublicRound

BLANK = FormKey(UUID(int=0x5AFE), "0" * 64)
"""Stands in the kept page where a person's key goes. No key is like it: those are random."""

MOST_KEPT = 200
_kept: dict[tuple[object, ...], str] = {}


def same_page(
    survey_round: PublicRound, place: tuple[str, ...], key: FormKey, render: Callable[[FormKey], str]
) -> str:
    """The page with this person's key in it. `place` says which page: its template, address, language.

    A round that was read anew makes its pages anew; so does a new day, with which support lines change.
    """
    kept_as = (survey_round.id, survey_round.read_at, timezone.localdate(), *place)
    html = _kept.get(kept_as)
    if html is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        html = _kept[kept_as] = render(BLANK)
    return html.replace(str(BLANK.number), str(key.number)).replace(BLANK.signature, key.signature)
