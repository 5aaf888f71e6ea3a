"""The forms in which figures leave, and one way to make each of them."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from datasets.charts.spec import ChartSpec
from datasets.disclosure import ProtectedCube
from portal.files.csv import COMMAS, SEMICOLONS, Dialect
from portal.files.picture import svg_to_png

from .csvw import csvw
from .imprint import Imprint
from .jsonstat import jsonstat_of_cube, jsonstat_of_view
from .picture import chart_picture
from .slides import ChartOnSlide, deck_slides
from .steps import steps_of
from .table import Table, table_of_cube, table_of_view
from .texts import csv_file, workbook_file

_MADE = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Outgoing:
    """Figures on their way out: a chart and its imprint, or with ``is_whole`` the table behind it.

    ``csv_url`` is where the same figures lie as CSV, for the description that stands beside it.
    """

    spec: ChartSpec
    cube: ProtectedCube
    imprint: Imprint
    is_whole: bool = False
    csv_url: str = ""

    @property
    def count(self) -> int:
        """How many figures there are: the rows of a file."""
        return self.cube.cube.size if self.is_whole else sum(len(step.points) for step in steps_of(self.spec))

    @property
    def name(self) -> str:
        """What a file of them is called, without its ending."""
        plain = unicodedata.normalize("NFKD", self.imprint.title).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "diagram"

    @cached_property
    def table(self) -> Table:
        """The figures as rows."""
        return table_of_cube(self.cube, self.imprint) if self.is_whole else table_of_view(self.spec, self.imprint)


@dataclass(frozen=True)
class Form:
    """A kind of file. ``most`` figures fit in one; ``holds_tables`` says whether a whole table does."""

    key: str
    ending: str
    content_type: str
    make: Callable[[Outgoing], bytes]
    holds_tables: bool = True
    most: int = 200_000

    def holds(self, outgoing: Outgoing) -> bool:
        """Whether these figures can leave in this form."""
        return outgoing.count <= self.most and (self.holds_tables or not outgoing.is_whole)


def _csv(dialect: Dialect) -> Callable[[Outgoing], bytes]:
    return lambda outgoing: csv_file(outgoing.table, dialect)


def _csvw(outgoing: Outgoing) -> bytes:
    return _json(csvw(outgoing.table, outgoing.imprint, SEMICOLONS, url=outgoing.csv_url))


def _packed(outgoing: Outgoing) -> bytes:
    """The rows and beside them their description, under names that refer to one another."""
    name = f"{outgoing.name}.csv"
    described = csvw(outgoing.table, outgoing.imprint, SEMICOLONS, url=name)
    return packed({name: csv_file(outgoing.table, SEMICOLONS), f"{name}-metadata.json": _json(described)})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _workbook(outgoing: Outgoing) -> bytes:
    return workbook_file(outgoing.table if outgoing.is_whole else outgoing.spec, outgoing.imprint)


def _jsonstat(outgoing: Outgoing) -> bytes:
    if outgoing.is_whole:
        return _json(jsonstat_of_cube(outgoing.cube, outgoing.imprint))
    return _json(jsonstat_of_view(outgoing.spec, outgoing.imprint))


def _svg(outgoing: Outgoing) -> bytes:
    return chart_picture(outgoing.spec, outgoing.imprint).svg.encode()


def _png(outgoing: Outgoing) -> bytes:
    drawn = chart_picture(outgoing.spec, outgoing.imprint)
    return svg_to_png(drawn.svg, width=drawn.width)


def _pptx(outgoing: Outgoing) -> bytes:
    on_slide = ChartOnSlide(outgoing.spec, outgoing.imprint)
    return deck_slides([on_slide], title=outgoing.imprint.heading, lang=outgoing.spec.lang)


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMS: Mapping[str, Form] = {
    form.key: form
    for form in (
        Form("xlsx", "xlsx", _XLSX, _workbook, most=100_000),
        Form("csv", "csv", "text/csv; charset=utf-8", _csv(SEMICOLONS)),
        Form("csv-komma", "csv", "text/csv; charset=utf-8", _csv(COMMAS)),
        Form("csvw", "csv-metadata.json", "application/csvm+json", _csvw),
        Form("zip", "zip", "application/zip", _packed),
        Form("json", "json", "application/json", _jsonstat, most=2_000_000),
        Form("svg", "svg", "image/svg+xml; charset=utf-8", _svg, holds_tables=False),
        Form("png", "png", "image/png", _png, holds_tables=False),
        Form("pptx", "pptx", _PPTX, _pptx, holds_tables=False),
    )
}
"""Every form by the word that names it in an address."""
