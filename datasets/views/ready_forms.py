"""Ready forms: what the file of a kind of local data should look like, and a registration filled in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from datasets.content.ready_forms import ReadyForm, find_ready_form, ready_forms
from datasets.wording import language
from datasets.wording.ready_forms import ReadyFormInWords, ready_form_in_words
from portal.files.csv import csv_bytes
from portal.files.xlsx import Sheet, workbook
from portal.views import PortalView

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ReadyFormListView(PortalView):
    """The kinds of local data that have a form."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        context = {"forms": [ready_form_in_words(form, language()) for form in ready_forms()]}
        return render(request, "datasets/ready_form_list.html", context)


class ReadyFormDetailView(PortalView):
    """One form: its columns, its words, its rule."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str, key: str) -> HttpResponse:
        context = {"ready": ready_form_in_words(form_of(key), language())}
        return render(request, "datasets/ready_form_detail.html", context)


class ReadyFormTemplateView(PortalView):
    """An empty file with the form's columns."""

    permission = "datasets.register_dataset"

    def get(self, request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
        form = form_of(key)
        if kind not in TYPES:
            raise Http404
        said = ready_form_in_words(form, language())
        content = csv_bytes(said.headings, []) if kind == "csv" else empty_workbook(said)
        response = HttpResponse(content, content_type=TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="{form.key}.{kind}"'
        return response


def form_of(key: str) -> ReadyForm:
    """The form of the address, or 404."""
    found = find_ready_form(key)
    if found is None:
        raise Http404
    return found


def empty_workbook(said: ReadyFormInWords) -> bytes:
    """A sheet to fill in, and one that tells what belongs in it, with made-up values."""
    told = [
        (name, role, meaning, ", ".join(dict.fromkeys(row[place] for row in said.rows)))
        for place, (name, role, meaning) in enumerate(said.columns)
    ]
    header = (_("Column"), _("What it is"), _("What it holds"), _("For example (made up)"))
    sheets = (
        Sheet(_("Fill in here"), said.headings, [], is_data=False),
        Sheet(_("What belongs where"), header, told, is_data=False),
    )
    return workbook(sheets, title=said.title)
