"""Mails about next steps and invitations, written by jobs."""

from __future__ import annotations

from email.utils import parseaddr
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from dialogues.content import principles
from dialogues.models import DataWishAnswer, Dialogue, NextStep, Participant, TakenBack
from dialogues.recording.content import Record
from dialogues.wording import booked_in_words
from portal.files.calendar import Answer, Meeting, Method, Person, calendar_file


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
        subject = _one_line(words % {"step": step.text[:80]})
    return EmailMessage(subject=subject, body=body, to=[address])


def invitation_mail(participant: Participant, grant: str, *, is_reminder: bool) -> EmailMultiAlternatives:
    """The invitation with its calendar entry, or what has changed of it; a reminder has no entry.

    Whoever answers the mail itself writes to the facilitator.
    """
    dialogue = participant.dialogue
    is_cancelled = dialogue.state == Dialogue.State.CANCELLED
    is_change = participant.mailed_as is not None
    kind = "cancelled" if is_cancelled else "reminder" if is_reminder else "change" if is_change else "new"
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            "new": _("Invitation: %(title)s"),
            "change": _("Changed: %(title)s"),
            "cancelled": _("Cancelled: %(title)s"),
            "reminder": _("Soon: %(title)s"),
        }
        context = {
            "participant": participant,
            "dialogue": dialogue,
            "when": booked_in_words(dialogue),
            "link": settings.BASE_URL + reverse("invitation-by-mail", args=[grant]),
            "principles": principles(),
            "kind": kind,
        }
        message = EmailMultiAlternatives(
            subject=_one_line(words[kind] % {"title": dialogue.title}),
            body=render_to_string("dialogues/mail/invitation.txt", context),
            to=[participant.email],
            reply_to=[dialogue.facilitator.email] if dialogue.facilitator else [],
        )
        if not is_reminder:
            method = Method.CANCEL if is_cancelled else Method.REQUEST
            invited = Person(participant.name or participant.role, participant.email)
            answer = Answer[participant.answer.upper() or "NONE"]
            meeting = _meeting(dialogue, invited, number=dialogue.calendar_number, answer=answer)
            _attach(message, meeting, method)
    return message


def taken_back_mail(row: TakenBack) -> EmailMultiAlternatives:
    """To somebody who is no longer on the list: they need not come, and the entry leaves their calendar."""
    dialogue = row.dialogue
    with translation.override(settings.LANGUAGE_CODE):
        context = {"name": row.name, "title": dialogue.title, "when": booked_in_words(dialogue)}
        message = EmailMultiAlternatives(
            subject=_one_line(_("No longer invited: %(title)s") % {"title": dialogue.title}),
            body=render_to_string("dialogues/mail/taken_back.txt", context),
            to=[row.email],
            reply_to=[dialogue.facilitator.email] if dialogue.facilitator else [],
        )
        meeting = _meeting(dialogue, Person(row.name, row.email), number=row.number, answer=Answer.NONE)
        _attach(message, meeting, Method.CANCEL)
    return message


def _attach(message: EmailMultiAlternatives, meeting: Meeting, method: Method) -> None:
    """The entry, as mail programs find it."""
    message.attach_alternative(calendar_file(meeting, method).decode(), f"text/calendar; method={method.value}")


def record_mail(participant: Participant, grant: str, *, is_draft: bool, said: Record) -> EmailMessage:
    """A draft to comment on, or the final record with its next steps. Answers go to the facilitator."""
    dialogue = participant.dialogue
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "name": participant.name,
            "title": said.title,
            "link": settings.BASE_URL + reverse("record-by-mail", args=[grant]),
            "is_draft": is_draft,
            "steps": said.steps,
        }
        words = _("Draft of the record: %(title)s") if is_draft else _("The record: %(title)s")
        return EmailMessage(
            subject=_one_line(words % {"title": said.title}),
            body=render_to_string("dialogues/mail/record.txt", context),
            to=[participant.email],
            reply_to=[dialogue.facilitator.email] if dialogue.facilitator else [],
        )


def _meeting(dialogue: Dialogue, invited: Person, *, number: int, answer: Answer) -> Meeting:
    """The dialogue as a calendar keeps it. No link to answer by: calendars are shared with others."""
    assert dialogue.starts_at is not None
    portal = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    leader = dialogue.facilitator.name if dialogue.facilitator else dialogue.tenant.name
    expect = _("We look at a few charts together and talk. You need not prepare anything.")
    kept = [principle.title["sv"] for principle in principles()]
    return Meeting(
        # Not the dialogue's own number: that one stands in addresses of the portal.
        key=f"{uuid5(NAMESPACE_URL, f'dialogue:{dialogue.pk}')}@{portal.partition('@')[2] or 'vaxtkraft'}",
        number=number,
        title=dialogue.title,
        starts_at=dialogue.starts_at,
        minutes=dialogue.minutes,
        place=dialogue.place,
        text="\n".join([expect, "", *(f"- {line}" for line in kept)]),
        organiser=Person(leader, portal),
        invited=invited,
        answer=answer,
        made_at=timezone.now(),
    )


def wish_mail(answer: DataWishAnswer, leader: User) -> EmailMessage:
    """To who led the dialogue: a wish for data is answered, by which data set."""
    with translation.override(settings.LANGUAGE_CODE):
        slug = answer.tenant.slug
        inside = (
            reverse("dataset-detail", args=[slug, answer.dataset_id])
            if answer.dataset
            else reverse("data-wish-list", args=[slug])
        )
        context = {"answer": answer, "name": leader.name, "link": f"{settings.BASE_URL}{inside}"}
        body = render_to_string("dialogues/mail/wish.txt", context)
        subject = _one_line(_("A data wish is answered: %(wish)s") % {"wish": answer.note.text[:80]})
    return EmailMessage(subject=subject, body=body, to=[leader.email])


def _one_line(words: str) -> str:
    """A line of its own in the head of a mail: nothing that a person wrote may begin another."""
    return " ".join(words.split())
