"""The interface described: as OpenAPI for programs, and as a page for people, made of the same description."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request

from datasets.api.figures import as_json
from datasets.wording import language
from portal.api.views import ApiView
from portal.views import PUBLIC, PortalView

SUMMARIES = {
    "root": _("Where to begin"),
    "datasets": _("Find data sets"),
    "dataset": _("One data set"),
    "releases": _("Its releases"),
    "release": _("One release, which never changes"),
    "data": _("The figures of a table"),
}
"""What each operation does, for the page's headings; figures are one operation with four addresses."""


def description() -> dict[str, Any]:
    """The OpenAPI 3 document of the REST interface, in the language at work."""
    generator = SchemaGenerator(urlconf="datasets.api.urls")
    document: dict[str, Any] = generator.get_schema(request=None, public=True)
    document["servers"] = [{"url": settings.BASE_URL}]
    return document


class ApiSchemaView(ApiView):
    """The interface as OpenAPI 3."""

    permission = PUBLIC
    schema = None

    def get(self, request: Request) -> HttpResponse:
        return self.answer(lambda: as_json(description()), content_type="application/vnd.oai.openapi+json")


class ApiDocsView(PortalView):
    """The same for people: no script, nothing to try that an address can't."""

    permission = PUBLIC

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "operations": list(operations(description())),
            "base_url": settings.BASE_URL,
            "calls": settings.API_CALLS,
            "window": settings.API_WINDOW,
            "cells": settings.API_CELLS,
            "lang": language(),
        }
        return render(request, "datasets/api_docs.html", context)


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Each operation once, with every address that has it."""
    found: dict[str, dict[str, Any]] = {}
    for path, item in document["paths"].items():
        operation = item.get("get")
        if operation is None:
            continue
        name = operation["operationId"].rstrip("0123456789_")
        known = found.setdefault(
            name,
            {
                "id": name,
                "summary": SUMMARIES.get(name, name),
                "addresses": [],
                "parameters": [
                    p for p in operation.get("parameters", []) if p["in"] == "query" and p["name"] != "lang"
                ],
            },
        )
        known["addresses"].append(path)
    return list(found.values())
