"""XLSForm on the page: a form that somebody else wrote becomes a draft, and a version becomes a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.views import PortalView
from surveys.drafting import bank, outline
from surveys.services.drafts import questionnaire_begin
from surveys.views.common import REFUSALS, signed_in
from surveys.views.questionnaires import EDIT, version_of
from surveys.wording.drafts import language_in_words
from surveys.xlsform import Reading, Told, read_xlsform, write_xlsform
from surveys.xlsform.opening import LARGEST, TOO_LARGE_FILE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class QuestionnaireImportView(PortalView):
    """Choose a file; then what was read, left out and refused, row by row."""

    permission = EDIT

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return render(request, "surveys/questionnaire_import.html")

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return self.refused(request, _("Choose a file first."))
        if file.size is None or file.size > LARGEST:
            return self.refused(request, _(TOO_LARGE_FILE) % {"most": LARGEST // 1_000_000})
        reading = read_xlsform(file.read(), file.name or "")
        context = report_of(reading) | {"name": file.name}
        if reading.draft is None:
            return render(request, "surveys/questionnaire_import.html", context, status=422)
        try:
            draft = questionnaire_begin(
                definition=reading.draft | {"format": outline.FORMAT}, by=signed_in(request)
            )
        except REFUSALS as refusal:
            return self.refused(request, str(refusal))
        return render(request, "surveys/questionnaire_import.html", context | {"draft": draft})

    def refused(self, request: HttpRequest, words: str) -> HttpResponse:
        """The page again, with why nothing was read."""
        return render(request, "surveys/questionnaire_import.html", {"refusal": words}, status=422)


class QuestionnaireVersionFormView(PortalView):
    """A version as an XLSForm, to be opened in other tools or changed in a spreadsheet."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
        version = version_of(version_id)
        return workbook(version.definition, f"{version.questionnaire.code}-{version.number}")


class QuestionnaireExampleView(PortalView):
    """The ready questionnaire as an XLSForm: an example of how such a form is written."""

    permission = "surveys.view_round"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return workbook(bank.ready_definition(), "vaxtkraft-exempel")


def workbook(definition: dict[str, Any], name: str) -> HttpResponse:
    """The form as a download."""
    response = HttpResponse(write_xlsform(definition), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def report_of(reading: Reading) -> dict[str, Any]:
    """What was read, left out, read otherwise and refused, each with its cell."""
    return {
        "reading": reading,
        "languages": [language_in_words(code) for code in (reading.draft or {}).get("languages", ())],
        "errors": told_together(reading.errors),
        "stripped": told_together(reading.stripped),
        "warnings": told_together(reading.warnings),
    }


def told_together(told: Sequence[Told]) -> list[dict[str, str]]:
    """What is told of a form, each sentence once, with all the cells that it is about."""
    cells: dict[str, dict[tuple[str, str], list[int]]] = {}
    for one in told:
        rows = cells.setdefault(one.said(_), {}).setdefault((one.place.sheet or "", one.place.column or ""), [])
        if one.place.row:
            rows.append(one.place.row)
    wheres = {words: [_where(*place, rows) for place, rows in places.items()] for words, places in cells.items()}
    return [{"words": words, "where": "; ".join(filter(None, where))} for words, where in wheres.items()]


def _where(sheet: str, column: str, rows: list[int]) -> str:
    where = []
    if sheet:
        where.append(_("sheet %(name)s") % {"name": sheet})
    if rows:
        one, several = _("row %(number)s"), _("rows %(numbers)s")
        where.append(
            one % {"number": rows[0]} if len(rows) == 1 else several % {"numbers": ", ".join(map(str, rows))}
        )
    if column:
        where.append(_("column %(letter)s") % {"letter": column})
    return ", ".join(where)
