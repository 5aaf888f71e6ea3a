"""The mail about sources that fail or have changed, written by a job."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import User
from datasets.models import SourceSubscription
from datasets.wording.sources import trouble_in_words


def source_troubles_mail(subscriptions: Sequence[SourceSubscription], to: User) -> EmailMessage:
    """Says which sources fail or are held, since when and why, and where to look."""
    with translation.override(settings.LANGUAGE_CODE):
        told = [
            {
                "title": one.dataset.title if one.dataset else str(one),
                "since": one.held_at or one.failing_since,
                "is_held": one.held_at is not None,
                "why": trouble_in_words(one.trouble, one.trouble_params) if one.trouble else "",
            }
            for one in subscriptions
        ]
        link = settings.BASE_URL + reverse("source-list", args=[subscriptions[0].tenant.slug])
        body = render_to_string("datasets/mail/source_troubles.txt", {"told": told, "name": to.name, "link": link})
        subject = ngettext("A source needs a look", "%(count)s sources need a look", len(told)) % {
            "count": len(told)
        }
    return EmailMessage(subject=subject, body=body, to=[to.email])
