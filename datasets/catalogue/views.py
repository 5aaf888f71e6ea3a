"""The catalogue's one address."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from portal.api.views import ApiView
from portal.views import PUBLIC


class CatalogueView(ApiView):
    """Every open data set of every municipality and region, as RDF/XML."""

    permission = PUBLIC
    schema = None

    def get(self, request: Request) -> HttpResponse:
        return self.answer(lambda: b"<x/>", content_type="application/rdf+xml")
