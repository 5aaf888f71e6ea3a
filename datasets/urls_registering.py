"""Addresses around registering: who sees what, and what waits for a second person."""

from django.urls import path

from datasets.views import approvals, rights

urlpatterns = [
    path("k/<slug:slug>/data/vem-ser-vad/", rights.RightsTableView.as_view(), name="rights-table"),
    path("k/<slug:slug>/data/vantar/", approvals.ApprovalListView.as_view(), name="approval-list"),
    path(
        "k/<slug:slug>/data/vantar/<uuid:approval_id>/",
        approvals.ApprovalDetailView.as_view(),
        name="approval-detail",
    ),
]
