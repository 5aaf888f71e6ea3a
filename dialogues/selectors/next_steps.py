"""Next steps: which are open or hang, what came of a dialogue, and who may own one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When

from accounts.models import Membership, User
from accounts.models.membership import Role
from dialogues.models import Dialogue, NextStep, Participant
from dialogues.selectors.dialogues import dialogues_showing


def open_next_steps() -> QuerySet[NextStep]:
    """Every promise that is not kept yet, due first; `owner_has_left` where its owner no longer works here."""
    at_work = Membership.in_scope().filter(user=OuterRef("owner"), is_active=True, user__is_active=True)
    return (
        NextStep.in_scope()
        .filter(state__in=(NextStep.State.OPEN, NextStep.State.STUCK))
        .annotate(owner_has_left=Q(owner__isnull=False) & ~Exists(at_work))
        .select_related("dialogue", "department")
        .order_by(F("due_on").asc(nulls_last=True), "created_at")
    )


def hanging_next_steps(today: date) -> QuerySet[NextStep]:
    """The promises that are stuck, whose day has passed, or that nobody gets word of any more."""
    is_unheard = Q(owner_has_left=True) | Q(mail_failed=True)
    return open_next_steps().filter(Q(state=NextStep.State.STUCK) | Q(due_on__lt=today) | is_unheard)


def _promised() -> QuerySet[NextStep]:
    """Every next step that still has its words: a decision to delete takes them, and leaves a count."""
    found: QuerySet[NextStep] = NextStep.in_scope().exclude(text="")
    return found


def next_steps_from(dialogues: Iterable[Dialogue]) -> QuerySet[NextStep]:
    """What was promised in some dialogues and not dropped, due first."""
    found = _promised().filter(dialogue__in=[one.pk for one in dialogues])
    return found.exclude(state=NextStep.State.DROPPED).order_by(F("due_on").asc(nulls_last=True), "created_at")


def steps_of_dialogues_held(origin_ref: UUID) -> QuerySet[NextStep]:
    """What was decided and not dropped, in dialogues that showed a source first; of dialogues that have begun."""
    showing = dialogues_showing(origin_ref).values("pk")
    is_other = Case(When(dialogue__in=showing, then=0), default=1, output_field=IntegerField())
    found = _promised().exclude(state=NextStep.State.DROPPED)
    found = found.filter(dialogue__state__in=(Dialogue.State.ONGOING, Dialogue.State.HELD))
    return found.select_related("dialogue").order_by(is_other, F("due_on").asc(nulls_last=True), "created_at")


def next_steps_of(dialogue: Dialogue | UUID) -> QuerySet[NextStep]:
    """What was promised in a dialogue, due first."""
    steps = _promised().filter(dialogue=dialogue).select_related("department")
    return steps.order_by(F("due_on").asc(nulls_last=True), "created_at")


def possible_owners(dialogue: Dialogue, membership: Membership) -> QuerySet[User]:
    """Who can be named as the owner of a next step: the members; for a guest, those who take part."""
    taking_part = Q(pk__in=Participant.in_scope().filter(dialogue=dialogue).values("user")) | Q(
        pk=dialogue.facilitator_id
    )
    if membership.role == Role.GUEST:
        who = taking_part
    else:
        members = Membership.in_scope().filter(is_active=True).exclude(role=Role.GUEST)
        who = taking_part | Q(pk__in=members.values("user"))
    return User.objects.filter(who, is_active=True).order_by("name")


def possible_owners_outside(dialogue: Dialogue) -> QuerySet[Participant]:
    """Those on a dialogue's list who have a name and no account here: they hear of a step by mail."""
    return Participant.in_scope().filter(dialogue=dialogue, user=None).exclude(name="").order_by("name")
