"""Jobs about accounts."""

from accounts.emails import invitation_mail
from accounts.models import Invitation
from accounts.services.invitations import invitation_issue_token
from portal.jobs.running import JobContext, job_task


@job_task("accounts.invitation_mail")
def send_invitation(job: JobContext, *, invitation_id: str) -> None:
    """Write and send one invitation; nothing is sent when it was answered or withdrawn meanwhile.

    The token is stored before the mail leaves: a mail whose link does not work would be worse than two mails.
    """
    with job.transaction():
        invitation = (
            Invitation.objects.select_related("tenant", "invited_by")
            .filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
            .first()
        )
        token = invitation_issue_token(invitation=invitation) if invitation is not None else ""
    if invitation is not None:
        invitation_mail(invitation, token).send()
