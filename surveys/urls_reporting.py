"""Addresses of what came of a round: where it is written, and where anyone reads it."""

from django.urls import path

from surveys.views import public_reports, report_kit, reports

ALL = "k/<slug:slug>/enkater/"
REPORT = f"{ALL}<uuid:round_id>/ni-sa-vi-gjorde/"
TOLD = "ni-sa-vi-gjorde/"

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
]
