"""Mails about next steps, written by a job."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dialogues.models import NextStep


def step_mail(step: NextStep, address: str, name: str, grant: str, *, has_left: bool) -> EmailMessage:
    """What was promised, by when, and one click for how it goes. `has_left`: to who led the dialogue instead."""
    with translation.override(settings.LANGUAGE_CODE):
        own_page = reverse("next-step-by-mail", args=[grant])
        inside = reverse("next-step-update", args=[step.tenant.slug, step.pk])
        context = {
            "step": step,
            "name": name,
            "link": f"{settings.BASE_URL}{inside if has_left else own_page}",
            "is_reminder": step.mails > 1,
            "has_left": has_left,
        }
        body = render_to_string("dialogues/mail/step.txt", context)
        words = _("Without an owner: %(step)s") if has_left else _("Your next step: %(step)s")
        # A line of its own in the head of a mail: nothing that a person wrote may begin another.
        subject = " ".join((words % {"step": step.text[:80]}).split())
    return EmailMessage(subject=subject, body=body, to=[address])
