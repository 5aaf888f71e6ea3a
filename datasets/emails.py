"""Mails about data sets, written by jobs."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.models import LedgerAlarm


def ledger_alarm_mail(alarm: LedgerAlarm, to: User) -> EmailMessage:
    """Says that there is something to look at, and where; never which cells."""
    with translation.override(settings.LANGUAGE_CODE):
        address = reverse("dataset-detail", args=[alarm.tenant.slug, alarm.dataset_id])
        context = {"alarm": alarm, "name": to.name, "link": settings.BASE_URL + address}
        body = render_to_string("datasets/mail/ledger_alarm.txt", context)
        subject = _("Look at what has been published of %(title)s") % {"title": alarm.dataset.title}
    return EmailMessage(subject=subject, body=body, to=[to.email])
