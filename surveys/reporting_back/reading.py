"""A report as its readers meet it: one language, figures beside words, voices that may still be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import Tenant
from datasets.cubes import pick
from datasets.models import Voice
from portal.tenancy.scope import PUBLIC_AUDIENCE
from surveys.models import Proposal, ReportEdition, RoundReport, SurveyRound
from surveys.reporting_back.content import Content, Standing, day_of
from surveys.reporting_back.evidence import Evidence

MOST_PROPOSALS = 60


@dataclass(frozen=True)
class Finding:
    """What we say of a finding, and its picture; none where it can't be shown any more."""

    words: str
    evidence: Evidence | None


@dataclass(frozen=True)
class Step:
    """A step, and where it stands."""

    text: str
    standing: str
    label: Any
    due_on: date | None


@dataclass(frozen=True)
class Told:
    """One report in one language."""

    lead: str
    findings: Sequence[Finding]
    voices: Sequence[Voice]
    dialogues: str
    steps: Sequence[Step]
    promise: str
    promised_on: date | None
    noes: Sequence[tuple[str, str]]
    languages: Sequence[str]


@dataclass(frozen=True)
class News:
    """What was new in an edition, and when it came."""

    at: datetime
    text: str


@dataclass(frozen=True)
class ProposalTold:
    """A proposal, and what became of it."""

    text: str
    state: str
    label: Any
    reason: str


def told(content: Content, evidence: Iterable[Evidence], lang: str, tenant: Tenant) -> Told:
    """The report in a language; what is not written in it is told in Swedish."""
    found = {one.key: one for one in evidence}
    readable = {str(voice.pk): voice for voice in voices_to_tell(tenant).filter(pk__in=content.voices)}
    return Told(
        lead=_said(content.lead, lang),
        findings=[Finding(_said(one.words, lang), found.get(one.key)) for one in content.findings],
        voices=[readable[key] for key in content.voices if key in readable],
        dialogues=_said(content.dialogues, lang),
        steps=[
            Step(_said(one.text, lang), one.standing, Standing(one.standing).label, day_of(one.due_on))
            for one in content.steps
        ],
        promise=_said(content.promise.text, lang),
        promised_on=day_of(content.promise.due_on),
        noes=[(_said(one.text, lang), _said(one.reason, lang)) for one in content.noes],
        languages=content.languages,
    )


def told_of(edition: ReportEdition, lang: str) -> Told:
    """A published edition in a language."""
    kept = edition.evidence.get(lang) or edition.evidence.get("sv", [])
    evidence = [Evidence.from_json(one) for one in kept]
    return told(Content.from_json(edition.content), evidence, lang, edition.tenant)


def voices_to_tell(tenant: Tenant) -> QuerySet[Voice]:
    """The reviewed voices of a tenant that anyone may read, newest first."""
    found: QuerySet[Voice] = Voice.objects.filter(
        tenant=tenant, state=Voice.State.PUBLISHED, audience_id=PUBLIC_AUDIENCE
    )
    return found.order_by("-year", "-reviewed_at", "pk")


def edition_of(survey_round: SurveyRound) -> ReportEdition | None:
    """The edition that is public now."""
    return editions_in_public().filter(round=survey_round).order_by("-number").first()


def editions_in_public() -> QuerySet[ReportEdition]:
    """Every edition that anyone may read, also older ones."""
    found: QuerySet[ReportEdition] = ReportEdition.objects.filter(
        audience_id=PUBLIC_AUDIENCE, withdrawn_at=None
    ).select_related("round", "tenant")
    return found


def newest_reports(tenant: Tenant) -> list[ReportEdition]:
    """The public reports of a tenant, one a round, the newest round first."""
    newest = editions_in_public().filter(tenant=tenant).order_by("round_id", "-number").distinct("round_id")
    return sorted(newest, key=lambda edition: edition.round.closed_at or edition.published_at, reverse=True)


def news_of(survey_round: SurveyRound, lang: str) -> list[News]:
    """What was new each time, the latest first; the first edition is no news."""
    editions = editions_in_public().filter(round=survey_round, number__gt=1).order_by("-number")
    return [News(one.published_at, _said(one.what_is_new, lang)) for one in editions]


def proposals_of(survey_round: SurveyRound, lang: str) -> list[ProposalTold]:
    """What young people have proposed and somebody has read, the latest day first."""
    found = Proposal.objects.filter(round=survey_round, audience_id=PUBLIC_AUDIENCE).order_by("-said_on", "pk")
    return [
        ProposalTold(one.text, one.state, one.get_state_display(), _said(one.reason, lang))
        for one in found[:MOST_PROPOSALS]
    ]


def report_of(survey_round: SurveyRound) -> RoundReport | None:
    """The working copy, if somebody has begun."""
    return RoundReport.in_scope().filter(round=survey_round).first()


def _said(text: dict[str, str], lang: str) -> str:
    written = {key: words for key, words in text.items() if words.strip()}
    return pick(written, lang) if written else ""
