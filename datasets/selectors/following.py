"""Charts that stay at a release: what has been published since, and which of their figures it revises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.charts import ChartSpec, Selection, SelectionError, build_chart
from datasets.cubes import CubeError
from datasets.exports import RevisedFigure, revised_figures
from datasets.models import Chart, Release, ReleaseTable
from datasets.selectors import about_of, charts_for, cube_of

SHORT = 10
"""Digits of a chart's id in its short address: enough to tell a municipality's charts apart."""


@dataclass(frozen=True)
class Since:
    """What has come since the release that a chart stays at. `newest` has no such view where `is_gone`."""

    newest: Release
    revised: tuple[RevisedFigure, ...] = ()
    is_gone: bool = False

    @property
    def words(self) -> str:
        """It in one sentence."""
        if self.is_gone:
            return _("There are newer figures, and this view is no longer among them.")
        if not self.revised:
            return _("There are newer figures. Those shown here have not been revised.")
        count = len(self.revised)
        return ngettext(
            "%(count)s value has been revised since.", "%(count)s values have been revised since.", count
        ) % {"count": count}


def since_of(drawn: Sequence[tuple[Chart, ChartSpec]], lang: str) -> dict[UUID, Since]:
    """For each chart that stays at a release and is not at the newest: what has come since, by the chart's id.

    Two queries however many charts there are, none where all of them follow their data.
    """
    frozen = [(chart, spec) for chart, spec in drawn if chart.is_frozen]
    if not frozen:
        return {}
    newest: dict[Any, Release] = {
        release.dataset_id: release
        for release in Release.objects.filter(dataset__in={chart.dataset_id for chart, _spec in frozen})
        .order_by("dataset_id", "-number")
        .distinct("dataset_id")
    }
    behind = [
        (chart, spec, newest[chart.dataset_id])
        for chart, spec in frozen
        if chart.dataset_id in newest and newest[chart.dataset_id].pk != chart.release_id
    ]
    tables = _tables([(release.pk, chart.table_code) for chart, _spec, release in behind])
    return {
        chart.pk: _compared(chart, spec, release, tables.get((release.pk, chart.table_code)), lang)
        for chart, spec, release in behind
    }


def _tables(wanted: Sequence[tuple[Any, str]]) -> dict[tuple[Any, str], ReleaseTable]:
    if not wanted:
        return {}
    asked = Q()
    for release_id, code in wanted:
        asked |= Q(release_id=release_id, code=code)
    return {(table.release_id, table.code): table for table in ReleaseTable.objects.filter(asked)}


def _compared(chart: Chart, spec: ChartSpec, release: Release, table: ReleaseTable | None, lang: str) -> Since:
    if table is None:
        return Since(release, is_gone=True)
    try:
        about = about_of(chart.dataset, table.title)
        now = build_chart(cube_of(table), Selection.from_query(chart.query), lang=lang, about=about)
    except (SelectionError, CubeError):
        return Since(release, is_gone=True)
    return Since(release, revised_figures(spec, now))


def short_code(chart: Chart) -> str:
    """What stands in a chart's short address."""
    return chart.pk.hex[:SHORT]


def chart_of_code(code: str) -> QuerySet[Chart]:
    """The charts whose short address this is, the oldest first: an address that was given out stays its own."""
    try:
        low, high = (UUID(code + digit * (32 - len(code))) for digit in "0f")
    except ValueError:
        return charts_for().none()
    found: QuerySet[Chart] = charts_for().filter(pk__gte=low, pk__lte=high).order_by("created_at")
    return found if len(code) == SHORT else found.none()
