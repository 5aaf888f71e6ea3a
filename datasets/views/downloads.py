"""Figures as files: what there is to choose from, and each file, for members and for anyone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response

from accounts.middleware import tenant_of
from datasets.exports import FORMS, Form, Outgoing
from datasets.imprints import address, holding_words, imprint_of_table, imprint_of_view
from datasets.models import Chart, Dataset
from datasets.selectors import charts_for
from datasets.selectors.following import since_of
from datasets.services.downloads import figures_downloaded
from datasets.views.common import DatasetView, signed_in
from datasets.views.public import PublicView
from datasets.views.showing import ShownChart, show
from datasets.wording import language, title_of
from datasets.wording.downloads import FILES
from portal.tenancy.scope import PUBLIC_AUDIENCE
from portal.views import PUBLIC

WHOLE = "omfang"
"""With ``omfang=hela`` a file holds the whole table, else what the chart shows."""
PUBLIC_FOR = "public, max-age=300"
PRIVATE = "private, no-store"


@dataclass(frozen=True)
class Place:
    """Where a chart is looked at: the addresses of its page and files, and whose municipality it is seen from."""

    page: str
    choose: str
    file: str
    code: str
    is_public: bool

    def file_of(self, form: str) -> str:
        """The address of one form of file."""
        return self.file.replace("/-/", f"/{form}/")


def place_of(slug: str, dataset: Dataset, code: str) -> Place:
    """Inside a tenant."""
    where = [slug, dataset.pk]
    return Place(
        page=reverse("chart-view", args=where),
        choose=reverse("download-choose", args=where),
        file=reverse("download-file", args=[*where, "-"]),
        code=code,
        is_public=dataset.audience_id == PUBLIC_AUDIENCE,
    )


def public_place_of(dataset: Dataset) -> Place:
    """On the pages for anyone."""
    where = [dataset.tenant.slug, dataset.pk]
    return Place(
        page=reverse("public-dataset-detail", args=where),
        choose=reverse("public-download-choose", args=where),
        file=reverse("public-download-file", args=[*where, "-"]),
        code=dataset.tenant.code,
        is_public=True,
    )


def outgoing_of(
    shown: ShownChart, place: Place, *, is_whole: bool = False, chart: Chart | None = None
) -> Outgoing:
    """The figures of a view with all that goes with them, ready to leave in any form.

    `chart` is the saved chart that they were asked for from: then its own link and its own release hold.
    """
    common: dict[str, Any] = {
        "dataset": shown.dataset,
        "release": shown.release,
        "cube": shown.cube,
        "spec": shown.spec,
        "link": address(f"{link_page(shown, place)}?{shown.link}"),
        "holding": holding_words(stays=not shown.is_latest if chart is None else chart.is_frozen),
    }
    if is_whole:
        imprint = imprint_of_table(**common)
    else:
        since = since_of([(chart, shown.spec)], shown.spec.lang).get(chart.pk) if chart is not None else None
        revised = since.words if since is not None else ""
        imprint = imprint_of_view(selection=shown.selection, revised=revised, **common)
    csv_url = address(f"{place.file_of('csv')}?{_query(shown, is_whole)}")
    return Outgoing(shown.spec, shown.cube, imprint, is_whole, csv_url)


def link_page(shown: ShownChart, place: Place) -> str:
    """The page that a file links to: of public figures the one that anyone may open."""
    if place.is_public:
        return reverse("public-dataset-detail", args=[shown.dataset.tenant.slug, shown.dataset.pk])
    return place.page


def _query(shown: ShownChart, is_whole: bool) -> str:
    return f"{shown.link}&{WHOLE}=hela" if is_whole else shown.link


class Choosing:
    """What the two pages of downloads have in common."""

    def choose(self, request: HttpRequest, shown: ShownChart, place: Place, template: str) -> HttpResponse:
        """The page that says what each file holds before it is fetched."""
        chart = asked_chart(request, shown.dataset)
        shown_part, whole = (_part(shown, place, chart, is_whole=is_whole) for is_whole in (False, True))
        context = {
            "shown": shown_part,
            "whole": whole,
            "is_public": place.is_public,
            "dataset": shown.dataset,
            "dataset_title": title_of(shown.dataset, language()),
            "spec": shown.spec,
            "chart_url": f"{place.page}?{shown.link}",
            "facts": outgoing_of(shown, place, chart=chart).imprint.facts(),
        }
        return render(request, template, context)

    def file(self, request: HttpRequest, shown: ShownChart, place: Place, form: Form) -> HttpResponseBase:
        """One file; of figures that not everybody may see, its fetching stands in the log."""
        chart = asked_chart(request, shown.dataset)
        outgoing = outgoing_of(shown, place, is_whole=request.GET.get(WHOLE) == "hela", chart=chart)
        if not form.holds(outgoing):
            return redirect(f"{place.choose}?{shown.link}")
        etag = _etag(shown, outgoing, form)
        if place.is_public:
            unchanged = get_conditional_response(request, etag=etag)
            if unchanged is not None and unchanged.status_code == 304:
                unchanged["Cache-Control"] = PUBLIC_FOR
                return unchanged
        response = HttpResponse(form.make(outgoing), content_type=form.content_type)
        response["Content-Disposition"] = f'attachment; filename="{outgoing.name}.{form.ending}"'
        response["Cache-Control"] = PUBLIC_FOR if place.is_public else PRIVATE
        if place.is_public:
            response["ETag"] = etag
        if form.key == "csv":
            described = address(f"{place.file_of('csvw')}?{_query(shown, outgoing.is_whole)}")
            response["Link"] = f'<{described}>; rel="describedby"; type="application/csvm+json"'
        if not place.is_public:
            figures_downloaded(
                dataset=shown.dataset,
                release=shown.release,
                form=form.key,
                is_whole=outgoing.is_whole,
                count=outgoing.count,
                by=signed_in(request),
            )
        return response


class DownloadChooseView(Choosing, DatasetView):
    """What can be downloaded of a view of a data set."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset, code = self.dataset(), tenant_of(request).code
        place = place_of(slug, dataset, code)
        shown = show(dataset, request.GET, lang=language(), place=code)
        if shown.problem:
            return _back_to(place, request.GET)
        return self.choose(request, shown, place, "datasets/download_choose.html")


class DownloadFileView(Choosing, DatasetView):
    """The figures of a view of a data set as a file."""

    permission = "datasets.view_dataset"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID, file_kind: str) -> HttpResponseBase:
        form = form_named(file_kind)
        dataset, code = self.dataset(), tenant_of(request).code
        place = place_of(slug, dataset, code)
        with translation.override(asked_language(request)):
            shown = show(dataset, request.GET, lang=language(), place=code)
            if shown.problem:
                return _back_to(place, request.GET)
            return self.file(request, shown, place, form)


class PublicDownloadChooseView(Choosing, PublicView):
    """What anyone can download of an open data set."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        dataset = self.dataset()
        place = public_place_of(dataset)
        shown = show(dataset, request.GET, lang=language(), place=place.code)
        if shown.problem:
            return _back_to(place, request.GET)
        return self.choose(request, shown, place, "datasets/public_download_choose.html")


class PublicDownloadFileView(Choosing, PublicView):
    """The figures of a view of an open data set as a file, for anyone."""

    permission = PUBLIC

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID, file_kind: str) -> HttpResponseBase:
        form = form_named(file_kind)
        dataset = self.dataset()
        place = public_place_of(dataset)
        with translation.override(asked_language(request)):
            shown = show(dataset, request.GET, lang=language(), place=place.code)
            if shown.problem:
                return _back_to(place, request.GET)
            return self.file(request, shown, place, form)


def asked_chart(request: HttpRequest, dataset: Dataset) -> Chart | None:
    """The saved chart from whose page somebody came, if its figures are this data set's."""
    try:
        chart_id = UUID(request.GET.get("diagram", ""))
    except ValueError:
        return None
    return charts_for(dataset).filter(pk=chart_id).first()


def _part(shown: ShownChart, place: Place, chart: Chart | None, *, is_whole: bool) -> dict[str, Any]:
    """How many figures there are, and the files in which they fit."""
    outgoing, query = outgoing_of(shown, place, is_whole=is_whole), _query(shown, is_whole)
    query += f"&diagram={chart.pk}" if chart is not None else ""
    fitting = [key for key in FILES if key in FORMS and FORMS[key].holds(outgoing)]
    return {
        "count": outgoing.count,
        "is_too_large": "xlsx" not in fitting,
        "files": [
            {"label": FILES[key][0], "text": FILES[key][1], "url": f"{place.file_of(key)}?{query}"}
            for key in fitting
        ],
    }


def form_named(key: str) -> Form:
    """The kind of file that an address names, else 404."""
    if key not in FORMS:
        raise Http404
    return FORMS[key]


def asked_language(request: HttpRequest) -> str:
    """The language that a file's address asks for, else the reader's; so that a cached file is in one language."""
    asked = request.GET.get("lang", "")
    return asked if asked in ("sv", "en") else language()


def _back_to(place: Place, data: QueryDict) -> HttpResponse:
    """To the chart's page, which says what of the link could not be followed."""
    return redirect(f"{place.page}?{data.urlencode()}")


def _etag(shown: ShownChart, outgoing: Outgoing, form: Form) -> str:
    """The same as long as the file would be: it is made of nothing but these."""
    parts = (shown.table.sha256, shown.spec.query, form.key, outgoing.is_whole, outgoing.imprint, outgoing.csv_url)
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
