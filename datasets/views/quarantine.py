"""The rows of a file that do not fit and are left out: read on a page, or taken home to be mended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from datasets.models import Upload
from datasets.views.common import signed_in
from datasets.views.upload_page import UploadView
from datasets.wording import language
from datasets.wording.reading import Shown, problems_in_words
from portal.audit.recording import record
from portal.files.csv import csv_bytes

PAGE = 50


class UploadQuarantineView(UploadView):
    """Shows each row that was left out, as it was read, with the reason."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        page = Paginator(upload.quarantine, PAGE).get_page(request.GET.get("page"))
        context: dict[str, Any] = {
            "upload": upload,
            "page": page,
            "headings": headings(upload),
            "rows": [{"line": row["line"], "cells": row["cells"], "why": why(row)} for row in page.object_list],
        }
        return render(request, "datasets/upload_quarantine.html", context)


class UploadQuarantineCsvView(UploadView):
    """The rows that were left out as a file. It is in the log who took it."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
        upload = self.upload()
        rows, names = upload.quarantine, headings(upload)
        width = max([len(names), *(len(row["cells"]) for row in rows)])
        header = [_("Row"), _("Why it was left out"), *names, *[""] * (width - len(names))]
        body = ([row["line"], said(why(row)), *row["cells"], *[""] * (width - len(row["cells"]))] for row in rows)
        record("upload.quarantine_taken", target=upload, by=signed_in(request), rows=len(rows))
        response = HttpResponse(csv_bytes(header, body, lang=language()), content_type="text/csv; charset=utf-8")
        name = _("quarantine")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        response["Cache-Control"] = "no-store"
        return response


def headings(upload: Upload) -> list[str]:
    """The headings of a file's columns, in its own order."""
    return [str(column["heading"]) for column in upload.guess.get("columns", [])]


def why(row: dict[str, Any]) -> Shown:
    """The reason why a row was left out, in the reader's language."""
    return problems_in_words([row["problem"]])[0]


def said(reason: Shown) -> str:
    """A reason and what to do about it, in one cell."""
    return f"{reason.what} {reason.remedy}".strip()
