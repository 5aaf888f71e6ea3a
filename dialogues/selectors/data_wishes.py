"""Wishes for data, from all dialogues: those that nobody has answered, and what came of the others."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Membership
from datasets.models import Dataset
from datasets.selectors import DatasetSearch, datasets_for, may_read, near
from dialogues.models import DataWishAnswer, Dialogue, Note

MOST_CHOICES = 200


def data_wishes() -> QuerySet[Note]:
    """Every wish for data of a dialogue that has begun, each with its dialogue."""
    begun = (Dialogue.State.ONGOING, Dialogue.State.HELD)
    found = Note.in_scope().filter(kind=Note.Kind.DATA_WISH, is_removed=False, dialogue__state__in=begun)
    return found.select_related("dialogue", "shared_wish")


def open_data_wishes(theme: str = "") -> QuerySet[Note]:
    """Those without an answer: what most agree with first, then the newest dialogue's."""
    found = data_wishes().filter(wish_answer=None)
    found = found.filter(dialogue__theme=theme) if theme else found
    return found.order_by("-agreed", "-dialogue__began_at", "number")


def answered_data_wishes() -> QuerySet[DataWishAnswer]:
    """What came of the others, newest first."""
    found: QuerySet[DataWishAnswer] = DataWishAnswer.in_scope().select_related("note__dialogue", "dataset")
    return found.order_by("-answered_at")


def datasets_to_point_at(membership: Membership) -> QuerySet[Dataset]:
    """The data sets that can answer a wish: those that the person may read, the newest registered first."""
    seen = datasets_for(DatasetSearch(near=near(membership.tenant))).order_by("-created_at")[:MOST_CHOICES]
    readable = [one.pk for one in seen if may_read(membership, one)]
    return Dataset.objects.filter(pk__in=readable).order_by("-created_at")
