"""Where mail goes in the demo."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from portal.mail.models import DemoMail


class DemoInbox(BaseEmailBackend):
    """Keeps each mail in the database, to be read at the demo's mail page. Nothing leaves the machine."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            DemoMail.objects.create(
                recipients=", ".join(message.recipients()), subject=str(message.subject), body=str(message.body)
            )
        return len(email_messages)
