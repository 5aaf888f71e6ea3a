"""The idea bank: known methods, and the ideas of municipalities that share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When

from accounts.models import Tenant
from datasets.cubes import pick
from dialogues.content.methods import Method, methods
from dialogues.models import Idea, IdeaTrial

MOST = 300


@dataclass(frozen=True)
class IdeaSearch:
    """What somebody looks for. `whose`: "own", "others" or "methods"; empty for all."""

    words: str = ""
    theme: str = ""
    factor: str = ""
    cost: str = ""
    age: str = ""
    whose: str = ""


def ideas_for(tenant: Tenant, search: IdeaSearch) -> QuerySet[Idea]:
    """The ideas that a tenant's people may read: its own, and those that others have shared; own ones first."""
    found: QuerySet[Idea] = Idea.objects.filter(withdrawn_at=None).select_related("tenant")
    if search.whose == "methods":
        return found.none()
    if search.whose:
        own = Q(tenant=tenant)
        found = found.filter(own if search.whose == "own" else ~own)
    for word in search.words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    for name in ("theme", "cost"):
        if value := getattr(search, name):
            found = found.filter(**{name: value})
    if search.factor:
        found = found.filter(factors__contains=[search.factor])
    if search.age:
        found = found.filter(age_bands__contains=[search.age])
    is_own = Case(When(tenant=tenant, then=0), default=1, output_field=IntegerField())
    return found.order_by(is_own, "-created_at")[:MOST]


def methods_for(search: IdeaSearch, lang: str) -> list[Method]:
    """The known methods that a search finds."""
    if search.whose in ("own", "others"):
        return []
    words = search.words.casefold().split()
    return [
        one
        for one in methods()
        if (not search.theme or one.theme == search.theme)
        and (not search.factor or search.factor in one.factors)
        and (not search.cost or one.cost == search.cost)
        and (not search.age or search.age in one.ages)
        and all(word in f"{pick(one.title, lang)} {pick(one.text, lang)}".casefold() for word in words)
    ]


def trials_of(*, idea: Idea | None = None, method: str = "") -> QuerySet[IdeaTrial]:
    """What came out where it was tried, as far as it was shared with the tenant at work; newest first."""
    found: QuerySet[IdeaTrial] = IdeaTrial.objects.select_related("tenant")
    found = found.filter(idea=idea) if idea is not None else found.filter(method=method)
    return found.order_by("-created_at")[:MOST]


def outcomes_counted(trials: Sequence[IdeaTrial]) -> list[dict[str, Any]]:
    """How many met each outcome, those that nobody met left out."""
    counts = [
        (label, sum(1 for one in trials if one.outcome == value)) for value, label in IdeaTrial.Outcome.choices
    ]
    return [{"label": label, "n": n} for label, n in counts if n]
