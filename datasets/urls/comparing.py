"""Addresses of saved charts' own deeds, and of the municipalities that charts compare with."""

from django.urls import path

from datasets.views import beside, likeness, saved_charts

urlpatterns = [
    path("k/<slug:slug>/data/liknande/", likeness.LikenessDetailView.as_view(), name="likeness-detail"),
    path("k/<slug:slug>/data/liknande/andra/", likeness.LikenessChangeView.as_view(), name="likeness-change"),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/diagram/bredvid/",
        beside.ChartBesideView.as_view(),
        name="chart-beside",
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/andra/",
        saved_charts.ChartEditView.as_view(),
        name="chart-edit",
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/kopiera/",
        saved_charts.ChartCopyView.as_view(),
        name="chart-copy",
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/folj/",
        saved_charts.ChartFollowView.as_view(),
        name="chart-follow",
    ),
]
