"""What a decision to delete takes with it: every word of a dialogue, and everybody in it. Counts stay."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from datasets.cubes import pick
from dialogues.content import find_theme
from dialogues.models import (
    Attendance,
    Cluster,
    DataWishAnswer,
    Dialogue,
    DialogueUserObjectPermission,
    NextStep,
    Note,
    Participant,
    RecordComment,
    RecordDraft,
    RecordVersion,
    Slide,
    TakenBack,
)

DELETED = (
    RecordVersion,
    RecordDraft,
    RecordComment,
    Attendance,
    TakenBack,
    Participant,
    Cluster,
)
"""What has no meaning without its words. Files go with their version or draft."""

UNFINISHED = (NextStep.State.OPEN, NextStep.State.STUCK)


def dialogue_forget(*, dialogue: Dialogue, now: datetime) -> None:
    """Delete, in a transaction and the tenant's scope, what was written in a dialogue and who was in it.

    The dialogue stays as a day, a theme and its charts, with counts of what came of it: steps that were done
    count as done, those that were not are dropped. Activities are the municipality's own and stay, as does a wish
    that was shared with the region in words of its own.
    """
    for kind in DELETED:
        kind.in_scope().filter(dialogue=dialogue).delete()
    DialogueUserObjectPermission.objects.filter(content_object=dialogue).delete()
    DataWishAnswer.in_scope().filter(note__dialogue=dialogue).delete()
    Note.in_scope().filter(dialogue=dialogue).update(text="", voice="", is_removed=True)
    steps = NextStep.in_scope().filter(dialogue=dialogue)
    steps.filter(state__in=UNFINISHED).update(state=NextStep.State.DROPPED, finished_at=now)
    steps.update(text="", line="", owner=None, owner_name="", owner_email="", finished_by=None)
    slides = Slide.in_scope().filter(dialogue=dialogue)
    slides.filter(~Q(kind=Slide.Kind.CHART)).delete()
    slides.update(heading="", text="", source="", url="", looking_at="")
    theme = find_theme(dialogue.theme)
    Dialogue.in_scope().filter(pk=dialogue.pk).update(
        title=pick(theme.title, "sv") if theme else _("Dialogue"),
        aim="",
        place="",
        takeaway="",
        agenda=[],
        facilitator=None,
        created_by=None,
    )
