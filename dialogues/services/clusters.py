"""Grouping notes: what belongs together gets a name that the room gives it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.errors import DialogueError
from dialogues.models import Cluster, Dialogue, Note
from dialogues.room.live import changed
from dialogues.services.notes import next_change
from portal.audit.recording import record

MOST = 20
"""More groups than that sort nothing."""


@transaction.atomic
def cluster_make(*, dialogue: Dialogue, title: str, by: User) -> Cluster:
    """Begin a group, last in the order. Raises DialogueError without a name, or when there are very many."""
    title = _checked(title)
    next_change(dialogue)  # its row is the queue: two at once would take the same place
    groups = Cluster.in_scope().filter(dialogue=dialogue)
    known = groups.filter(title__iexact=title).first()
    if known is not None:
        return known
    if groups.count() >= MOST:
        raise DialogueError(_("There are %s groups already. Put the notes into one of them.") % MOST)
    last = groups.aggregate(last=Max("position"))["last"] or 0
    made: Cluster = Cluster.objects.create(dialogue=dialogue, title=title, position=last + 1)
    record("dialogue.cluster_made", target=dialogue, by=by)
    return made


@transaction.atomic
def notes_group(*, dialogue: Dialogue, note_ids: Collection[UUID], cluster: Cluster | None) -> int:
    """Put notes into a group, or with None out of theirs; give how many there were."""
    change = next_change(dialogue)
    notes = Note.in_scope().filter(dialogue=dialogue, pk__in=note_ids, is_removed=False)
    moved: int = notes.update(cluster=cluster, change=change)
    if moved:
        changed(dialogue)
    return moved


@transaction.atomic
def cluster_rename(*, cluster: Cluster, title: str) -> None:
    """Give a group another name."""
    Cluster.objects.filter(pk=cluster.pk).update(title=_checked(title))
    _tell(cluster)


@transaction.atomic
def cluster_raise(*, cluster: Cluster) -> None:
    """Move a group one place up."""
    next_change(cluster.dialogue)
    cluster.refresh_from_db()
    above = Cluster.in_scope().filter(dialogue=cluster.dialogue, position__lt=cluster.position)
    neighbour = above.order_by("-position").first()
    if neighbour is not None:
        Cluster.objects.filter(pk=neighbour.pk).update(position=cluster.position)
        Cluster.objects.filter(pk=cluster.pk).update(position=neighbour.position)


@transaction.atomic
def cluster_remove(*, cluster: Cluster, by: User) -> None:
    """Undo a group; its notes stay in the log."""
    _tell(cluster)
    record("dialogue.cluster_removed", target=cluster.dialogue, by=by)
    cluster.delete()


def _tell(cluster: Cluster) -> None:
    """Let open pages ask for the notes of a group once this is stored."""
    change = next_change(cluster.dialogue)
    if Note.in_scope().filter(cluster=cluster).update(change=change):
        changed(cluster.dialogue)


def _checked(title: str) -> str:
    title = " ".join(title.split())[:80]
    if not title:
        raise DialogueError(_("Give the group a name first."))
    return title
