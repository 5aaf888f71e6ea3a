"""Free texts on their way to being shown: laid out by the worker, read by one person or two, made a voice."""

from __future__ import annotations

from collections import Counter
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Tenant, User
from datasets.cubes import pick
from datasets.models import Voice
from datasets.services.voices import has_other_reviewer, voice_register, voice_send
from datasets.voice_check import check_words
from portal.audit.recording import record
from portal.tenancy.scope import current
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import ReadText, SurveyRound
from surveys.models.free_text import FreeText
from surveys.questionnaire import OWN_WORDS, Questionnaire
from surveys.results.hiding import is_hiding, tidy
from surveys.states import TEXT_TRANSITIONS, TextState


def texts_lay_out(survey_round: SurveyRound) -> int:
    """Let reviewers read the texts of each question that at least k people wrote to; give how many.

    Others are read by nobody. They are shuffled once more, and laid out once. For the worker.
    """
    if ReadText.in_scope().filter(round=survey_round).exists():
        return 0
    found = list(FreeText.objects.filter(round=survey_round).values_list("question", "text"))
    written = Counter(question for question, _text in found)
    enough = int(survey_round.rule["threshold"])
    SystemRandom().shuffle(found)
    laid = [
        ReadText(tenant_id=current(), round=survey_round, question=question, text=text, shown=text)
        for question, text in found
        if written[question] >= enough
    ]
    ReadText.objects.bulk_create(laid, 1000)
    return len(laid)


@transaction.atomic
def text_approve(*, text_id: UUID | None, survey_round: SurveyRound, shown: str, by: User) -> ReadText:
    """Say yes to a text, less what is hidden; a second person's yes follows where the tenant asks for that.

    Raises SurveysError for words that were put in, and for what still tells who somebody is; InvalidTransition
    where it was decided already, or by the same person.
    """
    text = _locked(text_id, survey_round)
    kept = tidy(shown)
    if not is_hiding(text.text, kept):
        raise SurveysError(_("Only hide words: write […] in their place, and leave the others as they are."))
    if stops := check_words(kept).stops:
        raise SurveysError(_("There is %(what)s left. Hide it, or leave the text out.") % {"what": stops[0]})
    needs_second = Tenant.objects.get(pk=current()).needs_second_person and has_other_reviewer(by)
    if text.state == TextState.WAITING and needs_second:
        return _move(text, TextState.ONE_YES, by, shown=kept, first_by=by)
    if text.state == TextState.ONE_YES and text.first_by_id == by.pk and needs_second:
        raise InvalidTransition(_("You have read this text. Somebody else reads it too."))
    if text.state == TextState.ONE_YES and text.first_by_id != by.pk:
        return _move(text, TextState.APPROVED, by, shown=kept, second_by=by)
    return _move(text, TextState.APPROVED, by, shown=kept, first_by=by)


@transaction.atomic
def text_reject(*, text_id: UUID | None, survey_round: SurveyRound, by: User) -> ReadText:
    """Leave a text out for good, also one that was shown: its words are erased here. Raises InvalidTransition."""
    return _move(_locked(text_id, survey_round), TextState.REJECTED, by, text="", shown="")


@transaction.atomic
def text_to_voice(*, text_id: UUID | None, survey_round: SurveyRound, by: User) -> Voice:
    """Make a voice of a text that is shown; a second person reads it as every voice. Raises SurveysError."""
    text = _locked(text_id, survey_round)
    if text.state != TextState.APPROVED or text.voice_id is not None:
        raise SurveysError(_("Only a text that is shown, and is no voice yet, can become one."))
    ended = survey_round.closed_at
    voice = voice_register(
        by=by,
        is_vouched_for=True,
        text=text.shown,
        kind=Voice.Kind.QUOTE,
        method=Voice.Method.FREE_TEXT,
        year=ended.year if ended else survey_round.created_at.year,
        source=survey_round.title,
        is_synthetic=survey_round.tenant.is_demo,
    )
    voice_send(voice=voice, by=by)
    ReadText.in_scope().filter(pk=text.pk).update(voice=voice)
    return voice


def shown_texts(survey_round: SurveyRound, lang: str) -> list[dict[str, Any]]:
    """What is shown of a round's texts, by question; nothing of who wrote or read them."""
    approved = ReadText.in_scope().filter(round=survey_round, state=TextState.APPROVED)
    found: dict[str, list[str]] = {}
    for question, text in approved.values_list("question", "shown"):
        found.setdefault(question, []).append(text)
    return [
        {"question": asked_of(survey_round.version.content, code, lang), "texts": texts}
        for code, texts in found.items()
    ]


def asked_of(questionnaire: Questionnaire, code: str, lang: str) -> str:
    """The question that texts were written to, in words; of a choice's own words the question that has it."""
    found = next((one for one in questionnaire if one.code == code.removesuffix(OWN_WORDS)), None)
    return pick(found.text, lang) if found is not None else code


def _locked(text_id: UUID | None, survey_round: SurveyRound) -> ReadText:
    found: ReadText | None = None
    if text_id is not None:
        found = ReadText.in_scope().select_for_update().filter(pk=text_id, round=survey_round).first()
    if found is None:
        raise SurveysError(_("This text is not here any more."))
    return found


def _move(found: ReadText, to: TextState, by: User, **changes: object) -> ReadText:
    """The text in its next state; it is locked. Which text a person decided on is told by its number alone."""
    if to not in TEXT_TRANSITIONS[TextState(found.state)]:
        raise InvalidTransition(_("Somebody has decided on this text already."))
    for name, value in {"state": to, **changes}.items():
        setattr(found, name, value)
    found.save(update_fields=["state", *changes])
    record("survey_text.read", target=found, by=by, decision=str(to))
    return found
