"""A dialogue's deck as it is shown: every chart drawn from its release, one colour for one thing throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from datasets.charts import (
    ChartSpec,
    Selection,
    SelectionError,
    build_chart,
    chart_table,
    share_colours,
    with_like,
)
from datasets.cubes import CubeError
from datasets.models import Chart, Dataset, Release, ReleaseTable
from datasets.selectors import about_of, charts_for, cube_of
from datasets.uses import Purpose, Use, use_verdict
from dialogues.models import Dialogue, Slide


@dataclass(frozen=True)
class Shown:
    """A slide with its chart. Without `spec` there is nothing to draw, and `problem` says why."""

    slide: Slide
    title: str
    chart: Chart | None = None
    spec: dict[str, Any] | None = None
    table: Any = None
    problem: str = ""
    caution: str = ""

    @property
    def measures(self) -> str:
        """What the chart's data set measures."""
        return self.chart.dataset.measures if self.chart else ""

    @property
    def sentence(self) -> str:
        """The finding in words."""
        return self.spec["sentence"] if self.spec else ""


@dataclass(frozen=True)
class Deck:
    """The charts in order, with what is worth saying of them as a whole."""

    shown: tuple[Shown, ...]

    @property
    def charts(self) -> list[Chart]:
        """The saved charts that are in the deck and can be seen."""
        return [one.chart for one in self.shown if one.chart is not None]

    @property
    def is_all_risk(self) -> bool:
        """Whether every chart is of what is hard, so that the talk would be of nothing else."""
        return bool(self.charts) and all(chart.dataset.measures == Dataset.Measures.RISK for chart in self.charts)

    @property
    def is_long(self) -> bool:
        """Whether there are more charts than people take in."""
        return len(self.shown) > Dialogue.MOST_CHARTS


def deck_of(dialogue: Dialogue, lang: str) -> Deck:
    """The deck in the reader's language. Four queries, however many charts it has."""
    slides = list(Slide.in_scope().filter(dialogue=dialogue).order_by("position"))
    charts = charts_for().in_bulk([slide.chart_id for slide in slides]) if slides else {}
    tables = _tables(list(charts.values()))
    like = tuple(place["code"] for place in dialogue.compares_with)
    built: dict[Any, ChartSpec] = {}
    shown = []
    for slide in slides:
        chart = charts.get(slide.chart_id)
        if chart is None:
            shown.append(Shown(slide, _("A chart"), problem=_("This chart is no longer shared with you.")))
            continue
        try:
            built[slide.pk] = _spec(chart, tables, lang, like)
            caution = use_verdict(chart.dataset, Purpose.EXPLORE, Use.DECK).text(lang)
            shown.append(Shown(slide, chart.title, chart, caution=caution))
        except _Undrawable as problem:
            shown.append(Shown(slide, chart.title, chart, problem=str(problem)))
    coloured = dict(zip(built, share_colours(list(built.values())), strict=True))
    return Deck(tuple(_drawn(one, coloured.get(one.slide.pk)) for one in shown))


class _Undrawable(Exception):
    """Why a chart cannot be drawn, for the reader."""


def _drawn(one: Shown, spec: ChartSpec | None) -> Shown:
    if spec is None:
        return one
    return replace(one, spec=spec.as_json(), table=chart_table(spec))


def _spec(chart: Chart, tables: dict[tuple[Any, str], ReleaseTable], lang: str, like: Sequence[str]) -> ChartSpec:
    table = tables.get((chart.dataset_id if chart.release_id is None else chart.release_id, chart.table_code))
    if table is None:
        raise _Undrawable(
            _("The figures of this chart have been withdrawn. What was said about it is in the log.")
        )
    try:
        about = about_of(chart.dataset, table.title)
        cube = cube_of(table)
        selection = with_like(cube.cube, Selection.from_query(chart.query), like)
        return build_chart(cube, selection, lang=lang, about=about)
    except SelectionError as error:
        raise _Undrawable(error.text(lang)) from error
    except CubeError as error:
        raise _Undrawable(_("This chart no longer fits its data set. Open it there and save it anew.")) from error


def _tables(charts: list[Chart]) -> dict[tuple[Any, str], ReleaseTable]:
    """The tables that the charts show: of their own release where they are frozen, else of the newest.

    Keyed by release, or by data set for those that follow it, and by code.
    """
    following = {chart.dataset_id for chart in charts if chart.release_id is None}
    newest = (
        Release.objects.filter(dataset__in=following, dataset__withdrawn_at=None)
        .order_by("dataset_id", "-number")
        .distinct("dataset_id")
    )
    release_of: dict[Any, Any] = {release.dataset_id: release.pk for release in newest} if following else {}
    wanted = Q()
    keys: list[tuple[tuple[Any, str], tuple[Any, str]]] = []
    for chart in charts:
        owner = chart.dataset_id if chart.release_id is None else chart.release_id
        release_id = release_of.get(owner) if chart.release_id is None else owner
        if release_id is not None:
            wanted |= Q(release_id=release_id, code=chart.table_code)
            keys.append(((owner, chart.table_code), (release_id, chart.table_code)))
    if not keys:
        return {}
    found = {(table.release_id, table.code): table for table in ReleaseTable.objects.filter(wanted)}
    return {key: found[place] for key, place in keys if place in found}
