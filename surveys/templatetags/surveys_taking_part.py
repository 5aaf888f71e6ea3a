"""What a round's page and the start page fetch about young people's part in surveys."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Tenant
from surveys.joint import invitations_here
from surveys.models import JointAnswer, Proposal, ReadText, ReferenceComment, SurveyRound
from surveys.selectors import rounds_own
from surveys.services.notices import reports_unpublished
from surveys.states import CommentState, JointState, ProposalState, RoundState, TextState

register = template.Library()
MOST = 5
MOST_ROUNDS = 20


@register.simple_tag
def taking_part(survey_round: SurveyRound) -> dict[str, int]:
    """How many proposals wait to be read, and how many comments to be answered."""
    proposals = Proposal.objects.own().filter(round=survey_round, state=ProposalState.WAITING)
    comments = ReferenceComment.in_scope().filter(group__round=survey_round, state=CommentState.WAITING)
    return {"proposals": proposals.count(), "comments": comments.count()}


@register.simple_tag(takes_context=True)
def waiting_for_me(context: dict[str, Any]) -> list[dict[str, str]]:
    """What waits in surveys, for who does something about it: texts and proposals unread, results untold."""
    request = context["request"]
    slug = request.tenant.slug

    def may(permission: str) -> bool:
        return bool(request.user.has_perm(permission, request.tenant))

    reads, manages = may("datasets.review_voice"), may("surveys.manage_round")
    if not (reads or manages):
        return []
    rounds = rounds_own().exclude(state=RoundState.CANCELLED).select_related("report")
    unread = ReadText.in_scope().filter(state__in=(TextState.WAITING, TextState.ONE_YES))
    rounds = rounds.annotate(
        proposals_waiting=_counted(Proposal.objects.own().filter(state=ProposalState.WAITING), "round"),
        comments_waiting=_counted(ReferenceComment.in_scope().filter(state=CommentState.WAITING), "group__round"),
        # What oneself has said yes to waits for somebody else.
        texts_waiting=_counted(unread.exclude(first_by=request.user), "round"),
        report_waits=Exists(reports_unpublished().filter(round=OuterRef("pk"))),
    )
    found = _asked_by_the_region(request.tenant) if manages else []
    for survey_round in rounds[:MOST_ROUNDS]:
        one = [slug, survey_round.pk]
        if reads and (n := survey_round.texts_waiting):
            words = ngettext("%(n)s text waits to be read", "%(n)s texts wait to be read", n)
            found.append(_task(words % {"n": n}, survey_round, reverse("survey-round-texts", args=one)))
        if not manages:
            continue
        if survey_round.state == RoundState.CLOSED and survey_round.tabulated_at is not None:
            words = _("The results are ready")
            found.append(_task(words, survey_round, reverse("survey-round-results", args=one)))
        if survey_round.report_waits and may("surveys.publish_report"):
            words = _("A report waits to be published")
            found.append(_task(words, survey_round, reverse("round-report-edit", args=one)))
        if n := survey_round.proposals_waiting:
            words = ngettext("%(n)s proposal waits to be read", "%(n)s proposals wait to be read", n)
            found.append(_task(words % {"n": n}, survey_round, reverse("proposal-list", args=one)))
        if n := survey_round.comments_waiting:
            words = ngettext("%(n)s comment to answer", "%(n)s comments to answer", n)
            found.append(_task(words % {"n": n}, survey_round, reverse("reference-group", args=one)))
        if survey_round.state == RoundState.PUBLISHED and not hasattr(survey_round, "report"):
            words = _("Tell those who answered what came of it")
            found.append(_task(words, survey_round, reverse("round-report-edit", args=one)))
    return found[:MOST]


def _asked_by_the_region(municipality: Tenant) -> list[dict[str, str]]:
    """The joint rounds that nobody has said yes or no to yet; one query, and none in a region."""
    if municipality.is_region:
        return []
    answered = JointAnswer.objects.own().filter(invitation=OuterRef("pk"))
    asked = invitations_here(municipality).filter(~Exists(answered), state=JointState.INVITED)
    return [
        {
            "words": _("%(region)s asks whether you want to take part") % {"region": one.tenant.name},
            "title": one.title,
            "url": reverse("joint-part-detail", args=[municipality.slug, one.pk]),
        }
        for one in asked[:MOST]
    ]


def _counted(waiting: QuerySet[Any], path: str) -> Subquery:
    """How many wait for a round, in the query that fetches it; None where none does."""
    of_round = waiting.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Subquery(of_round.annotate(n=Count("pk")).values("n"))


def _task(words: str, survey_round: SurveyRound, url: str) -> dict[str, str]:
    return {"words": words, "title": survey_round.title, "url": url}
