"""Addresses of files with a row for each person or case, of a region's files, and of groupings."""

from django.urls import path

from datasets.views import category_groupings, people_files, region_files

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
    path(
        "k/<slug:slug>/data/kommundelar/",
        region_files.RegionFileListView.as_view(),
        name="region-file-list",
    ),
    path(
        "k/<slug:slug>/data/kommundelar/<uuid:upload_id>/",
        region_files.RegionFileDetailView.as_view(),
        name="region-file-detail",
    ),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/grupperingar/",
        category_groupings.CategoryGroupingListView.as_view(),
        name="category-grouping-list",
    ),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/grupperingar/<uuid:grouping_id>/ta-bort/",
        category_groupings.CategoryGroupingRemoveView.as_view(),
        name="category-grouping-remove",
    ),
]
