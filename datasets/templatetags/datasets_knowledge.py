"""The system map, offers and voices in templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template

from accounts.models import Tenant
from datasets.models import Dataset, Offer, Voice
from datasets.selectors.offers import OfferSearch, offers_for
from datasets.selectors.voices import voices_beside

register = template.Library()
MOST_VOICES = 3
MOST_OFFERS = 8


@register.filter
def count_of(counts: Mapping[str, int] | str, key: str) -> int:
    """How many there are of one kind; 0 where nobody has counted."""
    return counts.get(key, 0) if isinstance(counts, Mapping) else 0


@register.filter
def reaches_outside(offer: Offer) -> bool:
    """Whether an offer is also for those outside school, studies and work."""
    return Offer.Situation.NEITHER in offer.situations


@register.simple_tag(takes_context=True)
def offers_about(context: dict[str, Any], factor: str) -> list[Offer]:
    """What is offered now that is meant to strengthen a factor."""
    return list(offers_for(context["request"].tenant, OfferSearch(factor=factor))[:MOST_OFFERS])


@dataclass(frozen=True)
class Beside:
    """The voices beside something, and what the reader may do about them."""

    tenant: Tenant | None
    voices: list[Voice]
    query: str
    may_register: bool
    is_public: bool


@register.simple_tag(takes_context=True)
def voices_beside_these(context: dict[str, Any]) -> Beside:
    """The voices that belong beside a page's data set, factor or theme; on a public page only open ones."""
    request = context["request"]
    dataset, owner = context.get("beside_dataset"), context.get("beside_owner")
    factor, theme = context.get("beside_factor") or "", context.get("beside_theme") or ""
    tenant = owner or getattr(request, "tenant", None)
    if tenant is None:
        return Beside(None, [], "", False, True)
    found = list(voices_beside(tenant, about=dataset, factor=factor, theme=theme)[:MOST_VOICES])
    may_register = owner is None and request.user.has_perm("datasets.register_voice", tenant)
    return Beside(tenant, found, _query(dataset, factor, theme), may_register, owner is not None)


def _query(dataset: Dataset | None, factor: str, theme: str) -> str:
    """The address's end that narrows the list down, or fills the form in, in the same way."""
    if dataset is not None:
        factor, theme = next(iter(dataset.factors), ""), "" if dataset.factors else next(iter(dataset.themes), "")
    given = {name: value for name, value in (("faktor", factor), ("tema", theme)) if value}
    return f"?{urlencode(given)}" if given else ""
