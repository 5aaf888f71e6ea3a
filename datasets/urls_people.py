"""Addresses of files with a row for each person or case."""

from django.urls import path

from datasets.views import people_files

urlpatterns = [
    path(
        "k/<slug:slug>/data/personrader/",
        people_files.PeopleFileCreateView.as_view(),
        name="people-file-create",
    ),
    path(
        "k/<slug:slug>/data/personrader/<uuid:upload_id>/",
        people_files.PeopleFileDetailView.as_view(),
        name="people-file-detail",
    ),
    path(
        "k/<slug:slug>/data/personrader/<uuid:upload_id>/dra-tillbaka/",
        people_files.PeopleFileWithdrawView.as_view(),
        name="people-file-withdraw",
    ),
]
