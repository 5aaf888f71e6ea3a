"""Addresses around registering: who sees what, what waits for a second person, ready forms."""

from django.urls import path

from datasets.views import approvals, ready_forms, rights

urlpatterns = [
    path("k/<slug:slug>/data/vem-ser-vad/", rights.RightsTableView.as_view(), name="rights-table"),
    path("k/<slug:slug>/data/vantar/", approvals.ApprovalListView.as_view(), name="approval-list"),
    path(
        "k/<slug:slug>/data/vantar/<uuid:approval_id>/",
        approvals.ApprovalDetailView.as_view(),
        name="approval-detail",
    ),
    path("k/<slug:slug>/data/formular/", ready_forms.ReadyFormListView.as_view(), name="ready-form-list"),
    path(
        "k/<slug:slug>/data/formular/<slug:key>/",
        ready_forms.ReadyFormDetailView.as_view(),
        name="ready-form-detail",
    ),
    path(
        "k/<slug:slug>/data/formular/<slug:key>/mall/<str:kind>/",
        ready_forms.ReadyFormTemplateView.as_view(),
        name="ready-form-template",
    ),
]
