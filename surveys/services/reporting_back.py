"""Reporting back: writing a round's report, publishing an edition of it, and taking it away again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.errors import InvalidTransition, SurveysError
from surveys.models import ReportEdition, RoundReport, SurveyRound
from surveys.reporting_back.content import Content, FindingTold
from surveys.reporting_back.evidence import evidence_of, evidence_to_keep
from surveys.states import RoundState


def report_begun(*, survey_round: SurveyRound) -> Content:
    """What a report begins with: the strongest findings in the words of the results. Stores nothing."""
    strongest: dict[str, dict[str, str]] = {}
    for lang in ("sv", "en"):
        offered = evidence_of(survey_round, lang)
        for key in offered.to_begin_with:
            strongest.setdefault(key, {})[lang] = offered.all[key].sentence
    return Content(findings=tuple(FindingTold(key, words) for key, words in strongest.items()))


@transaction.atomic
def report_save(*, survey_round: SurveyRound, content: Content, by: User) -> RoundReport:
    """Keep the working copy. Raises SurveysError before there are results to report on."""
    if survey_round.tabulated_at is None:
        raise SurveysError(_("There is nothing to report on until the results are made."))
    report, is_new = RoundReport.in_scope().get_or_create(round=survey_round)
    report.content, report.edited_by = content.to_json(), by
    report.save()
    if is_new:
        record("round_report.begun", target=report, by=by)
    return report


def refusal_to_publish(survey_round: SurveyRound, content: Content) -> str:
    """Why a report can't be published as it stands; nothing where it can."""
    if survey_round.state != RoundState.PUBLISHED:
        return _("Make the results of the round public first. Then you can publish what came of them.")
    if not content.findings:
        return _("Choose at least one finding: that is what young people said.")
    if any(not one.words.get("sv", "").strip() for one in content.findings):
        return _("Write in your own words what each finding says.")
    if not content.promise.text.get("sv", "").strip() or not content.promise.due_on:
        return _("Promise something, with a date. It can be when you tell more.")
    return ""


@transaction.atomic
def report_publish(*, survey_round: SurveyRound, what_is_new: dict[str, str], by: User) -> ReportEdition:
    """Let anyone read the report as it stands now. Figures are taken anew from what is public of the round.

    The second time and later, `what_is_new` tells readers what has changed. Raises SurveysError.
    """
    # Locked: of two who publish at once, the second makes the next edition.
    locked = SurveyRound.objects.own().select_for_update(of=("self",), no_key=True).get(pk=survey_round.pk)
    content = Content.from_json(RoundReport.in_scope().get(round=locked).content)
    if refusal := refusal_to_publish(locked, content):
        raise SurveysError(refusal)
    editions = ReportEdition.objects.own().filter(round=locked)
    last = editions.aggregate(last=Max("number"))["last"] or 0
    if last and not what_is_new.get("sv", "").strip():
        raise SurveysError(_("Say in a line what is new, for those who have read it before."))
    edition = ReportEdition(
        round=locked,
        number=last + 1,
        content=content.to_json(),
        evidence=evidence_to_keep(locked, [one.key for one in content.findings]),
        what_is_new=what_is_new if last else {},
        audience_id=PUBLIC_AUDIENCE,
        published_at=timezone.now(),
        published_by=by,
    )
    edition.save()
    record("round_report.published", target=edition, by=by, edition=edition.number)
    return edition


@transaction.atomic
def report_withdraw(*, survey_round: SurveyRound, by: User) -> None:
    """Take the report away from the public, all editions of it. Raises InvalidTransition where none is public."""
    withdrawn = (
        ReportEdition.objects.own()
        .filter(round=survey_round, withdrawn_at=None)
        .update(withdrawn_at=timezone.now(), withdrawn_by=by, audience_id=F("tenant"))
    )
    if not withdrawn:
        raise InvalidTransition(_("Nothing of this report is public."))
    record("round_report.withdrawn", target=survey_round, by=by, editions=withdrawn)
