"""Telling a municipality by mail that its region asks it to take part in a round."""

from __future__ import annotations

from uuid import UUID

from accounts.models import Membership, User
from portal.jobs.running import JobContext
from surveys.emails import joint_invitation_mail
from surveys.models import JointInvitation
from surveys.states import JointState

ANSWERABLE = ("coordinator", "municipality_admin")
"""Who may say yes or no for a municipality."""


def joint_invitation_tell(job: JobContext, *, joint_invitation_id: str) -> None:
    """Write to those who may answer, in the municipality's scope; to nobody where it was taken back meanwhile."""
    with job.transaction():
        invitation = (
            JointInvitation.objects.filter(pk=UUID(joint_invitation_id), state=JointState.INVITED)
            .select_related("tenant", "municipality")
            .first()
        )
        people = _answerable() if invitation else []
    for person in people:
        if invitation is not None:
            joint_invitation_mail(invitation, person).send()


def _answerable() -> list[User]:
    members = Membership.in_scope().filter(role__in=ANSWERABLE, is_active=True, user__is_active=True)
    return [member.user for member in members.select_related("user")]
