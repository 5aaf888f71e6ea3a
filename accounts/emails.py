"""Mails about accounts, written by jobs."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Invitation


def invitation_mail(invitation: Invitation, token: str) -> EmailMessage:
    """The mail with the link that works once."""
    with translation.override(settings.LANGUAGE_CODE):
        address = reverse("invitation-accept", kwargs={"tenant_slug": invitation.tenant.slug, "token": token})
        body = render_to_string(
            "accounts/mail/invitation.txt",
            {"invitation": invitation, "link": settings.BASE_URL + address},
        )
        subject = _("You are invited to Växtkraft in %(tenant)s") % {"tenant": invitation.tenant.name}
    return EmailMessage(subject=subject, body=body, to=[invitation.email])
