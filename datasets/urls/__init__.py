from django.urls import include, path

from datasets.views import charts, datasets, explore, public, quarantine, reports, uploads

urlpatterns = [
    path("", include("datasets.urls.comparing")),
    path("", include("datasets.urls.knowledge")),
    path("", include("datasets.urls.out")),
    path("", include("datasets.urls.people")),
    path("", include("datasets.urls.registering")),
    path("", include("datasets.urls.sources")),
    path("", include("datasets.api.urls")),
    path("", include("datasets.catalogue.urls")),
    path("k/<slug:slug>/utforska/", explore.ExploreView.as_view(), name="explore"),
    path("k/<slug:slug>/utforska/saknas/", explore.GapsView.as_view(), name="data-gaps"),
    path("k/<slug:slug>/utforska/skeden/", explore.StagesView.as_view(), name="life-stages"),
    path("k/<slug:slug>/data/", datasets.DatasetListView.as_view(), name="dataset-list"),
    path("k/<slug:slug>/data/ny/", datasets.DatasetRegisterView.as_view(), name="dataset-register"),
    path("k/<slug:slug>/data/filer/", uploads.UploadListView.as_view(), name="upload-list"),
    path("k/<slug:slug>/data/filer/ny/", uploads.UploadCreateView.as_view(), name="upload-create"),
    path("k/<slug:slug>/data/filer/<uuid:upload_id>/", uploads.UploadDetailView.as_view(), name="upload-detail"),
    path("k/<slug:slug>/data/filer/<uuid:upload_id>/prova/", uploads.UploadTryView.as_view(), name="upload-try"),
    path(
        "k/<slug:slug>/data/filer/<uuid:upload_id>/fortsatt/",
        uploads.UploadResumeView.as_view(),
        name="upload-resume",
    ),
    path(
        "k/<slug:slug>/data/filer/<uuid:upload_id>/karantan/",
        quarantine.UploadQuarantineView.as_view(),
        name="upload-quarantine",
    ),
    path(
        "k/<slug:slug>/data/filer/<uuid:upload_id>/karantan/csv/",
        quarantine.UploadQuarantineCsvView.as_view(),
        name="upload-quarantine-csv",
    ),
    path(
        "k/<slug:slug>/data/filer/<uuid:upload_id>/dra-tillbaka/",
        uploads.UploadWithdrawView.as_view(),
        name="upload-withdraw",
    ),
    path("k/<slug:slug>/data/diagram/", charts.ChartListView.as_view(), name="chart-list"),
    path("k/<slug:slug>/data/diagram/<uuid:chart_id>/", charts.ChartDetailView.as_view(), name="chart-detail"),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/frys/", charts.ChartFreezeView.as_view(), name="chart-freeze"
    ),
    path(
        "k/<slug:slug>/data/diagram/<uuid:chart_id>/ta-bort/",
        charts.ChartRemoveView.as_view(),
        name="chart-remove",
    ),
    path("k/<slug:slug>/data/<uuid:dataset_id>/", datasets.DatasetDetailView.as_view(), name="dataset-detail"),
    path("k/<slug:slug>/data/<uuid:dataset_id>/andra/", datasets.DatasetEditView.as_view(), name="dataset-edit"),
    path("k/<slug:slug>/data/<uuid:dataset_id>/regel/", datasets.DatasetRuleView.as_view(), name="dataset-rule"),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/larm/",
        datasets.DatasetAlarmsSeenView.as_view(),
        name="dataset-alarms-seen",
    ),
    path("k/<slug:slug>/data/<uuid:dataset_id>/oppna/", datasets.DatasetOpenView.as_view(), name="dataset-open"),
    path("k/<slug:slug>/data/<uuid:dataset_id>/stang/", datasets.DatasetCloseView.as_view(), name="dataset-close"),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/dra-tillbaka/",
        datasets.DatasetWithdrawView.as_view(),
        name="dataset-withdraw",
    ),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/utgavor/<int:number>/skydd/",
        reports.ReleaseReportView.as_view(),
        name="release-report",
    ),
    path("k/<slug:slug>/data/<uuid:dataset_id>/diagram/", charts.ChartView.as_view(), name="chart-view"),
    path("k/<slug:slug>/data/<uuid:dataset_id>/diagram/spara/", charts.ChartSaveView.as_view(), name="chart-save"),
    path("o/<slug:slug>/data/", public.PublicDatasetListView.as_view(), name="public-dataset-list"),
    path(
        "o/<slug:slug>/data/<uuid:dataset_id>/",
        public.PublicDatasetDetailView.as_view(),
        name="public-dataset-detail",
    ),
]
