"""Figures in the form that was asked for, each with all that must go with it. All come from protected cubes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from datasets import wording
from datasets.api.choosing import Choice
from datasets.api.documents import absolute, page_for_people
from datasets.api.pcaxis.keyed import px_id
from datasets.api.pcaxis.writer import px_file
from datasets.charts import ChartSpec, build_chart, propose
from datasets.cubes import Reason
from datasets.disclosure import AggregationRule, ProtectedCube
from datasets.exports import Imprint, csv_file, jsonstat_of_cube, table_of_cube, workbook_file
from datasets.imprints import holding_words, imprint_of_table
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import about_of, cube_of, tables_of
from portal.files.csv import dialect_of

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "px": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Asked:
    """A table, the part of it that was asked for, and where it stands."""

    dataset: Dataset
    release: Release
    table: ReleaseTable
    choice: Choice
    lang: str
    follows: bool

    @property
    def link(self) -> str:
        """Where people see these figures."""
        return page_for_people(self.dataset)


@dataclass(frozen=True)
class Figures:
    """The part of a table that was asked for, with its imprint."""

    asked: Asked
    cube: ProtectedCube
    imprint: Imprint


def figures_of(asked: Asked) -> Figures:
    """Read the table, take the part, and say what goes with it."""
    whole = cube_of(asked.table)
    part = whole.select(asked.choice) if asked.choice else whole
    imprint = imprint_of_table(
        dataset=asked.dataset,
        release=asked.release,
        cube=part,
        spec=_first_view(asked, whole),
        link=asked.link,
        holding=holding_words(stays=not asked.follows),
    )
    return Figures(asked, part, imprint)


def _first_view(asked: Asked, whole: ProtectedCube) -> ChartSpec:
    """The view that the table's own page begins with: title, source and cautions are worded there."""
    has_more = len(tables_of(asked.release)[:2]) > 1
    about = about_of(asked.dataset, asked.table.title if has_more else None)
    return build_chart(whole, propose(whole, place=asked.dataset.tenant.code), lang=asked.lang, about=about)


def written(figures: Figures, form: str) -> bytes:
    """The figures as a file."""
    if form == "csv":
        return csv_file(table_of_cube(figures.cube, figures.imprint), dialect_of(figures.imprint.lang))
    if form == "xlsx":
        return workbook_file(table_of_cube(figures.cube, figures.imprint), figures.imprint)
    if form == "px":
        return px_file(
            figures.cube, figures.imprint, table_id=px_id(figures.asked.dataset.pk, figures.asked.table.code)
        )
    return as_json(jsonstat_document(figures))


def jsonstat_document(figures: Figures) -> dict[str, Any]:
    """JSON-stat 2.0 with, under `extension.vaxtkraft`, where it comes from and what was hidden, and why."""
    asked, cube = figures.asked, figures.cube
    document = jsonstat_of_cube(cube, figures.imprint)
    # Where the source tells no day, the figures are as new as their release.
    document.setdefault("updated", asked.release.published_at.isoformat())
    own = document.setdefault("extension", {}).setdefault("vaxtkraft", {})
    own["dataset"] = absolute("api-dataset-detail", dataset_id=asked.dataset.pk)
    own["release"] = {
        "number": asked.release.number,
        "published_at": asked.release.published_at.isoformat(),
        "url": absolute("api-release-detail", dataset_id=asked.dataset.pk, number=asked.release.number),
    }
    own["protection"] = protection_of(cube, asked.release)
    own["fit_for"] = sorted(asked.dataset.fit_for)
    own["is_synthetic"] = asked.dataset.is_synthetic
    return document


def protection_of(cube: ProtectedCube, release: Release) -> dict[str, Any]:
    """How many figures are hidden here, and by what rule, in words."""
    return {
        "hidden": int((cube.statuses == Reason.SUPPRESSED).sum()),
        "method": wording.method_in_words(release.method_version),
        "rule": wording.rule_in_words(AggregationRule.from_json(release.rule)),
    }


def as_json(document: Any) -> bytes:
    """JSON as it is sent."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str).encode()
