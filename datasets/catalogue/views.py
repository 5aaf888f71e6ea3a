"""The catalogue's one address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.request import Request

from datasets.catalogue.entries import entries, state_of
from datasets.catalogue.rdf import rdf_xml
from portal.api.views import ApiView
from portal.views import PUBLIC


class CatalogueView(ApiView):
    """Every open data set of every municipality and region, as RDF/XML.

    Read whole while the scope is open, written piece by piece afterwards. Whoever has it already is told so
    before anything is written. With a key it is the same: a catalogue is for everyone.
    """

    permission = PUBLIC
    schema = None
    authentication_classes = ()

    def get(self, request: Request) -> HttpResponse:
        found = entries()
        return self.answer(
            lambda: rdf_xml(found, base_url=settings.BASE_URL),
            tag=state_of(found),
            content_type="application/rdf+xml",
            kind=StreamingHttpResponse,
        )
