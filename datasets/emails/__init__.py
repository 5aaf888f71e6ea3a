"""Mails about data sets, written by jobs."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from datasets.addresses import file_page
from datasets.models import Approval, LedgerAlarm

_APPROVALS = {
    Approval.State.APPROVED: ("given", gettext_lazy("Your release is approved")),
    Approval.State.SENT_BACK: ("sent_back", gettext_lazy("Your release was sent back")),
    Approval.State.TAKEN_BACK: ("ended", gettext_lazy("A release was not approved in time")),
}
"""Which mail tells of what was decided."""
_ASKED = ("asked", gettext_lazy("Sensitive data waits for your word"))
_REMINDS = ("reminder", gettext_lazy("Sensitive data still waits for your word"))


def approval_mail(approval: Approval, to: User, *, reminds: bool = False) -> EmailMessage:
    """Says that a release waits for a word, or that one was given, and where; never what the file is called."""
    asked = _REMINDS if reminds else _ASKED
    kind, subject = _APPROVALS.get(Approval.State(approval.state), asked)
    page, about = (file_page(approval.upload), approval.upload_id)
    if approval.state == Approval.State.WAITING:
        page, about = "approval-detail", approval.pk
    with translation.override(settings.LANGUAGE_CODE):
        address = reverse(page, args=[approval.tenant.slug, about])
        context = {"name": to.name, "tenant": approval.tenant.name, "link": settings.BASE_URL + address}
        body = render_to_string(f"datasets/mail/approval_{kind}.txt", context)
        return EmailMessage(subject=str(subject), body=body, to=[to.email])


def ledger_alarm_mail(alarm: LedgerAlarm, to: User) -> EmailMessage:
    """Says that there is something to look at, and where; never which cells."""
    with translation.override(settings.LANGUAGE_CODE):
        address = reverse("dataset-detail", args=[alarm.tenant.slug, alarm.dataset_id])
        context = {"alarm": alarm, "name": to.name, "link": settings.BASE_URL + address}
        body = render_to_string("datasets/mail/ledger_alarm.txt", context)
        subject = _("Look at what has been published of %(title)s") % {"title": alarm.dataset.title}
    return EmailMessage(subject=subject, body=body, to=[to.email])
