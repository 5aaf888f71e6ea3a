"""The REST interface: data sets, their releases, and their figures. What is not open is not there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from datasets.api import schema
from datasets.api.choosing import asked_in_query, axes_of, check_size
from datasets.api.documents import (
    DatasetDetailSerializer,
    DatasetListSerializer,
    ReleaseDetailSerializer,
    ReleaseListSerializer,
    absolute,
    dataset_document,
    release_detail,
    release_document,
)
from datasets.api.figures import TYPES, Asked, as_json, figures_of, written
from datasets.api.published import dataset_of, datasets_of, outline_of, release_of, tag_of
from datasets.models import Dataset, Release
from datasets.selectors import DatasetSearch, tables_of
from portal.api.pages import page_of
from portal.api.problems import Problem
from portal.api.views import ApiView
from portal.views import PUBLIC

OWN_PARAMETERS = frozenset({"lang", "format"})


class ApiRootView(ApiView):
    """Where to begin."""

    permission = PUBLIC

    @extend_schema(operation_id="root", responses={200: schema.ROOT, **schema.PROBLEMS})
    def get(self, request: Request) -> HttpResponse:
        document = {
            "datasets": absolute("api-dataset-list"),
            "schema": absolute("api-schema"),
            "docs": absolute("api-docs"),
            "pxwebapi": absolute("px-config").removesuffix("/config"),
            "dcat": absolute("catalogue"),
        }
        return self.answer(lambda: as_json(document))


class ApiDatasetListView(ApiView):
    """Data sets with published figures, the newest first or by title; by words, theme or publisher."""

    permission = PUBLIC

    @extend_schema(
        operation_id="datasets",
        parameters=[schema.LANG, *schema.SEARCH, *schema.PAGES],
        responses={200: DatasetListSerializer, **schema.PROBLEMS},
    )
    def get(self, request: Request) -> HttpResponse:
        query = request.GET
        search = DatasetSearch(
            words=query.get("q", "")[:200],
            theme=query.get("theme", "")[:60],
            sort=query.get("sort", "") if query.get("sort") in ("newest", "title") else "",
        )
        found = datasets_of(self.token, search)
        if publisher := query.get("publisher", ""):
            found = found.filter(tenant__slug=publisher[:60])
        if measures := query.get("measures", ""):
            if measures not in Dataset.Measures.values:
                raise Problem(400, _("Unknown value"), _("measures is one of: %s.") % ", ".join(Dataset.Measures))
            found = found.filter(measures=measures)
        datasets, page = page_of(found, query)
        document = {"page": page, "datasets": [dataset_document(dataset, self.lang) for dataset in datasets]}
        return self.answer(lambda: as_json(DatasetListSerializer(document).data))


class ApiDatasetDetailView(ApiView):
    """One data set, with its newest release and where its tables are."""

    permission = PUBLIC

    @extend_schema(
        operation_id="dataset",
        parameters=[schema.LANG],
        responses={200: DatasetDetailSerializer, **schema.PROBLEMS, 404: schema.PROBLEM},
    )
    def get(self, request: Request, dataset_id: UUID) -> HttpResponse:
        dataset = dataset_of(self.token, dataset_id)
        release = release_of(dataset)
        document = dataset_document(dataset, self.lang) | {
            "release": release_detail(dataset, release, list(tables_of(release)), self.lang, follows=True),
            "releases": absolute("api-release-list", dataset_id=dataset.pk),
        }
        return self.answer(lambda: as_json(DatasetDetailSerializer(document).data))


class ApiReleaseListView(ApiView):
    """Every release of a data set, the newest first."""

    permission = PUBLIC

    @extend_schema(
        operation_id="releases",
        parameters=[schema.LANG],
        responses={200: ReleaseListSerializer, **schema.PROBLEMS, 404: schema.PROBLEM},
    )
    def get(self, request: Request, dataset_id: UUID) -> HttpResponse:
        dataset = dataset_of(self.token, dataset_id)
        found = Release.objects.filter(dataset=dataset).order_by("-number")[:500]
        document = {"releases": [release_document(dataset, release) for release in found]}
        return self.answer(lambda: as_json(ReleaseListSerializer(document).data))


class ApiReleaseDetailView(ApiView):
    """One release: it never changes, and so do its addresses."""

    permission = PUBLIC

    @extend_schema(
        operation_id="release",
        parameters=[schema.LANG],
        responses={200: ReleaseDetailSerializer, **schema.PROBLEMS, 404: schema.PROBLEM},
    )
    def get(self, request: Request, dataset_id: UUID, number: int) -> HttpResponse:
        dataset = dataset_of(self.token, dataset_id)
        release = release_of(dataset, number)
        document = release_detail(dataset, release, list(tables_of(release)), self.lang, follows=False)
        return self.answer(lambda: as_json(ReleaseDetailSerializer(document).data))


class ApiDataView(ApiView):
    """The figures of a table, all of them or a part: in the newest release, or in one that stays.

    The form is the end of the address, else `?format=`, else what Accept asks for, else JSON-stat.
    """

    permission = PUBLIC

    @extend_schema(
        parameters=[schema.LANG, schema.SELECTION, schema.FORMAT],
        responses={**schema.FIGURES, **schema.PROBLEMS, 403: schema.PROBLEM, 404: schema.PROBLEM},
    )
    def get(
        self, request: Request, dataset_id: UUID, table_code: str, number: int | None = None, form: str = ""
    ) -> HttpResponse:
        form = form or form_of(request)
        if form not in TYPES:
            raise Http404
        dataset = dataset_of(self.token, dataset_id)
        release = release_of(dataset, number)
        outline = outline_of(release, table_code)
        axes = axes_of(outline.structure)
        choice = asked_in_query(request.GET, axes, own=OWN_PARAMETERS, only_coded=False)
        check_size(choice, axes)
        asked = Asked(dataset, release, outline, choice, self.lang, follows=number is None)
        return self.answer(
            lambda: written(figures_of(asked), form),
            tag=tag_of(dataset, outline, release.number, number is None, choice, form),
            content_type=TYPES[form],
            **named_file(form, f"{table_code}-{release.number}"),
        )


def form_of(request: Request) -> str:
    """The form that a call asks for. A Problem for one that there is not."""
    named = request.GET.get("format", "")
    if named:
        if named not in TYPES:
            raise Problem(406, _("Not acceptable"), _("The forms are: %s.") % ", ".join(TYPES))
        return named
    accept = request.headers.get("Accept", "")
    asked = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    for media in asked:
        for form, content_type in TYPES.items():
            if media == content_type.split(";")[0] and media != "text/plain":
                return form
        if media in ("", "*/*", "application/*", "application/problem+json", "text/html"):
            return "json"
    raise Problem(406, _("Not acceptable"), _("The forms are: %s.") % ", ".join(TYPES))


def named_file(form: str, name: str) -> dict[str, Any]:
    """A header that names the file, for the forms that are saved rather than read."""
    if form == "json":
        return {}
    safe = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-" for sign in name)[:80]
    return {"Content-Disposition": f'attachment; filename="{safe}.{form}"'}
