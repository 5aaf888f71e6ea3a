from django.urls import path

from datasets.catalogue import views
from datasets.views.cataloguing import CatalogueListingView

urlpatterns = [
    # The address that dataportal.se looks at by itself.
    path("datasets/dcat", views.CatalogueView.as_view(), name="catalogue"),
    path(
        "k/<slug:slug>/data/<uuid:dataset_id>/katalog/", CatalogueListingView.as_view(), name="catalogue-listing"
    ),
]
