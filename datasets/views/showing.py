"""A view of a data set as a chart: what the page, the download and the public page have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict

from datasets.charts import (
    ChartSpec,
    Selection,
    SelectionError,
    build_chart,
    chart_table,
    propose,
    propose_for,
)
from datasets.disclosure import ProtectedCube
from datasets.exports import Fact
from datasets.forms.selecting import selection_form
from datasets.forms.selection_reading import SENT, read_selection
from datasets.imprints import holding_words, imprint_of_view
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import about_of, cube_of, newest_tables, tables_of
from datasets.wording import named_tables, title_of

LINK_KEYS = ("table", "utgava")
"""What a chart's link says beside its selection: which table, and which release unless it is the newest."""


@dataclass(frozen=True)
class ShownChart:
    """One view of one table of one release.

    `problem` says why another view is shown than the one that was `asked` for.
    """

    dataset: Dataset
    release: Release
    is_latest: bool
    tables: Sequence[ReleaseTable]
    table: ReleaseTable
    cube: ProtectedCube
    selection: Selection
    spec: ChartSpec
    asked: Selection
    problem: str = ""

    @property
    def link(self) -> str:
        """The query that reopens exactly this view."""
        return self.link_to(self.selection)

    def link_to(self, selection: Selection) -> str:
        """The query that opens another view of the same table and release."""
        own = {} if len(self.tables) == 1 else {"table": self.table.code}
        if not self.is_latest:
            own["utgava"] = str(self.release.number)
        return "&".join(filter(None, (urlencode(own), selection.to_query())))

    def about(self, *, stays: bool) -> tuple[Fact, ...]:
        """What goes with the figures in every file, for the fold under the chart."""
        imprint = imprint_of_view(
            dataset=self.dataset,
            release=self.release,
            cube=self.cube,
            spec=self.spec,
            selection=self.selection,
            link="",
            holding=holding_words(stays=stays),
        )
        return imprint.about()

    def context(self, lang: str, page: str, files: str, *, stays: bool | None = None) -> dict[str, Any]:
        """What the templates of a chart need; `page` and `files` are the addresses of the view and its files.

        `stays` says of a saved chart whether it is frozen; else a view of an older release stays.
        """
        return {
            "about_figures": self.about(stays=not self.is_latest if stays is None else stays),
            "chart_url": page,
            "share_url": f"{page}?{self.link}",
            "download_url": f"{files}?{self.link}",
            "dataset": self.dataset,
            "dataset_title": title_of(self.dataset, lang),
            "release": self.release,
            "is_latest": self.is_latest,
            "table_code": self.table.code,
            "tables": named_tables(self.tables, lang),
            "selection": selection_form(self.cube, self.asked, lang),
            "spec": self.spec.as_json(),
            "table": chart_table(self.spec),
            "link": self.link,
            "problem": self.problem,
        }


def show(dataset: Dataset, data: QueryDict, *, lang: str, place: str) -> ShownChart:
    """The view that a link asks for, or where it asks for nothing a sensible first one.

    A link that cannot be shown gives the first view and says what was wrong. 404 where there is no such
    release or table.
    """
    newest = newest_tables(dataset)
    number = data.get("utgava", "")
    if not newest:
        raise Http404
    release = newest[0].release if not number else _numbered(dataset, number)
    is_latest = release.pk == newest[0].release_id
    tables = newest if is_latest else list(tables_of(release))
    group = _group(dataset, data)
    code = data.get("table", "") or group.get("table") or tables[0].code
    table = ReleaseTable.objects.filter(release=release, code=code).first()
    if table is None:
        raise Http404
    cube = cube_of(table)
    asked, problem = _selection(data, cube, lang, place, group)
    selection = asked
    about = about_of(dataset, table.title if len(tables) > 1 else None)
    try:
        spec = build_chart(cube, selection, lang=lang, about=about)
    except SelectionError as error:
        problem, selection = error.text(lang), propose(cube, place=place)
        spec = build_chart(cube, selection, lang=lang, about=about)
    return ShownChart(dataset, release, is_latest, tables, table, cube, selection, spec, asked, problem)


def _numbered(dataset: Dataset, number: str) -> Release:
    found = Release.objects.filter(dataset=dataset, number=number).first() if number.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _group(dataset: Dataset, data: QueryDict) -> dict[str, Any]:
    """Where the data set tells of the group that a link asks for by its key (`grupp`); empty where it does not."""
    found: dict[str, Any] = dataset.coverage.get(data.get("grupp", ""), {})
    return found


def _selection(
    data: QueryDict, cube: ProtectedCube, lang: str, place: str, group: dict[str, Any]
) -> tuple[Selection, str]:
    try:
        if SENT in data:
            return read_selection(data, cube, place), ""
        if "kind" in data or "x" in data:
            return Selection.from_query(data.urlencode()), ""
    except SelectionError as error:
        return propose(cube, place=place), error.text(lang)
    if group:
        return propose_for(cube, group["at"], place=place), ""
    return propose(cube, place=place), ""


def status_of(shown: ShownChart) -> int:
    """400 for a link that could not be followed; the page shows another view and says so."""
    return 400 if shown.problem else 200


def was_sent(request: HttpRequest) -> bool:
    """Whether the form of choices was sent, so that the reader is taken to the view's own link."""
    return SENT in request.GET
