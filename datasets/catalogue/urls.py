from django.urls import path

from datasets.catalogue import views

urlpatterns = [
    # The address that dataportal.se looks at by itself.
    path("datasets/dcat", views.CatalogueView.as_view(), name="catalogue"),
]
