"""Activities: found, counted by kind, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from accounts.models import Department, Membership, User
from accounts.models.membership import Role
from accounts.sorting import swedish_sort_key
from datasets.models import Chart, Dataset
from datasets.selectors import DatasetSearch, charts_for, datasets_for, may_read, near, with_releases
from dialogues.models import Activity, NextStep, Note

SORTS: dict[str, tuple[Any, ...]] = {
    "newest": ("-changed_at", "pk"),
    "start": (F("starts_on").asc(nulls_last=True), "pk"),
    "end": (F("ends_on").asc(nulls_last=True), "pk"),
}
OVER = (Activity.State.DONE, Activity.State.DROPPED)
MOST_CHOICES = 60


@dataclass(frozen=True)
class ActivitySearch:
    """What somebody looks for. `state` is a state, empty for all that is not over, or "all"."""

    words: str = ""
    state: str = ""
    kind: str = ""
    theme: str = ""
    factor: str = ""
    department: Department | None = None
    responsible: User | None = None
    sort: str = "newest"


def activities_for(search: ActivitySearch) -> QuerySet[Activity]:
    """The tenant's activities that a search finds, in its order."""
    found = Activity.in_scope().select_related("department", "responsible")
    if search.state in Activity.State.values:
        found = found.filter(state=search.state)
    elif search.state != "all":
        found = found.exclude(state__in=OVER)
    for word in search.words.split()[:8]:
        found = found.filter(
            Q(title__icontains=word) | Q(goal__icontains=word) | Q(for_whom__icontains=word)
            | Q(what_is_done__icontains=word) | Q(effect__icontains=word)
        )  # fmt: skip
    if search.factor:
        found = found.filter(factors__contains=[search.factor])
    for name in ("kind", "theme", "department", "responsible"):
        if value := getattr(search, name):
            found = found.filter(**{name: value})
    return found.order_by(*SORTS.get(search.sort, SORTS["newest"]))


def kinds_counted(found: QuerySet[Activity]) -> dict[str, int]:
    """How many of some activities are of each kind; the empty key for those that nobody has said it of."""
    return {row["kind"]: row["n"] for row in found.order_by().values("kind").annotate(n=Count("pk"))}


def activities_about(factor: str) -> QuerySet[Activity]:
    """What is done, or was done, that is meant to strengthen a factor; what goes on first."""
    found = Activity.in_scope().filter(factors__contains=[factor]).exclude(state=Activity.State.DROPPED)
    return found.order_by("-state", "-changed_at")


def activities_to_choose() -> QuerySet[Activity]:
    """What can be told to young people: all that is not dropped, the latest change first."""
    return Activity.in_scope().exclude(state=Activity.State.DROPPED).order_by("-changed_at")


def ideas_in_dialogues(limit: int = 12) -> QuerySet[Note]:
    """Ideas of held dialogues that nobody has made anything of yet: those that most agree with first."""
    found = Note.in_scope().filter(kind=Note.Kind.IDEA, is_removed=False, dialogue__state="held", activities=None)
    return found.select_related("dialogue").order_by("-agreed", "-dialogue__held_at", "number")[:limit]


def note_for_activity(key: UUID) -> Note | None:
    """A note that an activity can be made of."""
    return Note.in_scope().filter(pk=key, is_removed=False).select_related("dialogue").first()


def step_for_activity(key: UUID) -> NextStep | None:
    """A next step that an activity can be made of."""
    return NextStep.in_scope().filter(pk=key).select_related("dialogue", "owner").first()


def members() -> QuerySet[User]:
    """Who can answer for something here: those with a role other than guest's."""
    ours = Membership.in_scope().filter(is_active=True).exclude(role=Role.GUEST).values("user")
    return User.objects.filter(pk__in=ours, is_active=True).order_by("name")


def followable(activity: Activity, membership: Membership) -> tuple[list[Chart], list[Dataset]]:
    """Saved charts and data sets that are fit to follow an activity and that the person may read.

    Those about the activity's factors come first.
    """
    fit = Q(fit_for__overlap=[Dataset.FitFor.MEASURE, Dataset.FitFor.FOLLOW_UP])
    seen = with_releases(datasets_for(DatasetSearch(near=near(membership.tenant)))).filter(fit)
    about = set(activity.factors)
    datasets = sorted(
        (one for one in seen[:500] if may_read(membership, one)),
        key=lambda one: (not about & set(one.factors), swedish_sort_key(one.title)),
    )
    readable = {one.pk for one in datasets}
    charts = [one for one in charts_for().filter(tenant=membership.tenant)[:200] if one.dataset_id in readable]
    return charts[:MOST_CHOICES], datasets[:MOST_CHOICES]
