"""The idea bank: put in, changed, shared, withdrawn; and what came out where somebody tried."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.reach import Reach, audience_of
from dialogues.errors import DialogueError
from dialogues.models import Idea, IdeaTrial
from portal.audit.recording import record
from portal.tenancy.scope import current


@transaction.atomic
def idea_add(*, by: User, **described: Any) -> Idea:
    """Put an idea into the bank, for its own people to see until it is shared."""
    idea: Idea = Idea.objects.create(created_by=by, **described)
    record("idea.added", target=idea, by=by)
    return idea


@transaction.atomic
def idea_change(*, idea: Idea, by: User, **described: Any) -> None:
    """Change the words of an idea; those who were given a share read the new ones."""
    Idea.objects.own().filter(pk=idea.pk).update(**described)
    record("idea.changed", target=idea, by=by)


@transaction.atomic
def idea_share(*, idea: Idea, reach: Reach, by: User) -> None:
    """Let an idea be read by more, or by fewer."""
    audience_id = audience_of(Tenant.objects.get(pk=current()), reach)
    Idea.objects.own().filter(pk=idea.pk).update(audience_id=audience_id)
    record("idea.shared", target=idea, by=by, reach=str(reach))


@transaction.atomic
def idea_withdraw(*, idea: Idea, by: User) -> None:
    """Take an idea out of the bank."""
    Idea.objects.own().filter(pk=idea.pk).update(withdrawn_at=timezone.now())
    record("idea.withdrawn", target=idea, by=by)


@transaction.atomic
def trial_tell(
    *, idea: Idea | None, method: str, outcome: str, text: str, reach: Reach, by: User
) -> IdeaTrial:  # fmt: skip
    """Tell what came out where we tried it. Raises DialogueError without words."""
    if not text.strip():
        raise DialogueError(_("Write what came out of it."))
    trial: IdeaTrial = IdeaTrial.objects.create(
        idea=idea,
        method="" if idea is not None else method,
        outcome=outcome,
        text=text.strip()[:2000],
        audience_id=audience_of(Tenant.objects.get(pk=current()), reach),
        created_by=by,
    )
    record("idea.tried", target=trial, by=by, reach=str(reach))
    return trial


@transaction.atomic
def trial_remove(*, trial: IdeaTrial, by: User) -> None:
    """Take back what was told."""
    record("idea.trial_removed", target=trial, by=by)
    IdeaTrial.objects.own().filter(pk=trial.pk).delete()
