"""All of a round's results as files: every table in one form, packed together. Never a single answer."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from datasets.charts import build_chart, propose
from datasets.exports import FORMS, Form, Outgoing
from datasets.exports.forms import packed
from datasets.imprints import address, holding_words, imprint_of_table
from datasets.models import Release
from datasets.selectors import about_of
from datasets.services.downloads import figures_downloaded
from surveys.models import SurveyRound
from surveys.results.labelled import labelled_file
from surveys.selectors import Published, cubes_of, results_of
from surveys.views.common import RoundView, signed_in
from surveys.wording import language

OFFERED = ("csv", "xlsx", "json")
"""The forms of datasets.exports that hold whole tables and that somebody takes with them."""


class RoundFilesView(RoundView):
    """Every published table of a round in one form, as one ZIP; its fetching stands in the log."""

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, form: str) -> HttpResponse:
        survey_round = self.survey_round()
        if form not in OFFERED or survey_round.tabulated_at is None:
            raise Http404
        tables = results_of(survey_round)[survey_round.pk]
        if not tables:
            raise Http404
        releases = releases_of(tables)
        files = dict(self.files(FORMS[form], tables, releases, language()))
        self.note(tables, releases, form)
        response = HttpResponse(packed(files), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{named(survey_round)}-{form}.zip"'
        response["Cache-Control"] = "private, no-store"
        return response

    def files(
        self, form: Form, tables: dict[str, Published], releases: dict[UUID, Release], lang: str
    ) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file, in the questionnaire's order."""
        for number, (code, one) in enumerate(tables.items(), start=1):
            spec = build_chart(
                one.cube, propose(one.cube), lang=lang, about=about_of(one.dataset, one.table.title)
            )
            page = reverse("chart-view", args=[self.kwargs["slug"], one.dataset.pk])
            imprint = imprint_of_table(
                dataset=one.dataset,
                release=releases[one.table.release_id],
                cube=one.cube,
                spec=spec,
                link=address(f"{page}?table={code}"),
                holding=holding_words(stays=False),
            )
            outgoing = Outgoing(spec, one.cube, imprint, is_whole=True)
            name = slugify(code.replace(".", "-").replace(":", "-"))
            yield f"{number:03}-{name}.{form.ending}", form.make(outgoing)

    def note(self, tables: dict[str, Published], releases: dict[UUID, Release], form: str) -> None:
        """Say in the log of each data set that its figures were fetched."""
        figures: dict[UUID, int] = {}
        of = {one.table.release_id: one.dataset for one in tables.values()}
        for one in tables.values():
            figures[one.table.release_id] = figures.get(one.table.release_id, 0) + one.cube.cube.size
        for release_id, count in figures.items():
            figures_downloaded(
                dataset=of[release_id],
                release=releases[release_id],
                form=form,
                is_whole=True,
                count=count,
                by=signed_in(self.request),
            )


class RoundLabelledView(RoundFilesView):
    """The same tables as one file for SPSS, with the words of every number."""

    def get(self, request: HttpRequest, slug: str, round_id: UUID, form: str = "sav") -> HttpResponse:
        survey_round = self.survey_round()
        tables = results_of(survey_round)[survey_round.pk] if survey_round.tabulated_at is not None else {}
        if not tables:
            raise Http404
        made = labelled_file(
            survey_round.told,
            cubes_of(tables),
            title=survey_round.title,
            lang=language(),
        )
        self.note(tables, releases_of(tables), form)
        response = HttpResponse(made, content_type="application/x-spss-sav")
        response["Content-Disposition"] = f'attachment; filename="{named(survey_round)}.sav"'
        response["Cache-Control"] = "private, no-store"
        return response


def releases_of(tables: dict[str, Published]) -> dict[UUID, Release]:
    """The releases that the tables stand in, in one query."""
    return Release.objects.in_bulk({one.table.release_id for one in tables.values()})


def named(survey_round: SurveyRound) -> str:
    """What a file of the round is called, without its ending."""
    return slugify(survey_round.title)[:60] or "enkat"
