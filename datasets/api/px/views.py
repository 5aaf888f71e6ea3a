"""The addresses of PxWebApi 2: /config, /tables, their metadata and data, /codelists. Only read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, cast

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from datasets.api.choosing import Axis, Choice, axes_of, check_size
from datasets.api.figures import TYPES, Asked, Figures, as_json, figures_of, jsonstat_document, written
from datasets.api.pcaxis.keyed import px_id, read_px_id
from datasets.api.pcaxis.viewing import CONTENTS, empty_view, own_code, placed, placing, view_of, with_contents
from datasets.api.pcaxis.wide import PARAMETERS, wide_csv
from datasets.api.pcaxis.writer import write_px
from datasets.api.published import datasets_of, tag_of
from datasets.api.px import documents
from datasets.api.px.codelists import codelist_of, no_codelist, table_named
from datasets.api.px.selecting import (
    choice_of,
    default_selection,
    placement_in_body,
    placement_of,
    wanted_in_body,
    wanted_in_query,
)
from datasets.cubes import Cube
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import DatasetSearch
from portal.api.pages import page_of, whole_number
from portal.api.problems import Problem
from portal.api.views import ApiView
from portal.views import PUBLIC

KIND = "Parameter error"
PAGE = 20
_FORMS = {"json-stat2": "json", "csv": "csv", "px": "px", "xlsx": "xlsx"}


@dataclass(frozen=True)
class PxTable:
    """A table of a data set's newest release, without its figures, as PxWeb would hold it."""

    dataset: Dataset
    release: Release
    table: ReleaseTable

    @property
    def id(self) -> str:
        return px_id(self.dataset.pk, self.table.code)

    @cached_property
    def structure(self) -> dict[str, Any]:
        return with_contents(self.table.structure, self.table.title)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        return axes_of(self.structure)

    @cached_property
    def empty(self) -> Cube:
        return empty_view(self.structure)

    def of_cube(self, choice: Choice) -> Choice:
        """A choice by the names that the cube itself has for its dimensions."""
        own = own_code(self.table.structure)
        return {own if code == CONTENTS and own else code: codes for code, codes in choice.items()
                if code != CONTENTS or own}  # fmt: skip


def tables_of(token: Any, query: str = "", lang: str = "sv") -> QuerySet[ReleaseTable]:
    """The tables of every newest release that may be read, without their figures."""
    newest = Release.objects.filter(dataset=OuterRef("release__dataset")).order_by("-number").values("number")[:1]
    found: QuerySet[ReleaseTable] = ReleaseTable.objects.filter(
        release__dataset__in=datasets_of(token).values("pk"), release__number=Subquery(newest)
    )
    if query:
        in_title = Q(*((f"title__{lang}__icontains", word) for word in query.split()[:8]))
        worded = datasets_of(token, DatasetSearch(words=query)).values("pk")
        found = found.filter(in_title | Q(release__dataset__in=worded))
    return (
        found.select_related("release__dataset__tenant")
        .defer("values", "statuses", "report")
        .order_by("release__dataset__sort_key", "release__dataset_id", "position")
    )


def table_of(token: Any, table_id: str) -> PxTable:
    """The table of an id. A Problem in PxWebApi's words where there is none."""
    found = read_px_id(table_id)
    table = None
    if found is not None:
        least, greatest, code = found
        table = tables_of(token).filter(
            release__dataset_id__gte=least, release__dataset_id__lte=greatest, code=code
        ).first()  # fmt: skip
    if table is None:
        raise Problem(404, "Non-existent table", _("There is no such table, or it is not open."), kind=KIND)
    return PxTable(table.release.dataset, table.release, table)


class PxView(ApiView):
    """An address of PxWebApi, which describes itself elsewhere."""

    is_abstract = True
    schema = None


class PxConfigView(PxView):
    """Limits, languages and formats."""

    permission = PUBLIC

    def get(self, request: Request) -> HttpResponse:
        return self.answer(lambda: as_json(documents.config_document()))


class PxTableListView(PxView):
    """The tables, by words and by how lately they changed."""

    permission = PUBLIC

    def get(self, request: Request) -> HttpResponse:
        query = request.GET
        words = query.get("query", "")[:200]
        found = tables_of(self.token, words, self.lang)
        if past := query.get("pastDays", ""):
            days = whole_number(past, "pastDays", most=36_500)
            found = found.filter(release__published_at__gte=timezone.now() - timedelta(days=days))
        asked = {"page": query.get("pageNumber") or "1", "page_size": query.get("pageSize") or str(PAGE)}
        try:
            tables, page = page_of(found, asked)
        except Problem as problem:
            if problem.status != 404:
                raise
            raise Problem(404, "Non-existent page", problem.detail, kind=KIND) from None
        document = {
            "language": self.lang,
            "tables": [documents.table_document(t.release.dataset, t.release, t, self.lang) for t in tables],
            "page": documents.page_document(page, self.lang, {"query": words} if words else {}),
            "links": [],
        }
        return self.answer(lambda: as_json(document))


class PxTableView(PxView):
    """A page about one table."""

    is_abstract = True

    def table(self, request: Request) -> PxTable:
        return table_of(self.token, self.kwargs["table_id"])

    def tag(self, found: PxTable, *asked: Any) -> str:
        return tag_of(found.dataset, found.table, type(self).__name__, *asked)


class PxTableDetailView(PxTableView):
    """What a table is about, and where its parts are."""

    permission = PUBLIC

    def get(self, request: Request, table_id: str) -> HttpResponse:
        found = self.table(request)
        document = documents.table_document(found.dataset, found.release, found.table, self.lang)
        return self.answer(lambda: as_json({"language": self.lang, **document}), tag=self.tag(found))


class PxMetadataView(PxTableView):
    """A table's dimensions and categories, as JSON-stat 2 without figures."""

    permission = PUBLIC

    def get(self, request: Request, table_id: str) -> HttpResponse:
        found = self.table(request)
        stub, heading = placing(found.empty.dimensions)
        view = placed(found.empty, stub, heading)
        return self.answer(
            lambda: as_json(
                documents.metadata_document(
                    view, found.dataset, found.release, found.table, found.structure, self.lang
                )
            ),
            tag=self.tag(found),
        )


class PxDefaultSelectionView(PxTableView):
    """What is given to somebody who names nothing."""

    permission = PUBLIC

    def get(self, request: Request, table_id: str) -> HttpResponse:
        found = self.table(request)
        choice = default_selection(found.axes)
        document = documents.selection_document(choice, found.axes, *placing(found.empty.dimensions))
        return self.answer(lambda: as_json({"language": self.lang, **document}), tag=self.tag(found))


class PxDataView(PxTableView):
    """The figures of a selection; by GET in the address, by POST as JSON."""

    permission = PUBLIC

    def get(self, request: Request, table_id: str) -> HttpResponse:
        found = self.table(request)
        stub, heading = (_listed(request.GET, name) for name in ("stub", "heading"))
        return self.figures(request, found, wanted_in_query(request.GET, found.axes), stub, heading)

    def post(self, request: Request, table_id: str) -> HttpResponse:
        found, body = self.table(request), cast(Any, request.data)
        wanted = wanted_in_body(body, found.axes)
        stub, heading = placement_in_body(body)
        return self.figures(request, found, wanted, stub, heading)

    def figures(
        self, request: Request, found: PxTable, wanted: Any, stub: list[str], heading: list[str]
    ) -> HttpResponse:
        form = _format_of(request)
        parameters = _listed(request.GET, "outputFormatParams")
        if any(word.lower() not in PARAMETERS for word in parameters):
            raise Problem(400, "Unsupported output format", _("Leave out outputFormatParams."), kind=KIND)
        choice = choice_of(wanted, found.axes, found.structure, found.id)
        check_size(choice, found.axes)
        place = placement_of(stub, heading, placing(found.empty.dimensions), found.axes)
        asked = Asked(
            found.dataset, found.release, found.table, found.of_cube(choice), self.lang, follows=True
        )  # fmt: skip
        return self.answer(
            lambda: self.made(found, figures_of(asked), form, place, parameters),
            tag=self.tag(found, choice, form, place, parameters),
            content_type=TYPES[_FORMS[form]],
        )

    def made(
        self,
        found: PxTable,
        figures: Figures,
        form: str,
        place: tuple[list[str], list[str]],
        parameters: list[str],
    ) -> bytes:
        """The figures in a form of PxWebApi's."""
        if form == "xlsx":
            return written(figures, form)
        view = placed(view_of(figures.cube, found.table.title), *place)
        in_heading = len(place[1])
        if form == "px":
            return write_px(view, figures.imprint, table_id=found.id, in_heading=in_heading)
        if form == "csv":
            title = documents.title_of(found.dataset, found.table, self.lang)
            return wide_csv(view, self.lang, title, in_heading=in_heading, parameters=parameters)
        document = documents.px_jsonstat(
            view, found.dataset, found.release, found.table, found.structure, self.lang
        )
        own = jsonstat_document(figures)["extension"]["vaxtkraft"]
        document["extension"]["vaxtkraft"] = {**document["extension"].get("vaxtkraft", {}), **own}
        return as_json(document)


class PxCodelistDetailView(PxView):
    """The categories of one level of a dimension."""

    permission = PUBLIC

    def get(self, request: Request, codelist_id: str) -> HttpResponse:
        try:
            found = table_of(self.token, table_named(codelist_id))
        except (Problem, Http404):
            raise no_codelist() from None
        codelist = codelist_of(codelist_id, found.structure, found.id)
        return self.answer(lambda: as_json(documents.codelist_document(codelist, self.lang)))


def _format_of(request: Request) -> str:
    asked = request.GET.get("outputFormat") or "json-stat2"
    if asked.lower() not in _FORMS:
        raise Problem(
            400, "Unsupported output format", _("The forms are: %s.") % ", ".join(documents.FORMATS), kind=KIND
        )
    return asked.lower()


def _listed(query: Any, name: str) -> list[str]:
    values = [value for key, found in query.lists() if key.lower() == name.lower() for value in found]
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
