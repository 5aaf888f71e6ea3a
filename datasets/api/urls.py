from django.urls import include, path

from datasets.api import describing, views

urlpatterns = [
    path("api/v1/", views.ApiRootView.as_view(), name="api-root"),
    path("api/v1/schema/", describing.ApiSchemaView.as_view(), name="api-schema"),
    path("api/docs/", describing.ApiDocsView.as_view(), name="api-docs"),
    path("api/v1/datasets/", views.ApiDatasetListView.as_view(), name="api-dataset-list"),
    path("api/v1/datasets/<uuid:dataset_id>/", views.ApiDatasetDetailView.as_view(), name="api-dataset-detail"),
    path(
        "api/v1/datasets/<uuid:dataset_id>/releases/", views.ApiReleaseListView.as_view(), name="api-release-list"
    ),
    path(
        "api/v1/datasets/<uuid:dataset_id>/releases/<int:number>/",
        views.ApiReleaseDetailView.as_view(),
        name="api-release-detail",
    ),
    path(
        "api/v1/datasets/<uuid:dataset_id>/tables/<str:table_code>/data/",
        views.ApiDataView.as_view(),
        name="api-table-data",
    ),
    path(
        "api/v1/datasets/<uuid:dataset_id>/tables/<str:table_code>/data.<str:form>",
        views.ApiDataView.as_view(),
        name="api-table-file",
    ),
    path(
        "api/v1/datasets/<uuid:dataset_id>/releases/<int:number>/tables/<str:table_code>/data/",
        views.ApiDataView.as_view(),
        name="api-release-data",
    ),
    path(
        "api/v1/datasets/<uuid:dataset_id>/releases/<int:number>/tables/<str:table_code>/data.<str:form>",
        views.ApiDataView.as_view(),
        name="api-release-file",
    ),
    path("api/px/v2/", include("datasets.api.px.urls")),
]
