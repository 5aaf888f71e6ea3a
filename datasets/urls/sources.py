from django.urls import path

from datasets.views import sources

_ONE = "k/<slug:slug>/data/kallor/<uuid:subscription_id>/"
_PACKAGE = "k/<slug:slug>/data/grundpaket/"

urlpatterns = [
    path("k/<slug:slug>/data/kallor/", sources.SourceListView.as_view(), name="source-list"),
    path(_ONE, sources.SourceDetailView.as_view(), name="source-detail"),
    path(f"{_ONE}fraga-igen/", sources.SourceLookAgainView.as_view(), name="source-look-again"),
    path(f"{_ONE}hamta/", sources.SourceFetchView.as_view(), name="source-fetch"),
    path(f"{_ONE}godta/", sources.SourceAcceptView.as_view(), name="source-accept"),
    path(f"{_ONE}stoppa/", sources.SourceStopView.as_view(), name="source-stop"),
    path(f"{_ONE}starta/", sources.SourceStartView.as_view(), name="source-start"),
    path(_PACKAGE, sources.BasePackageView.as_view(), name="base-package"),
    path(
        "k/<slug:slug>/data/grundpaket/hamta/", sources.BasePackageBeginView.as_view(), name="base-package-begin"
    ),
    path(
        "k/<slug:slug>/data/grundpaket/prova/", sources.BasePackageCheckView.as_view(), name="base-package-check"
    ),
]
