"""The system map in the reader's words: each factor with what it does and what it is affected by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from datasets.content import Reference, find_research, layers
from datasets.cubes import pick
from datasets.system_map import Change, Deed, MapInfluence, SystemMap


@dataclass(frozen=True)
class SaidInfluence:
    """One influence as seen from one of its ends: the other factor, which way, and how."""

    key: str
    label: str
    is_strengthening: bool
    verb: str
    text: str


@dataclass(frozen=True)
class SaidFactor:
    """A factor with its influences, in the reader's language."""

    key: str
    label: str
    text: str
    is_hidden: bool
    out: tuple[SaidInfluence, ...]
    into: tuple[SaidInfluence, ...]

    @property
    def count(self) -> int:
        """How many influences it has."""
        return len(self.out) + len(self.into)


@dataclass(frozen=True)
class SaidLayer:
    """A layer and its factors."""

    key: str
    label: str
    factors: tuple[SaidFactor, ...]


@dataclass(frozen=True)
class SaidResearch:
    """What research says of a factor, and what that rests on."""

    text: str
    references: tuple[Reference, ...]


def said_layers(found: SystemMap, lang: str) -> list[SaidLayer]:
    """The whole map as a list, layer by layer from the person outwards."""
    return [
        SaidLayer(
            layer.key,
            pick(layer.label, lang),
            tuple(said_factor(found, factor.key, lang) for factor in found.in_layer(layer.key)),
        )
        for layer in layers()
    ]


def said_factor(found: SystemMap, key: str, lang: str) -> SaidFactor:
    """One factor of a map. Raises KeyError where the map has none of that key."""
    factor = found.find(key)
    if factor is None:
        raise KeyError(key)
    return SaidFactor(
        key,
        pick(factor.label, lang),
        pick(factor.text, lang),
        factor.is_hidden,
        tuple(_said(found, one, one.target, lang) for one in found.out_of(key)),
        tuple(_said(found, one, one.source, lang) for one in found.into(key)),
    )


def said_research(key: str, lang: str) -> SaidResearch | None:
    """What research says of a factor; None for one that a region added itself."""
    research = find_research(key)
    if research is None:
        return None
    others = (" m.fl.", " m.fl.") if lang == "sv" else (" m.fl.", " et al.")
    references = tuple(Reference(one.author.replace(*others), one.title, one.year) for one in research.references)
    return SaidResearch(pick(research.text, lang), references)


def changes_in_words(changes: Sequence[Change], lang: str) -> list[str]:
    """What differs between two versions, a line each."""
    return [_change(change, lang) for change in changes]


def verb_of(influence: MapInfluence) -> str:
    """What the source does to the target, between their names."""
    return _("strengthens") if influence.is_strengthening else _("weakens")


def _said(found: SystemMap, influence: MapInfluence, other: str, lang: str) -> SaidInfluence:
    factor = found.find(other)
    label = pick(factor.label, lang) if factor else other
    return SaidInfluence(other, label, influence.is_strengthening, verb_of(influence), pick(influence.text, lang))


def _change(change: Change, lang: str) -> str:
    what = pick(change.label, lang)
    if change.target is not None:
        what = f"{what} → {pick(change.target, lang)}"
    words = {
        Deed.ADDED: _("%(what)s: added"),
        Deed.CHANGED: _("%(what)s: changed"),
        Deed.HIDDEN: _("%(what)s: hidden"),
        Deed.SHOWN: _("%(what)s: shown again"),
        Deed.GONE: _("%(what)s: not in this version"),
    }
    return words[change.deed] % {"what": what}
