"""Reads of voices: those in use that the reader may see, beside what they belong to, and those under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from accounts.models import Tenant, User
from datasets.content import themes
from datasets.exploring import Idea
from datasets.models import Voice
from datasets.selectors import near
from portal.tenancy.scope import PUBLIC_AUDIENCE

UNDER_WAY = (Voice.State.DRAFT, Voice.State.WAITING, Voice.State.SENT_BACK)


class HasSubject(Protocol):
    """What a voice can be about the same thing as: a data set, or what somebody made of one."""

    @property
    def factors(self) -> list[str]:
        """Keys of the system's factors."""

    @property
    def themes(self) -> list[str]:
        """Keys of themes; an empty one is none."""


@dataclass(frozen=True)
class VoiceSearch:
    """What somebody looks for among the voices."""

    words: str = ""
    theme: str = ""
    factor: str = ""
    age_band: str = ""
    kind: str = ""
    method: str = ""


def voices_in_use(tenant: Tenant, search: VoiceSearch | None = None) -> QuerySet[Voice]:
    """The reviewed voices that a tenant's people may read: its own, shared ones, open ones near; own ones first.

    In a public scope the open ones of the tenant itself.
    """
    search = search or VoiceSearch()
    found: QuerySet[Voice] = Voice.objects.filter(
        Q(tenant_id__in=near(tenant)) | ~Q(audience_id=PUBLIC_AUDIENCE), state=Voice.State.PUBLISHED
    ).select_related("tenant")
    for word in search.words.split()[:8]:
        found = found.filter(Q(text__icontains=word) | Q(source__icontains=word))
    if search.theme:
        found = found.filter(_about(search.theme, ()))
    if search.factor:
        found = found.filter(factors__contains=[search.factor])
    for name in ("age_band", "kind", "method"):
        if value := getattr(search, name):
            found = found.filter(**{name: value})
    is_own = Case(When(tenant_id=tenant.pk, then=0), default=1, output_field=IntegerField())
    return found.order_by(is_own, "-year", "-reviewed_at", "pk")


def voices_beside(
    tenant: Tenant, *, about: HasSubject | None = None, factor: str = "", theme: str = ""
) -> QuerySet[Voice]:
    """The voices beside what has a subject, beside a factor or a theme: those that share a factor or the theme."""
    found = voices_in_use(tenant)
    if about is not None:
        if not about.factors and not about.themes:
            return found.none()
        return found.filter(Q(factors__overlap=about.factors) | Q(theme__in=[key for key in about.themes if key]))
    if factor:
        return found.filter(factors__contains=[factor])
    return found.filter(_about(theme, _factors_of(theme))) if theme else found.none()


def voices_answering(tenant: Tenant, ideas: Sequence[Idea]) -> QuerySet[Voice]:
    """The voices that say a word of a question, or are about a factor that it asks for."""
    if not ideas:
        return voices_in_use(tenant).none()
    asked = Q(factors__overlap=sorted({key for idea in ideas for key in idea.factors}))
    for idea in ideas:
        asked |= Q(text__icontains=idea.said)
    return voices_in_use(tenant).filter(asked)


def voice_queue(user: User, *, may_review: bool) -> QuerySet[Voice]:
    """What is under way here: for a reviewer everything that waits and one's own, for others one's own."""
    own = Q(written_by=user, state__in=UNDER_WAY)
    wanted = own | Q(state=Voice.State.WAITING) if may_review else own
    found: QuerySet[Voice] = Voice.objects.own().filter(wanted).select_related("written_by")
    order = {state: number for number, state in enumerate((Voice.State.WAITING, Voice.State.SENT_BACK))}
    place = Case(*(When(state=state, then=number) for state, number in order.items()), default=Value(9))
    return found.order_by(place, "-created_at")


def waiting_count() -> int:
    """How many voices wait for review here."""
    return int(Voice.objects.own().filter(state=Voice.State.WAITING).aggregate(n=Count("pk"))["n"])


def _about(theme: str, factors: tuple[str, ...]) -> Q:
    return Q(theme=theme) | Q(factors__overlap=list(factors))


def _factors_of(key: str) -> tuple[str, ...]:
    return next((theme.factors for theme in themes() if theme.key == key), ())
