"""Indicators as they are shown: the series since before an activity began, and what can be concluded from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from datasets.charts import (
    ChartSpec,
    Point,
    Selection,
    SelectionError,
    Series,
    build_chart,
    chart_table,
    figure,
    is_after,
    is_before,
    propose,
    with_mark,
)
from datasets.cubes import CubeError
from datasets.models import Dataset, ReleaseTable
from datasets.selectors import about_of, cube_of, latest_release, may_read
from datasets.uses import Purpose, Use, use_verdict
from dialogues.models import Activity, ActivityIndicator


class NotFollowed(Exception):
    """Why a view cannot be followed over time, for the reader."""


@dataclass(frozen=True)
class View:
    """A table of a data set's newest release and a selection in it; an empty query is its first view."""

    table_code: str = ""
    query: str = ""


@dataclass(frozen=True)
class Followed:
    """An indicator on the activity's page. Without `spec` there is nothing to draw, and `problem` says why."""

    indicator: ActivityIndicator
    title: str
    spec: dict[str, Any] | None = None
    table: Any = None
    problem: str = ""
    line_label: str = ""
    can: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()


def first_view(dataset: Dataset, place: str) -> View:
    """The view of a data set that is offered first. Raises NotFollowed where nothing is released."""
    table = _table(dataset, "")
    try:
        return View(table.code, propose(cube_of(table), place=place).to_query())
    except CubeError as error:
        raise NotFollowed(_("Nothing can be drawn of this data set yet.")) from error


def drawn_over_time(dataset: Dataset, view: View, lang: str) -> ChartSpec:
    """The chart of a view. Raises NotFollowed unless it is drawn over time, SelectionError for no such view."""
    table = _table(dataset, view.table_code)
    try:
        about = about_of(dataset, table.title)
        spec = build_chart(cube_of(table), Selection.from_query(view.query), lang=lang, about=about)
    except CubeError as error:
        raise NotFollowed(_("This view no longer fits its data set. Choose it anew.")) from error
    if not spec.x.is_time or not spec.series:
        raise NotFollowed(_("An indicator needs figures over time. Choose a view that runs along time."))
    return spec


def _table(dataset: Dataset, code: str) -> ReleaseTable:
    release = latest_release(dataset) if dataset.withdrawn_at is None else None
    tables = ReleaseTable.objects.filter(release=release).select_related("release").order_by("position")
    found: ReleaseTable | None = (tables.filter(code=code) if code else tables).first() if release else None
    if found is None:
        raise NotFollowed(_("The figures have been withdrawn, or are not released yet."))
    return found


def followed(activity: Activity, membership: Membership, lang: str) -> list[Followed]:
    """The indicators of an activity as the reader may see them. Three queries, and two for each."""
    indicators = list(ActivityIndicator.in_scope().filter(activity=activity))
    datasets = Dataset.objects.in_bulk([one.dataset_id for one in indicators]) if indicators else {}
    shown = []
    for indicator in indicators:
        dataset = datasets.get(indicator.dataset_id)
        if dataset is None or not may_read(membership, dataset):
            shown.append(Followed(indicator, _("Figures"), problem=_("These figures are not shared with you.")))
            continue
        indicator.activity = activity
        shown.append(_followed(indicator, dataset, lang))
    return shown


def _followed(indicator: ActivityIndicator, dataset: Dataset, lang: str) -> Followed:
    try:
        spec = drawn_over_time(dataset, View(indicator.table_code, indicator.query), lang)
    except NotFollowed as problem:
        return Followed(indicator, dataset.title, problem=str(problem))
    except SelectionError as problem:
        return Followed(indicator, dataset.title, problem=problem.text(lang))
    start = indicator.activity.starts_on
    if start is not None:
        day = formats.date_format(start, "j F Y")
        spec = with_mark(
            spec, start, _("“%(title)s” began %(day)s.") % {"title": indicator.activity.title, "day": day}
        )
    line = line_of(spec, indicator.line)
    return Followed(
        indicator,
        spec.title,
        spec.as_json(),
        chart_table(spec),
        line_label=line.label,
        can=tuple(what_can_be_said(spec, line, indicator, start)),
        cannot=tuple(what_cannot_be_said(spec, dataset, start)),
    )


def line_of(spec: ChartSpec, key: str) -> Series:
    """The line that is followed: the one chosen, else the first."""
    return next((one for one in spec.series if one.key == key), spec.series[0])


def what_can_be_said(spec: ChartSpec, line: Series, indicator: ActivityIndicator, start: date | None) -> list[str]:
    """What the shown figures tell of one line, in sentences. Of a figure that is not shown nothing is said."""
    shown = [n for n, point in enumerate(line.points) if point.value is not None]
    said = [_counted(spec, shown, start)]
    base = next((n for n in shown if spec.x.places[n].code == indicator.baseline_period), None)
    if base is None and start is not None:
        base = next((n for n in reversed(shown) if is_before(spec, n, start)), None)
    last = shown[-1] if shown else None
    if base is not None and last is not None and last > base:
        said.append(_change(spec, line.points[base], line.points[last], base, last))
    if indicator.target is not None and last is not None:
        said.append(_aim(spec, line.points[last], indicator))
    return [one for one in said if one]


def _counted(spec: ChartSpec, shown: Sequence[int], start: date | None) -> str:
    if start is None:
        return _("Say when the activity starts, and the start is marked in the chart.")
    before = sum(1 for n in shown if is_before(spec, n, start))
    after = sum(1 for n in shown if is_after(spec, n, start))
    times = ngettext("%(n)s measurement", "%(n)s measurements", before) % {"n": before}
    if not after:
        return _("There is %(before)s from before the start, and none from after it yet.") % {"before": times}
    later = ngettext("%(n)s measurement", "%(n)s measurements", after) % {"n": after}
    return _("There is %(before)s from before the start, and %(after)s from after it.") % {
        "before": times, "after": later,
    }  # fmt: skip


def _change(spec: ChartSpec, base: Point, last: Point, at: int, to: int) -> str:
    given = {
        "first": spec.x.places[at].label, "figure": base.text, "last": spec.x.places[to].label, "now": last.text
    }  # fmt: skip
    words = _("From %(first)s to %(last)s it has gone from %(figure)s to %(now)s.") % given
    if any(at < cut.place <= to for cut in spec.breaks):
        return words + " " + _("It is counted in another way now, so the two can’t be compared.")
    if None not in (base.low, base.high, last.low, last.high):
        apart = base.high < last.low or last.high < base.low  # type: ignore[operator]
        if not apart:
            return words + " " + _("The margins of error meet: it is no certain difference.")
    return words


def _aim(spec: ChartSpec, last: Point, indicator: ActivityIndicator) -> str:
    target = indicator.target or 0
    decimals = len(f"{target:.2f}".rstrip("0").partition(".")[2])
    given = {
        "target": figure(target, decimals, spec.y.unit, spec.lang),
        "when": indicator.target_period,
    }
    aim = _("The aim is %(target)s by %(when)s.") if given["when"] else _("The aim is %(target)s.")
    return aim % given + " " + _("The latest figure is %s.") % last.text


def what_cannot_be_said(spec: ChartSpec, dataset: Dataset, start: date | None) -> list[str]:
    """What the figures do not tell, however they go."""
    said = [
        _(
            "A line that turns after the start does not show that the activity turned it. Much else happened at"
            " the same time, and nobody knows how it would have gone without."
        )
    ]
    verdict = use_verdict(dataset, Purpose.FOLLOW_UP, Use.ACTIVITY, activity="shown")
    if caution := verdict.text(spec.lang):
        said.append(caution)
    if start is not None and sum(1 for n in range(len(spec.x.places)) if is_after(spec, n, start)) < 2:
        said.append(_("One measurement after the start says little. Wait for two or three before you judge."))
    said.append(_("A figure that stands still is no failure: the effect may come later, or show somewhere else."))
    return said
