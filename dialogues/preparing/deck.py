"""A dialogue's deck as it is shown: every chart drawn from its release, one colour for one thing throughout."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

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
from datasets.models import Chart, Dataset, Release, ReleaseTable, Voice
from datasets.selectors import about_of, charts_for, cube_of
from datasets.selectors.following import Since, since_of
from datasets.uses import Purpose, Use, use_verdict
from dialogues.models import Dialogue, Slide, SlidePicture


@dataclass(frozen=True)
class Shown:
    """A slide with its chart. Without `spec` there is nothing to draw, and `problem` says why.

    `since` says of a chart that stays at a release what has been revised. `drawn` is the chart as files are made
    of it, and `source` the table that its figures come from. `withdrawn` says that the data set has been withdrawn
    since. `picture` is a photograph inside the page, as a data address, and `alternative` the words for it.
    """

    slide: Slide
    title: str
    chart: Chart | None = None
    spec: dict[str, Any] | None = None
    table: Any = None
    problem: str = ""
    caution: str = ""
    since: Since | None = None
    drawn: ChartSpec | None = None
    source: ReleaseTable | None = None
    picture: str = ""
    alternative: str = ""
    voice: Voice | None = None
    withdrawn: str = ""

    @property
    def measures(self) -> str:
        """What the chart's data set measures."""
        return self.chart.dataset.measures if self.chart else ""

    @property
    def proposal(self) -> str:
        """A sentence on what one is looking at, while nobody has written one: what is shown, and by what."""
        if self.spec is None or self.slide.looking_at:
            return ""
        return self._named

    @property
    def says_more(self) -> bool:
        """Whether somebody wrote what one is looking at, and not only what stands above the chart already."""
        return bool(self.slide.looking_at) and self.slide.looking_at != self._named

    @property
    def _named(self) -> str:
        if self.spec is None:
            return ""
        title, subtitle = self.spec["title"], self.spec.get("subtitle")
        told = f"{title.rstrip('.')}: {subtitle}" if subtitle else title
        return told[: Slide.LONGEST_LOOK]

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
    """The deck in the reader's language. Four queries, six where charts stay at a release, however many it has."""
    slides = list(Slide.in_scope().filter(dialogue=dialogue).order_by("position"))
    charts = charts_for().in_bulk([slide.chart_id for slide in slides if slide.chart_id]) if slides else {}
    tables = _tables([(slide, charts[slide.chart_id]) for slide in slides if slide.chart_id in charts])
    pictures, voices = _beside_charts(slides)
    like = tuple(place["code"] for place in dialogue.compares_with)
    built: dict[Any, ChartSpec] = {}
    shown = []
    for slide in slides:
        if slide.kind != Slide.Kind.CHART:
            shown.append(
                _words(slide, pictures.get(slide.pk), voices.get(slide.voice_id) if slide.voice_id else None)
            )
            continue
        chart = charts.get(slide.chart_id)
        if chart is None:
            shown.append(Shown(slide, _("A chart"), problem=_("This chart is no longer shared with you.")))
            continue
        try:
            table = _table_of(slide, tables)
            built[slide.pk] = _spec(chart, table, lang, like)
            caution = use_verdict(chart.dataset, Purpose.EXPLORE, Use.DECK).text(lang)
            gone = _withdrawn_words(chart, table)
            shown.append(Shown(slide, chart.title, chart, caution=caution, source=table, withdrawn=gone))
        except _Undrawable as problem:
            shown.append(Shown(slide, chart.title, chart, problem=str(problem)))
    coloured = dict(zip(built, share_colours(list(built.values())), strict=True))
    since = since_of(
        [(one.chart, built[one.slide.pk]) for one in shown if one.chart and one.slide.pk in built], lang
    )
    return Deck(tuple(_drawn(one, coloured.get(one.slide.pk), since) for one in shown))


class _Undrawable(Exception):
    """Why a chart cannot be drawn, for the reader."""


def _drawn(one: Shown, spec: ChartSpec | None, since: Mapping[Any, Since]) -> Shown:
    if spec is None or one.chart is None:
        return one
    return replace(one, spec=spec.as_json(), table=chart_table(spec), drawn=spec, since=since.get(one.chart.pk))


def _beside_charts(slides: Sequence[Slide]) -> tuple[dict[UUID, SlidePicture], dict[UUID, Voice]]:
    """The photographs by slide, and the voices that may still be used; no query for what is not there."""
    seen = [one.pk for one in slides if one.kind == Slide.Kind.PICTURE]
    heard = [one.voice_id for one in slides if one.voice_id]
    pictures = SlidePicture.in_scope().filter(slide__in=seen) if seen else ()
    voices = Voice.objects.filter(state=Voice.State.PUBLISHED).in_bulk(heard) if heard else {}
    return {one.slide_id: one for one in pictures}, voices


def _words(slide: Slide, picture: SlidePicture | None, voice: Voice | None) -> Shown:
    """A slide that is no chart."""
    problem = ""
    if slide.kind == Slide.Kind.VOICE and voice is None:
        problem = _("This voice is no longer in use.")
    inside = ""
    if picture is not None:
        inside = f"data:{picture.content_type};base64,{b64encode(bytes(picture.content)).decode()}"
    alternative = picture.alternative if picture else ""
    return Shown(slide, slide.heading, problem=problem, picture=inside, alternative=alternative, voice=voice)


def _withdrawn_words(chart: Chart, table: ReleaseTable) -> str:
    if chart.dataset.withdrawn_at is None:
        return ""
    return _("The data set has been withdrawn since. These are its figures as of release %(number)s.") % {
        "number": table.release.number
    }


def _table_of(slide: Slide, tables: Mapping[UUID, ReleaseTable]) -> ReleaseTable:
    table = tables.get(slide.pk)
    if table is None:
        raise _Undrawable(
            _("The figures of this chart have been withdrawn. What was said about it is in the log.")
        )
    return table


def _spec(chart: Chart, table: ReleaseTable, lang: str, like: Sequence[str]) -> ChartSpec:
    try:
        about = about_of(chart.dataset, table.title)
        cube = cube_of(table)
        selection = with_like(cube.cube, Selection.from_query(chart.query), like)
        return build_chart(cube, selection, lang=lang, about=about)
    except SelectionError as error:
        raise _Undrawable(error.text(lang)) from error
    except CubeError as error:
        raise _Undrawable(_("This chart no longer fits its data set. Open it there and save it anew.")) from error


def _tables(slides: Sequence[tuple[Slide, Chart]]) -> dict[UUID, ReleaseTable]:
    """By slide the table that its chart shows: of the release that it was kept at, else of the newest."""
    kept = {slide.pk: slide.release_id or chart.release_id for slide, chart in slides}
    following = {chart.dataset_id for slide, chart in slides if kept[slide.pk] is None}
    newest = (
        Release.objects.filter(dataset__in=following, dataset__withdrawn_at=None)
        .order_by("dataset_id", "-number")
        .distinct("dataset_id")
    )
    release_of: dict[Any, Any] = {release.dataset_id: release.pk for release in newest} if following else {}
    wanted = Q()
    places: dict[UUID, tuple[Any, str]] = {}
    for slide, chart in slides:
        release_id = kept[slide.pk] or release_of.get(chart.dataset_id)
        if release_id is not None:
            wanted |= Q(release_id=release_id, code=chart.table_code)
            places[slide.pk] = (release_id, chart.table_code)
    if not places:
        return {}
    found = {
        (table.release_id, table.code): table
        for table in ReleaseTable.objects.filter(wanted).select_related("release")
    }
    return {slide: found[place] for slide, place in places.items() if place in found}
