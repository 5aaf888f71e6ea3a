"""Figures as JSON-stat 2.0 with the whole imprint: what the standard has a place for there, the rest beside it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np

from datasets.charts.language import rounded
from datasets.charts.spec import ChartSpec
from datasets.cubes import Category, Cube, Dimension, Note, Reason, Role, Unit
from datasets.cubes.reasons import reason_from_token
from datasets.disclosure import ProtectedCube

from .imprint import Imprint
from .steps import steps_of
from .table import Kind, Table

_ESTIMATE, _LOW, _HIGH = "value", "value_low", "value_high"


def jsonstat_of_cube(cube: ProtectedCube, imprint: Imprint) -> dict[str, Any]:
    """A whole table. TypeError for a cube that is not protected."""
    if not isinstance(cube, ProtectedCube):
        raise TypeError("Files are made of protected cubes; call datasets.disclosure.protect() first.")
    return _with_imprint(cube.to_jsonstat(imprint.lang), imprint)


def jsonstat_of_view(spec: ChartSpec, imprint: Imprint) -> dict[str, Any]:
    """What a chart shows: its axis, its series and, where there are intervals, their ends."""
    return _with_imprint(_cube_of(spec).to_jsonstat(spec.lang), imprint)


def jsonstat_of_rows(table: Table, imprint: Imprint) -> dict[str, Any]:
    """Rows that were worked out of published tables: their words along one dimension, their figures the other."""
    lang = imprint.lang
    words = [at for at, column in enumerate(table.columns) if column.is_key]
    figures = [at for at, column in enumerate(table.columns) if column.kind is Kind.NUMBER]
    status = next(at for at, column in enumerate(table.columns) if column.name == "status_code")
    values = np.full((len(table.rows), len(figures)), np.nan)
    statuses = np.zeros(values.shape, dtype=np.uint8)
    for r, row in enumerate(table.rows):
        reason = reason_from_token(str(row[status])) or Reason.NOT_APPLICABLE
        for f, at in enumerate(figures):
            figure = row[at]
            if isinstance(figure, Decimal):
                values[r, f] = float(figure)
            else:
                statuses[r, f] = reason
    along = tuple(
        Category(str(r), {lang: " · ".join(str(row[at]) for at in words if row[at])})
        for r, row in enumerate(table.rows, start=1)
    )
    measures = tuple(Category(table.columns[at].name, {lang: table.columns[at].title}) for at in figures)
    cube = Cube(
        (
            Dimension("row", {lang: ", ".join(table.columns[at].title for at in words)}, along),
            Dimension("measure", {lang: imprint.unit}, measures, role=Role.METRIC),
        ),
        values,
        statuses,
        title={lang: imprint.title},
        source=imprint.source,
    )
    return _with_imprint(cube.to_jsonstat(lang), imprint)


def _cube_of(spec: ChartSpec) -> Cube:
    lang, steps = spec.lang, steps_of(spec)
    along = Dimension(
        spec.x.code,
        {lang: spec.x.label},
        tuple(Category(step.code, {lang: step.label}) for step in steps),
        role=Role.TIME if spec.x.is_time else Role.GEO if spec.x.is_geo else None,
    )
    code = spec.series[0].key.partition("=")[0]
    series = Dimension(
        code,
        {lang: spec.series_label or spec.y.label},
        tuple(Category(one.key.partition("=")[2] or one.key, {lang: one.label}) for one in spec.series),
        role=Role.GEO if spec.series_are_geo else None,
    )
    unit = Unit({lang: spec.y.unit or spec.y.label}, spec.y.decimals)
    ends = (_ESTIMATE, _LOW, _HIGH) if spec.has_intervals else (_ESTIMATE,)
    measures = Dimension(
        _free("measure", (code, spec.x.code)),
        {lang: spec.y.label},
        tuple(Category(end, {lang: end}, unit=unit) for end in ends),
        role=Role.METRIC,
    )
    shape = (len(ends), len(spec.series), len(steps))
    values, statuses = np.full(shape, np.nan), np.zeros(shape, dtype=np.uint8)
    for x, step in enumerate(steps):
        for s, point in enumerate(step.points):
            reason = Reason.NONE if point.status == "ok" else reason_from_token(point.status) or Reason.NONE
            for m, figure in enumerate((point.value, point.low, point.high)[: len(ends)]):
                if figure is not None:
                    values[m, s, x] = float(rounded(figure, spec.y.decimals))
                    statuses[m, s, x] = reason
                else:
                    statuses[m, s, x] = reason if reason.is_missing else Reason.NOT_APPLICABLE
    return Cube(
        (measures, series, along) if spec.has_intervals else (series, along),
        values if spec.has_intervals else values[0],
        statuses if spec.has_intervals else statuses[0],
        title={lang: spec.title},
        unit=unit,
        source=spec.source,
        notes=tuple(Note({lang: note}) for note in spec.notes),
        updated=datetime.combine(spec.updated, time(), UTC) if spec.updated else None,
    )


def _free(wanted: str, taken: tuple[str, ...]) -> str:
    return wanted if wanted not in taken else _free(wanted + "_", taken)


def _with_imprint(document: dict[str, Any], imprint: Imprint) -> dict[str, Any]:
    """The document with its heading, source and notes as every other form says them, and the rest beside."""
    told = document["extension"]["vaxtkraft"]
    told["imprint"] = [
        {"about": fact.key, "label": fact.label, "text": fact.text, **({"href": fact.url} if fact.url else {})}
        for fact in imprint.facts()
    ]
    document["label"] = imprint.heading
    document["source"] = imprint.source
    if imprint.updated is not None:
        document.setdefault("updated", imprint.updated.isoformat())
    said = list(document.get("note", []))
    document["note"] = said + [note for note in (*imprint.notes, *imprint.not_shown) if note not in said]
    links = {"alternate": [{"type": "text/html", "href": imprint.link}]} if imprint.link else {}
    if imprint.licence is not None and imprint.licence.url:
        links["license"] = [{"href": imprint.licence.url, "label": imprint.licence.name}]
    if links:
        document["link"] = links
    return document
