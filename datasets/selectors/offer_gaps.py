"""The offer map as a grid, and what is not offered: to which ages, in which situation, of which kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.sorting import swedish_sort_key
from datasets.models import AgeBand, Offer

Situation = Offer.Situation


@dataclass(frozen=True)
class GridCell:
    """What is offered in a row to one age band; nothing is a gap that is seen."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class GridRow:
    """A department, or a factor, across the four age bands."""

    label: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Place:
    """One row of the grid to be: what it is called, and whether an offer stands in it."""

    label: str
    holds: Callable[[Offer], bool]


def grid_of(offers: Sequence[Offer], rows: Iterable[Place]) -> list[GridRow]:
    """The offers in rows and age bands; an offer for several ages stands in each of them."""
    found = []
    for row in rows:
        here = [offer for offer in offers if row.holds(offer)]
        cells = (GridCell(tuple(offer for offer in here if band in offer.age_bands)) for band in AgeBand)
        found.append(GridRow(row.label, tuple(cells)))
    return found


def by_department(offers: Sequence[Offer]) -> list[Place]:
    """A row for each department or other provider that offers something."""
    names = dict.fromkeys(provider_of(offer) for offer in offers)
    return [Place(name, _offered_by(name)) for name in sorted(names, key=swedish_sort_key)]


def by_factor(labels: Iterable[tuple[str, str]]) -> list[Place]:
    """A row for each factor of the map."""
    return [Place(label, _about(key)) for key, label in labels]


def provider_of(offer: Offer) -> str:
    """Who offers something: a department, or somebody outside them.

    The names of another tenant's departments are not ours to read, so of a shared offer the tenant is named.
    """
    if offer.department_id is None:
        return offer.provider or _("Somebody else")
    return offer.department.name if offer.department else offer.tenant.name


def gaps_in_words(offers: Sequence[Offer]) -> list[str]:
    """What nobody offers, a sentence each: first the ages and situations, then the kinds.

    Whoever is past school, or outside it, is always asked about: those are the groups that are easily forgotten.
    """
    said = [
        _nobody_for(band, situation)
        for band in AgeBand
        for situation in Situation
        if not any(band in offer.age_bands and situation in offer.situations for offer in offers)
    ]
    for band in AgeBand:
        here = [offer for offer in offers if band in offer.age_bands]
        kinds = {offer.kind for offer in here}
        if here and Offer.Kind.PROMOTING not in kinds:
            said.append(
                _("For ages %(ages)s there is nothing that promotes wellbeing before something is wrong.")
                % {"ages": band.label}
            )
    return said


def factors_without(offers: Sequence[Offer], labels: Iterable[tuple[str, str]]) -> list[str]:
    """The factors of the map that no offer is about."""
    met = {key for offer in offers for key in offer.factors}
    return [label for key, label in labels if key not in met]


def group_in_words(band: AgeBand, situation: Situation) -> str:
    """A group of young people: those in school or past it, occupied or outside."""
    words = {
        (False, Situation.OCCUPIED): _("ages %(ages)s in school"),
        (False, Situation.NEITHER): _("ages %(ages)s outside school"),
        (True, Situation.OCCUPIED): _("ages %(ages)s, past school, who work or study"),
        (True, Situation.NEITHER): _("ages %(ages)s who neither work nor study"),
    }
    return words[band.is_past_school, situation] % {"ages": band.label}


def _offered_by(name: str) -> Callable[[Offer], bool]:
    return lambda offer: provider_of(offer) == name


def _about(key: str) -> Callable[[Offer], bool]:
    return lambda offer: key in offer.factors


def _nobody_for(band: AgeBand, situation: Situation) -> str:
    return _("Nothing for %(group)s.") % {"group": group_in_words(band, situation)}
