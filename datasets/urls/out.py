"""Addresses by which figures leave: files, short links, what has been revised."""

from django.urls import path

from datasets.views import downloads, embedding, frozen, shared_charts

urlpatterns = [
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/diagram/csv/",
        downloads.DownloadFileView.as_view(),
        {"file_kind": "csv"},
        name="chart-csv",
    ),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/diagram/ladda-ner/",
        downloads.DownloadChooseView.as_view(),
        name="download-choose",
    ),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/diagram/ladda-ner/<slug:file_kind>/",
        downloads.DownloadFileView.as_view(),
        name="download-file",
    ),
    path(
        "o/<slug:slug>/data/<uuid:dataset_id>/csv/",
        downloads.PublicDownloadFileView.as_view(),
        {"file_kind": "csv"},
        name="public-dataset-csv",
    ),
    path(
        "o/<slug:slug>/data/<uuid:dataset_id>/ladda-ner/",
        downloads.PublicDownloadChooseView.as_view(),
        name="public-download-choose",
    ),
    path(
        "o/<slug:slug>/data/<uuid:dataset_id>/ladda-ner/<slug:file_kind>/",
        downloads.PublicDownloadFileView.as_view(),
        name="public-download-file",
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/andrat/",
        frozen.ChartRevisedView.as_view(),
        name="chart-revised",
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/oppna/",
        shared_charts.ChartOpenView.as_view(),
        name="chart-open",
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/stang/",
        shared_charts.ChartCloseView.as_view(),
        name="chart-close",
    ),
    path(
        "o/<slug:slug>/diagram/<uuid:chart_id>/",
        shared_charts.PublicChartDetailView.as_view(),
        name="public-chart-detail",
    ),
    path(
        "o/<slug:slug>/d/<slug:short_code>/",
        shared_charts.PublicChartShortView.as_view(),
        name="public-chart-short",
    ),
    path("inbaddad/<slug:slug>/data/<uuid:dataset_id>/", embedding.EmbedView.as_view(), name="embed-view"),
    path("inbaddad/<slug:slug>/diagram/<uuid:chart_id>/", embedding.EmbedChartView.as_view(), name="embed-chart"),
    path("k/<slug:slug>/d/<slug:short_code>/", frozen.ChartShortView.as_view(), name="chart-short"),
]
