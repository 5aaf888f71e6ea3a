"""Inviting people by mail or letter: the list, the mailings that all get alike, and the letters.

The list knows people and no answers; what stands in it never meets one. A code is derived for each invitation when
it is written to somebody, and stored as a keyed hash in a table that names nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from portal.jobs.models import Job
from portal.jobs.outbox import enqueue
from portal.jobs.running import JobContext
from portal.tenancy.scope import current
from surveys.emails import invitation_mail, personal_link
from surveys.errors import SurveysError
from surveys.models import Channel, Invitation, InvitationList, PersonalCode, SurveyRound
from surveys.services.channels import channel_of_invited, letters_of_invited
from surveys.services.codes import BEFORE_OPENING
from surveys.states import RoundState, WayIn
from surveys.ways_in.people import Invited
from surveys.ways_in.signing import Signing, personal_hashes, signing_make, signing_open

MAIL = "surveys.mail_invitations"
MOST_INVITED = 20_000


@dataclass(frozen=True)
class Letter:
    """What one letter says to whom."""

    name: str
    address: str
    code: str


@transaction.atomic
def invitations_add(*, survey_round: SurveyRound, people: Sequence[Invited], by: User) -> int:
    """Put people on the list, each once, with a code that nobody has seen yet; give how many were new."""
    locked = SurveyRound.objects.own().select_for_update().get(pk=survey_round.pk)
    if locked.way_in != WayIn.CODES:
        raise SurveysError(_("Anyone may answer this round. Choose first that it is for those with a code."))
    if locked.state not in (*BEFORE_OPENING, RoundState.OPEN):
        raise SurveysError(_("The round has closed: nobody can be invited any more."))
    there = {_who(one) for one in Invitation.in_scope().filter(round=locked)}
    new = list({_who(one): one for one in people if _who(one) not in there}.values())
    if len(there) + len(new) > MOST_INVITED:
        raise SurveysError(_("A round can have %(most)s invited people.") % {"most": MOST_INVITED})
    signing = _signing_of(locked) or _make_signing(locked)
    added = Invitation.objects.bulk_create(
        Invitation(tenant_id=current(), round=locked, email=one.email, name=one.name, address=one.address)
        for one in new
    )
    hashes = [personal_hashes(locked.pk, signing.code_of(one.pk)[1:])[0] for one in added]
    # In an order of their own, so that the table of codes does not lie as the list does.
    secrets.SystemRandom().shuffle(hashes)
    PersonalCode.objects.bulk_create(
        PersonalCode(tenant_id=current(), round=locked, code_hash=code_hash) for code_hash in hashes
    )
    for kind, is_used in (
        (Channel.Kind.MAIL, any(one.email for one in new)),
        (Channel.Kind.LETTER, any(not one.email for one in new)),
    ):
        if is_used:
            channel_of_invited(survey_round=locked, kind=kind, by=by)
    record("survey_round.people_invited", target=locked, by=by, count=len(added))
    return len(added)


@transaction.atomic
def mailing_ask(*, survey_round: SurveyRound, by: User) -> Job:
    """Have the invitation mailed, or from the second time on a reminder: to everyone alike."""
    found = InvitationList.in_scope().select_for_update().filter(round=survey_round).first()
    invited = Invitation.in_scope().filter(round=survey_round).count()
    if found is None or invited < survey_round.rule["base"]:
        raise SurveysError(
            _("Invite at least %(least)s people first: among fewer nobody could be unknown.")
            % {"least": survey_round.rule["base"]}
        )
    if survey_round.state != RoundState.OPEN:
        raise SurveysError(_("Mail goes out when the round is open, so that the link works at once."))
    found.mailings += 1
    found.mailed_at = timezone.now()
    found.save(update_fields=["mailings", "mailed_at"])
    record("survey_round.invitations_mailed", target=survey_round, by=by, mailing=found.mailings)
    return enqueue(
        MAIL,
        subject=survey_round,
        by=by,
        title=survey_round.title,
        survey_round_id=survey_round.pk,
        mailing=str(found.mailings),
    )


def invitations_mail(job: JobContext, *, survey_round_id: str, mailing: int) -> None:
    """Send one mailing. One that is interrupted goes on where it was; nobody's address reaches a log."""
    with job.transaction():
        survey_round = SurveyRound.objects.own().select_related("version").get(pk=survey_round_id)
        signing = _signing_of(survey_round)
        waiting = Invitation.in_scope().filter(round=survey_round, mailings__lt=mailing).exclude(email="")
        letters = letters_of_invited(survey_round, Channel.Kind.MAIL)
        keys = list(waiting.values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(keys)
    for place, key in enumerate(keys):
        if signing is None:
            break
        job.progress(100 * place // len(keys), "Sending mail")
        with job.transaction():
            invitation = Invitation.in_scope().select_for_update().filter(pk=key, mailings__lt=mailing).first()
            if invitation is None:
                continue
            Invitation.in_scope().filter(pk=key).update(mailings=mailing)
            link = personal_link(survey_round, signing.code_of(key), letters)
            invitation_mail(survey_round, invitation.email, link, is_reminder=mailing > 1).send()
    with job.completing():
        pass


@transaction.atomic
def letters_make(*, survey_round: SurveyRound, by: User) -> list[Letter]:
    """Everyone who is to have a letter, with their code; once, in random order."""
    found = InvitationList.in_scope().select_for_update().filter(round=survey_round).first()
    people = list(Invitation.in_scope().filter(round=survey_round, email=""))
    if found is None or not people:
        raise SurveysError(_("Nobody on the list is to have a letter."))
    if found.letters_made_at is not None:
        raise SurveysError(_("The letters have been made already. They are given once."))
    found.letters_made_at = timezone.now()
    found.save(update_fields=["letters_made_at"])
    signing = signing_open(bytes(found.sealed))
    record("survey_round.letters_made", target=survey_round, by=by, count=len(people))
    secrets.SystemRandom().shuffle(people)
    return [Letter(one.name, one.address, signing.code_of(one.pk)) for one in people]


def _who(one: Invited | Invitation) -> tuple[str, str, str]:
    """What makes two entries the same person."""
    return one.email.casefold(), one.name.casefold(), one.address.casefold()


def _signing_of(survey_round: SurveyRound) -> Signing | None:
    found = InvitationList.in_scope().filter(round=survey_round).first()
    return signing_open(bytes(found.sealed)) if found else None


def _make_signing(survey_round: SurveyRound) -> Signing:
    signing, sealed, modulus = signing_make()
    InvitationList.objects.create(round=survey_round, sealed=sealed, modulus=modulus)
    return signing
