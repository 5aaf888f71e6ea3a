"""What carries a municipality's own link into a joint round: a QR code and a poster."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from surveys.models import SurveyRound
from surveys.views.joint_parts import JointView
from surveys.views.rounds import link_of
from surveys.views.spreading import poster_page, qr_of


class JointSpreadView(JointView):
    """Something to spread; 404 before the round is announced, after it has closed, and for who is not in it."""

    is_abstract = True

    def announced(self) -> tuple[SurveyRound, str, str]:
        """The round, the municipality's link, and what its files are called."""
        part = self.part()
        if part.survey_round is None or not part.is_announced:
            raise Http404
        slug = part.invitation.municipality.slug
        return part.survey_round, link_of(part.survey_round, place=slug), f"enkat-{slug}"


class JointQrView(JointSpreadView):
    """The link as a QR code."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, invitation_id: UUID, kind: str) -> HttpResponse:
        _round, link, name = self.announced()
        return qr_of(link, kind, name, is_download="ner" in request.GET)


class JointPosterView(JointSpreadView):
    """The poster with the municipality's own link."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
        survey_round, link, name = self.announced()
        municipality = self.part().invitation.municipality
        return poster_page(survey_round, municipality, request.GET.get("sprak", "sv"), link, name)
