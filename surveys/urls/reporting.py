"""Addresses of what came of a round: where it is written, and where anyone reads it."""

from django.urls import path

from surveys.views import (
    proposals,
    public_reports,
    reference_groups,
    reference_pages,
    report_kit,
    reports,
    thank_you,
)

ALL = "k/<slug:slug>/enkater/"
REPORT = f"{ALL}<uuid:round_id>/ni-sa-vi-gjorde/"
TOLD = "ni-sa-vi-gjorde/"
PROPOSALS = f"{ALL}<uuid:round_id>/forslag/"
GROUP = f"{ALL}<uuid:round_id>/referensgrupp/"
LINK = "referensgrupp/<slug:slug>/<str:token>/"

urlpatterns = [
    path(f"{ALL}ni-sa-vi-gjorde/", reports.ReportListView.as_view(), name="round-report-list"),
    path(REPORT, reports.ReportEditView.as_view(), name="round-report-edit"),
    path(f"{REPORT}forhandsvisa/", reports.ReportPreviewView.as_view(), name="round-report-preview"),
    path(f"{REPORT}publicera/", reports.ReportPublishView.as_view(), name="round-report-publish"),
    path(f"{REPORT}ta-bort/", reports.ReportWithdrawView.as_view(), name="round-report-withdraw"),
    path(f"{REPORT}sprid/", report_kit.ReportShareView.as_view(), name="round-report-share"),
    path(f"{REPORT}bild-<int:number>.<str:kind>", report_kit.ReportStoryView.as_view(), name="round-report-story"),
    path(f"{REPORT}affisch.pdf", report_kit.ReportPosterView.as_view(), name="round-report-poster"),
    path(f"{REPORT}qr.<str:kind>", report_kit.ReportQrView.as_view(), name="round-report-qr"),
    path(f"{TOLD}i/<slug:slug>/", public_reports.PublicReportListView.as_view(), name="public-report-list"),
    path(f"{TOLD}<str:code>/", public_reports.PublicReportView.as_view(), name="public-report-detail"),
    path(f"{TOLD}<str:code>/skarm/", public_reports.ReportScreenView.as_view(), name="public-report-screen"),
    path(f"{TOLD}<str:code>/foresla/", proposals.ProposeView.as_view(), name="proposal-submit"),
    path(f"{TOLD}<str:code>/tack/", thank_you.ThankYouEnterView.as_view(), name="thank-you-enter"),
    path(f"{ALL}<uuid:round_id>/tack/", thank_you.RoundThankYouView.as_view(), name="survey-round-thank-you"),
    path(PROPOSALS, proposals.ProposalListView.as_view(), name="proposal-list"),
    path(f"{PROPOSALS}<uuid:proposal_id>/", proposals.ProposalAnswerView.as_view(), name="proposal-answer"),
    path(GROUP, reference_groups.ReferenceGroupView.as_view(), name="reference-group"),
    path(
        f"{GROUP}kommentar/<uuid:comment_id>/",
        reference_groups.ReferenceCommentAnswerView.as_view(),
        name="reference-comment-answer",
    ),
    path(
        f"{GROUP}<uuid:group_id>/ta-bort/",
        reference_groups.ReferenceGroupWithdrawView.as_view(),
        name="reference-group-withdraw",
    ),
    path(LINK, reference_pages.ReferenceHomeView.as_view(), name="reference-home"),
    path(f"{LINK}prova/", reference_pages.TryOutView.as_view(), name="reference-try"),
    path(f"{LINK}fragorna/", reference_pages.ReferenceQuestionsView.as_view(), name="reference-questions"),
    path(f"{LINK}resultat/", reference_pages.ReferenceResultsView.as_view(), name="reference-results"),
    path(f"{LINK}kommentar/", reference_pages.ReferenceCommentView.as_view(), name="reference-comment"),
]
