"""Mails to those who are invited to answer, written by a job."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.cubes import pick
from surveys.models import JointInvitation, SurveyRound


def personal_link(survey_round: SurveyRound, code: str, letters: str = "") -> str:
    """The link that brings a code along behind a #, which no browser sends to any server.

    `letters` are those of a channel. They are the same for everyone who is invited alike.
    """
    way = ["survey-answer-channel", survey_round.public_code, letters] if letters else None
    name, *arguments = way or ["survey-answer", survey_round.public_code]
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}#{code}"


def invitation_mail(survey_round: SurveyRound, email: str, link: str, *, is_reminder: bool) -> EmailMessage:
    """The mail with a personal link. A reminder goes to all alike, and says so."""
    with translation.override(settings.LANGUAGE_CODE):
        title = pick(survey_round.version.content.title, settings.LANGUAGE_CODE)
        closes = timezone.localtime(survey_round.closes_at) if survey_round.closes_at else None
        body = render_to_string(
            "surveys/mail/invitation.txt",
            {
                "asker": survey_round.asker,
                "title": title,
                "minutes": survey_round.version.content.minutes,
                "closes": closes,
                "is_moved": is_reminder and survey_round.closing_moved_at is not None,
                "link": link,
                "code": link.partition("#")[2],
                "contact": survey_round.contact,
                "is_reminder": is_reminder,
            },
        )
        words = (
            _("A reminder to everyone who is invited: %(title)s") if is_reminder else _("We ask you: %(title)s")
        )
        subject = words % {"title": title}
    return EmailMessage(subject=subject, body=body, to=[email])


def joint_invitation_mail(invitation: JointInvitation, to: User) -> EmailMessage:
    """The mail with which a region asks a municipality to take part in a round."""
    with translation.override(settings.LANGUAGE_CODE):
        page = reverse("joint-part-detail", args=[invitation.municipality.slug, invitation.pk])
        body = render_to_string(
            "surveys/mail/joint_invitation.txt",
            {"invitation": invitation, "name": to.name, "link": f"{settings.BASE_URL}{page}"},
        )
        subject = _("%(region)s asks you to take part in a survey") % {"region": invitation.tenant.name}
    return EmailMessage(subject=subject, body=body, to=[to.email])


def notice_mail(user: User, tenant: Tenant, kinds: Sequence[str]) -> EmailMessage:
    """The mail about what waits in a tenant's surveys, in the person's language; it quotes and counts nothing."""
    start = f"{settings.BASE_URL}{reverse('start', args=[tenant.slug])}"
    choice = f"{settings.BASE_URL}{reverse('survey-notices', args=[tenant.slug])}"
    with translation.override(user.language):
        context = {"kinds": kinds, "tenant": tenant.name, "start": start, "choice": choice}
        body = render_to_string("surveys/mail/notice.txt", context)
        subject = _("Something waits for you in %(tenant)s's surveys") % {"tenant": tenant.name}
    return EmailMessage(subject=subject, body=body, to=[user.email])
