"""What a file is and what table it holds: the same reading for the preview and for the import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from accounts.models import Tenant
from accounts.reference import counties, municipalities
from datasets.cubes import Cube, LocalText
from datasets.importers import (
    CsvGuess,
    CsvMapping,
    Format,
    ImportResult,
    Problem,
    format_of,
    intake,
    read_csv,
    read_jsonstat,
    read_px,
    recall,
    sniff_csv,
)
from datasets.importers.names import FORMAT_NAMES
from datasets.importers.problems import LeftOut, Refused, Report
from datasets.importers.quarantine import REPEATED

_LABELS_SHOWN = 6
REMEMBERED = "remembered"
"""Marks a mapping that was said of another file: this one's own way of writing comes before it."""
MAY_BE_THE_COLUMNS = frozenset({
    "csv_header_changed", "csv_too_many_left_out", "csv_cell", "csv_blank_category", "csv_time", "csv_place",
    "csv_place_contradiction", "csv_duplicate", "csv_no_measure", "csv_no_dimension", "csv_mapping",
    "csv_encoding", "sheet_gone", "csv_ragged", "csv_cell_power",
    "csv_cell_unit",
})  # fmt: skip
"""Problems that another word about the columns may solve; all other fatal ones lie in the file itself."""


@dataclass(frozen=True)
class Found:
    """What reading a file gave: `guess` and `mapping` as plain JSON, `rows` the first rows as written."""

    format: Format
    cube: Cube | None
    problems: tuple[Problem, ...]
    guess: dict[str, Any] = field(default_factory=dict)
    mapping: dict[str, Any] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_hopeless(self) -> bool:
        """Whether nothing that anyone says about the columns can help: the file itself must be mended."""
        fatal = {problem.code for problem in self.problems if problem.severity == "fatal"}
        return self.cube is None and not (self.mapping and fatal <= MAY_BE_THE_COLUMNS)


def refused_at_once(name: str, data: bytes) -> list[Problem]:
    """What a first look at a file says against it: empty, a picture, a web page. Nothing need be stored then."""
    report = Report()
    kind = format_of(name, data)
    try:
        if not kind.is_workbook:
            intake.look(data, FORMAT_NAMES[kind], report)
    except Refused:
        return list(report.problems)
    return []


def look_at(name: str, data: bytes, mapping: Mapping[str, Any], places: Mapping[str, str]) -> Found:
    """Read a whole file, by what a person said of its columns where they have, else by a guess."""
    kind = format_of(name, data)
    if not kind.has_columns:
        result = read_px(data) if kind is Format.PX else read_jsonstat(data)
        return Found(kind, result.cube, result.problems, _facts(result))
    confirmed = as_confirmed(mapping)
    # How the columns are parted is each file's own: last year's says nothing of it.
    separator = None if mapping.get(REMEMBERED) else mapping.get("separator")
    guess = sniff_csv(data, places, mapping.get("sheet"), separator or None)
    if guess.mapping is None and (mapping.get(REMEMBERED) or separator):
        guess = sniff_csv(data, places)
    if guess.mapping is None:
        return Found(kind, None, guess.problems)
    chosen = guess.mapping
    if confirmed and mapping.get(REMEMBERED):
        confirmed, guess = _recalled(confirmed, guess, chosen)
    chosen = confirmed or chosen
    result = read_csv(data, chosen, places)
    return Found(
        kind,
        result.cube,
        _together(guess, result, is_confirmed=confirmed is not None),
        {**_facts(result), **_columns(guess)},
        chosen.to_json(),
        [[str(cell) for cell in row.cells] for row in guess.preview],
        result.left_out,
    )


def _recalled(saved: CsvMapping, guess: CsvGuess, proposed: CsvMapping) -> tuple[CsvMapping | None, CsvGuess]:
    """What was said of the last file, where it fits this one; else the guess, with a remark that it does not."""
    found = recall(saved, proposed)
    if found is not None and any(problem.code == "csv_decimal" for problem in guess.problems):
        found = replace(found, decimal=saved.decimal, thousands=saved.thousands)
    if found is not None:
        return found, guess
    report = Report()
    report.add("csv_not_remembered")
    return None, replace(guess, problems=(*guess.problems, *report.problems))


def remembered(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of another file's columns, to be said again where it fits."""
    return {**mapping, REMEMBERED: True} if mapping.get("columns") else {}


def is_alike(mapping: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether what was said of one file's columns can be said of another's, which was only guessed at."""
    saved, guess = as_confirmed(mapping), as_confirmed(other)
    return saved is not None and guess is not None and recall(saved, guess) is not None


def as_confirmed(mapping: Mapping[str, Any]) -> CsvMapping | None:
    """What a person said of a file's columns; None where they have said nothing, or only which sheet to read."""
    return CsvMapping.from_json(mapping) if mapping.get("columns") else None


def _together(guess: CsvGuess, result: ImportResult, *, is_confirmed: bool) -> tuple[Problem, ...]:
    """What reading said, and what was in doubt before anybody had confirmed it."""
    doubts = () if is_confirmed else tuple(p for p in guess.problems if p.severity != "fatal")
    seen: dict[str, Problem] = {}
    for problem in (*result.problems, *doubts):
        seen.setdefault(
            f"{problem.code} {problem.line} {problem.column} {sorted(problem.params.items())}", problem
        )
    return tuple(seen.values())


def _columns(guess: CsvGuess) -> dict[str, Any]:
    return {
        "rows": guess.rows,
        "columns": [asdict(facts) for facts in guess.columns],
        "sheets": [asdict(sheet) for sheet in guess.sheets],
    }


def _facts(result: ImportResult) -> dict[str, Any]:
    facts: dict[str, Any] = {"encoding": result.encoding or "", "about": dict(result.about)}
    if result.cube is None:
        return facts
    cube = result.cube
    return facts | {
        "title": dict(cube.title),
        "source": cube.source,
        "unit": dict(cube.unit.label) if cube.unit else {},
        "updated": cube.updated.date().isoformat() if cube.updated else "",
        "cells": cube.size,
        "dimensions": [
            {
                "code": dimension.code,
                "label": dict(dimension.label),
                "role": str(dimension.role or ""),
                "size": len(dimension),
                "summable": dimension.summable,
                "total": _label(dimension.category(dimension.total).label) if dimension.total else {},
                "first": [_label(category.label) for category in dimension.categories[:_LABELS_SHOWN]],
                "last": _label(dimension.categories[-1].label),
            }
            for dimension in cube.dimensions
        ],
    }


def _label(text: LocalText) -> dict[str, str]:
    return dict(text)


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as it is kept with its upload; translated for each reader when it is shown."""
    return {**asdict(problem), "severity": str(problem.severity), "params": dict(problem.params)}


def quarantined(found: Found) -> list[dict[str, Any]]:
    """The rows that were left out of a file, as they are kept with its upload."""
    return [
        {"line": row.line, "cells": list(row.cells), "problem": problem_json(row.problem)}
        for row in found.left_out
    ]


def problems_kept(found: Found) -> list[dict[str, Any]]:
    """The report of a file as it is kept: of rows that were left out only how many they are."""
    apart = {(row.problem.code, row.line) for row in found.left_out}
    return [problem_json(problem) for problem in found.problems if (problem.code, problem.line) not in apart]


def lost_rows(found: Found) -> int:
    """How many rows of a file are in no table, those that only repeat others aside."""
    return sum(row.problem.code != REPEATED for row in found.left_out)


def places_known(tenant: Tenant) -> dict[str, str]:
    """Code to name of the country, counties and municipalities, and of the tenant's own region and neighbours.

    The last are in the list already, unless this is a demo, whose municipalities are nowhere else.
    """
    known = {"00": "Riket"}
    known.update((county.code, county.name) for county in counties())
    known.update((municipality.code, municipality.name) for municipality in municipalities())
    region = tenant.region
    for found in (region, *Tenant.objects.filter(parent=region)):
        known.setdefault(found.code, found.name)
    return known
