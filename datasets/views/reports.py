"""How a release was protected: for those who answer for the data set, and nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from datasets import wording
from datasets.disclosure import AggregationRule, ProtectedCube
from datasets.models import Release, ReleaseReport, ReleaseTable
from datasets.selectors import tables_of
from datasets.services.previews import lost_by_dimension, part_of
from datasets.views.common import OwnDatasetView
from datasets.wording import language
from datasets.wording import previews as preview_wording
from datasets.wording import reports as report_wording

MOST_CELLS_SHOWN = 100_000
"""Of a larger table the page tells the figures, and shows no part."""


class ReleaseReportView(OwnDatasetView):
    """What is hidden in a release and why, what was tried to find it out, and with which parameters; to print."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID, number: int) -> HttpResponse:
        release = get_object_or_404(Release, dataset=self.dataset(), number=number)
        kept = get_object_or_404(ReleaseReport, release=release).report
        titles = dict(wording.named_tables(tables_of(release), language()))
        codes = [code for code in titles if code in kept]
        chosen = request.GET.get("tabell", codes[0] if codes else "")
        if chosen not in codes:
            raise Http404
        reports = {code: kept[code]["report"] for code in codes}
        audits = [report["audit"] for report in reports.values() if report["audit"]]
        rule = AggregationRule.from_json(release.rule)
        context: dict[str, Any] = {
            "dataset": self.dataset(),
            "release": release,
            "is_open": rule.hides_nothing,
            "totals": report_wording.totals(list(reports.values())),
            "tables": report_wording.tables(reports, titles),
            "chosen": chosen,
            "chosen_title": titles[chosen],
            "rule": wording.rule_in_words(rule),
            "compared": report_wording.compared_in_words(
                kept[chosen].get("compared", {}), reports[chosen], language()
            ),
            "attacks": report_wording.attacks(audits),
            "certificate": report_wording.certificate(audits),
            "parameters": report_wording.parameters(release.rule, reports[chosen]["table"]),
            "method": wording.method_in_words(release.method_version),
            "report": reports[chosen],
            "content_hash": kept[chosen]["content_hash"],
            **self.shown(release, chosen, kept[chosen]),
        }
        return render(request, "datasets/release_report.html", context)

    @staticmethod
    def shown(release: Release, code: str, kept: dict[str, Any]) -> dict[str, Any]:
        """The part of a table where figures are hidden, and which categories lose most."""
        if kept["report"]["hidden"] == 0 or kept["report"]["cells"] > MOST_CELLS_SHOWN:
            return {}
        stored = ReleaseTable.objects.get(release=release, code=code)
        values = np.array(stored.values, dtype=np.float64)
        table = ProtectedCube.from_release(
            stored.structure, values, stored.statuses, kept["report"], kept["content_hash"]
        )
        lost = {"lost": {"dimensions": lost_by_dimension(table, language())}}
        return {
            "protected": {"hidden": table.report.hidden, **part_of(table, language())},
            "lost_where": preview_wording.lost_where(lost),
        }
