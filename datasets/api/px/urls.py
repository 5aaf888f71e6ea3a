"""No slash at the end: so clients of PxWebApi ask."""

from django.urls import path

from datasets.api.px import views

urlpatterns = [
    path("config", views.PxConfigView.as_view(), name="px-config"),
    path("tables", views.PxTableListView.as_view(), name="px-table-list"),
    path("tables/<str:table_id>", views.PxTableDetailView.as_view(), name="px-table-detail"),
    path("tables/<str:table_id>/metadata", views.PxMetadataView.as_view(), name="px-table-metadata"),
    path(
        "tables/<str:table_id>/defaultselection",
        views.PxDefaultSelectionView.as_view(),
        name="px-table-default-selection",
    ),
    path("tables/<str:table_id>/data", views.PxDataView.as_view(), name="px-table-data"),
    path("codelists/<str:codelist_id>", views.PxCodelistDetailView.as_view(), name="px-codelist-detail"),
]
