"""The tables that pages of results are worked out as, on their way into files: weights, waves, groups."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from datasets.charts.spec import Missing
from datasets.exports import Imprint, csv_file, jsonstat_of_rows, sav_of_rows, table_of_rows, workbook_file
from datasets.exports.table import Table
from portal.files.csv import SEMICOLONS
from surveys.results.outcome import Outcome
from surveys.results.weighting import Weighting
from surveys.wording.results import weighting_in_words
from surveys.wording.tables import Rows, rows_between_groups, rows_since, rows_weighted

WEIGHTED, SINCE, GROUPS = "vikta", "sedan-sist", "grupper"
"""The names of the files, which are the words of the pages' addresses."""


def worked_out(outcome: Outcome, weighting: Weighting | None, lang: str) -> Iterator[tuple[str, str, str, Rows]]:
    """Name, title, explanation and rows of each table that the pages of a round show something of."""
    if weighting is not None:
        rows = rows_weighted(outcome.questionnaire, outcome.cubes, weighting, lang)
        yield WEIGHTED, _("Weighted to the population"), weighting_in_words(weighting), rows
    waves = outcome.waves
    if waves is not None and (waves.changes or waves.breaks):
        breaks = {outcome.questionnaire.question(code): why for code, why in waves.breaks.items()}
        rows = rows_since(waves.changes, waves.not_compared, breaks, lang)
        yield SINCE, _("Since last time"), _judged_together(waves.compared), rows
    found = outcome.findings
    if outcome.between_groups:
        left_out = tuple(one for one in found.not_compared if one.by is not None)
        rows = rows_between_groups(outcome.between_groups, left_out, lang)
        yield GROUPS, _("Between groups"), _judged_together(found.compared), rows


def _judged_together(compared: int) -> str:
    return _(
        "Each of %(count)s comparisons is judged together with all the others (Holm’s method). "
        "The bounds are those of the one difference."
    ) % {"count": compared}


def files_worked_out(
    outcome: Outcome, weighting: Weighting | None, imprint: Imprint, form: str
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each such table in a form; `imprint` is that of a published table of the same round."""
    make, ending = FORMS[form]
    for name, title, explanation, rows in worked_out(outcome, weighting, imprint.lang):
        about = replace(
            imprint,
            title=title,
            subtitle="",
            sentence=explanation,
            unit=_("Per cent, and means in their own unit"),
            notes=(explanation, *imprint.notes),
            missing=tuple(Missing(code, words, count) for (words, code), count in rows.missing.items()),
            interval="",
            reading=None,
            signs=(),
        )
        yield f"{name}.{ending}", make(table_of_rows(rows.columns, rows.rows, about), about)


def _json(table: Table, imprint: Imprint) -> bytes:
    document = jsonstat_of_rows(table, imprint)
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


FORMS: Mapping[str, tuple[Callable[[Table, Imprint], bytes], str]] = {
    "csv": (lambda table, imprint: csv_file(table, SEMICOLONS), "csv"),
    "xlsx": (workbook_file, "xlsx"),
    "json": (_json, "json"),
    "sav": (sav_of_rows, "sav"),
}
