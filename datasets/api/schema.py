"""What the OpenAPI description says beside the serializers: parameters, forms and problems."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from datasets.api.documents import ProblemSerializer
from datasets.models import Dataset

PROBLEM = OpenApiResponse(ProblemSerializer, description="application/problem+json")
PROBLEMS: dict[Any, Any] = {
    (400, "application/problem+json"): ProblemSerializer,
    (401, "application/problem+json"): ProblemSerializer,
    (429, "application/problem+json"): ProblemSerializer,
}
ROOT = inline_serializer(
    "Root", {name: serializers.URLField() for name in ("datasets", "schema", "docs", "pxwebapi", "dcat")}
)
LANG = OpenApiParameter(
    "lang", enum=["sv", "en"], description=_("Else the first of these in Accept-Language, else sv.")
)
SEARCH = [
    OpenApiParameter("q", description=_("Words of title, description or source.")),
    OpenApiParameter("theme", description=_("The key of a theme.")),
    OpenApiParameter("measures", description=_("What it measures."), enum=list(Dataset.Measures)),
    OpenApiParameter("publisher", description=_("The slug of a municipality or region.")),
    OpenApiParameter("sort", description=_("Else the best answers first."), enum=["title", "newest"]),
]
PAGES = [
    OpenApiParameter("page", OpenApiTypes.INT, description=_("From 1.")),
    OpenApiParameter("page_size", OpenApiTypes.INT, description=_("At most 200.")),
]
SELECTION = OpenApiParameter(
    "DIMENSION",
    description=_(
        "Any dimension's code in place of the name: codes with commas between, or *, ?, TOP(n), BOTTOM(n),"
        " RANGE(a,b), FROM(a), TO(a). A dimension left out is given whole. Also as valueCodes[DIMENSION]."
    ),
)
FORMAT = OpenApiParameter(
    "format", enum=["json", "csv", "px", "xlsx"], description=_("Else by Accept, else json.")
)
FIGURES: dict[Any, Any] = {
    (200, "application/json"): OpenApiResponse(OpenApiTypes.OBJECT, description="JSON-stat 2.0"),
    (200, "text/csv"): OpenApiTypes.STR,
    (200, "text/plain"): OpenApiResponse(OpenApiTypes.STR, description="PC-Axis"),
    (200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"): OpenApiTypes.BINARY,
    304: OpenApiResponse(description=_("You have it already: If-None-Match named the same ETag.")),
}
