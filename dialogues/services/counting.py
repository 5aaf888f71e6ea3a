"""What a region is told of a municipality's dialogues: counts, made by the municipality's own job."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.reach import Reach, audience_of
from datasets.voice_check import names_person
from dialogues.errors import DialogueError
from dialogues.models import Activity, Dialogue, DialogueCounts, NextStep, Note, SharedWish
from dialogues.selectors.data_wishes import open_data_wishes
from portal.audit.recording import record
from portal.tenancy.scope import current

NO_THEME = "other"


def dialogues_count() -> DialogueCounts | None:
    """Count anew, in the tenant's scope, what its region may read; nothing for a region itself."""
    tenant = Tenant.objects.get(pk=current())
    if tenant.is_region:
        return None
    held = Dialogue.in_scope().filter(state=Dialogue.State.HELD).order_by()
    by_theme: dict[str, dict[str, int]] = {}
    for theme, n in held.values_list("theme").annotate(n=Count("pk")):
        _of(by_theme, theme)["held"] = n
    steps = NextStep.in_scope().exclude(state=NextStep.State.DROPPED).order_by()
    done = Count("pk", filter=Q(state=NextStep.State.DONE))
    for theme, n, kept in steps.values_list("dialogue__theme").annotate(n=Count("pk"), done=done):
        _of(by_theme, theme).update(steps=n, steps_done=kept)
    for theme, n in open_data_wishes().order_by().values_list("dialogue__theme").annotate(n=Count("pk")):
        _of(by_theme, theme)["wishes"] = n
    over = (Activity.State.DONE, Activity.State.DROPPED)
    told = {
        "planned": Dialogue.in_scope().filter(state=Dialogue.State.PLANNED).count(),
        "by_theme": by_theme,
        "activities": Activity.in_scope().exclude(state__in=over).count(),
        "counted_at": timezone.now(),
        "audience_id": tenant.region.pk,
    }
    known = DialogueCounts.objects.own().first()
    if known is None:
        counts: DialogueCounts = DialogueCounts.objects.create(**told)
        return counts
    DialogueCounts.objects.own().filter(pk=known.pk).update(**told)
    known.refresh_from_db()
    return known


def _of(by_theme: dict[str, dict[str, int]], theme: str) -> dict[str, int]:
    empty = {"held": 0, "steps": 0, "steps_done": 0, "wishes": 0}
    return by_theme.setdefault(theme or NO_THEME, empty)


@transaction.atomic
def wish_share(*, note: Note, text: str, by: User) -> SharedWish:
    """Show a wish, in words chosen for it, to the region and its municipalities.

    Raises DialogueError for words that look like a person, and for one that is shared already.
    """
    text = text.strip()[:500]
    if not text or names_person(text):
        raise DialogueError(_("This looks like a person. Write of the group instead."))
    Note.in_scope().select_for_update().get(pk=note.pk)
    if SharedWish.objects.own().filter(note=note).exists():
        raise DialogueError(_("The wish is shared already."))
    audience_id = audience_of(Tenant.objects.get(pk=current()), Reach.MEMBERS)
    wish: SharedWish = SharedWish.objects.create(
        note=note, text=text, theme=note.dialogue.theme, audience_id=audience_id
    )
    record("data_wish.shared", target=wish, by=by)
    return wish


def totals_of(rows: list[DialogueCounts]) -> dict[str, Any]:
    """The counts of several municipalities together, and by theme; how many wait for data within each."""
    themes: dict[str, dict[str, int]] = {}
    for row in rows:
        for theme, counts in row.by_theme.items():
            total = themes.setdefault(
                theme, {"held": 0, "steps": 0, "steps_done": 0, "wishes": 0, "municipalities": 0, "wishing": 0}
            )
            for name in ("held", "steps", "steps_done", "wishes"):
                total[name] += counts.get(name, 0)
            total["municipalities"] += bool(counts.get("held"))
            total["wishing"] += bool(counts.get("wishes"))
    sums = {name: sum(one[name] for one in themes.values()) for name in ("held", "steps", "steps_done", "wishes")}
    return {"themes": themes, **sums}
