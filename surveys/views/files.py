"""All of a round's results as files: every table in one form, packed together. Never a single answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from datasets.charts import ChartSpec, build_chart, propose
from datasets.exports import FORMS, Imprint, Outgoing
from datasets.exports.forms import packed
from datasets.imprints import address, holding_words, imprint_of_table
from datasets.models import Release
from datasets.selectors import about_of
from datasets.services.downloads import figures_downloaded
from surveys.results.labelled import labelled_file
from surveys.results.outcome import Outcome, outcome_of
from surveys.results.weighting import Weighting
from surveys.selectors import Published
from surveys.views.common import RoundView, signed_in
from surveys.views.results import weights_of
from surveys.views.worked_out import files_worked_out
from surveys.wording import language

SPSS = "sav"
OFFERED = ("csv", "xlsx", "json", SPSS)
"""The forms that hold whole tables and that somebody takes with them; for SPSS all tables are one."""


class RoundFilesView(RoundView):
    """Every published table of a round in one form, as one ZIP; its fetching stands in the log.

    Beside them lies what the pages work out of them: weighted figures, changes since last time, groups.
    """

    permission = "surveys.view_results"

    def get(self, request: HttpRequest, slug: str, round_id: UUID, form: str) -> HttpResponse:
        survey_round = self.survey_round()
        if form not in OFFERED or survey_round.tabulated_at is None:
            raise Http404
        outcome = self.outcome()
        if not outcome.tables:
            raise Http404
        releases = releases_of(outcome.tables)
        files = dict(self.files(form, outcome, releases, language()))
        self.note(outcome.tables, releases, form)
        response = HttpResponse(packed(files), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{self.name()}-{form}.zip"'
        response["Cache-Control"] = "private, no-store"
        return response

    def outcome(self) -> Outcome:
        """What came out of the round."""
        return outcome_of(self.survey_round())

    def weighting(self, outcome: Outcome) -> Weighting | None:
        """The weights of the round, where it is told weighted."""
        return weights_of(self.survey_round(), outcome.tables)

    def title(self) -> str:
        """What is told of: the round."""
        title: str = self.survey_round().title
        return title

    def page(self) -> str:
        """Where its results are told."""
        return reverse("survey-round-results", args=[self.kwargs["slug"], self.survey_round().pk])

    def name(self) -> str:
        """What the file is called, without its ending."""
        return slugify(self.title())[:60] or "enkat"

    def files(
        self, form: str, outcome: Outcome, releases: dict[UUID, Release], lang: str
    ) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file, in the questionnaire's order; what is worked out of them comes last."""
        tables = outcome.tables
        if form == SPSS:
            title = self.title()
            yield "tabeller.sav", labelled_file(outcome.questionnaire, outcome.cubes, title=title, lang=lang)
        else:
            for number, (code, one) in enumerate(tables.items(), start=1):
                spec, imprint = self.described(code, one, releases, lang)
                name = slugify(code.replace(".", "-").replace(":", "-"))
                made = FORMS[form]
                yield (
                    f"{number:03}-{name}.{made.ending}",
                    made.make(Outgoing(spec, one.cube, imprint, is_whole=True)),
                )
        code, one = next(iter(tables.items()))
        _spec, imprint = self.described(code, one, releases, lang)
        about = replace(imprint, link=address(self.page()))
        yield from files_worked_out(outcome, self.weighting(outcome), about, form)

    def described(
        self, code: str, one: Published, releases: dict[UUID, Release], lang: str
    ) -> tuple[ChartSpec, Imprint]:
        """A table's first chart, and what goes with its figures."""
        spec = build_chart(one.cube, propose(one.cube), lang=lang, about=about_of(one.dataset, one.table.title))
        page = reverse("chart-view", args=[self.kwargs["slug"], one.dataset.pk])
        imprint = imprint_of_table(
            dataset=one.dataset,
            release=releases[one.table.release_id],
            cube=one.cube,
            spec=spec,
            link=address(f"{page}?table={code}"),
            holding=holding_words(stays=False),
        )
        return spec, imprint

    def note(self, tables: Mapping[str, Published], releases: dict[UUID, Release], form: str) -> None:
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


def releases_of(tables: Mapping[str, Published]) -> dict[UUID, Release]:
    """The releases that the tables stand in, in one query."""
    return Release.objects.in_bulk({one.table.release_id for one in tables.values()})
