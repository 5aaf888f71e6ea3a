"""Saving views of data sets, freezing them and letting them go."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.charts import Selection, SelectionError
from datasets.errors import DatasetsError
from datasets.models import Chart, Dataset, Release
from portal.audit.recording import record


@transaction.atomic
def chart_save(
    *,
    dataset: Dataset,
    table_code: str,
    query: str,
    title: str,
    by: User,
    note: str = "",
    release: Release | None = None,
) -> Chart:
    """Keep a view of a data set; with a release it stays at that one, without it follows the newest.

    Raises DatasetsError for a query that is no view, or a release that is another data set's.
    """
    try:
        canonical = Selection.from_query(query).to_query()
    except SelectionError as error:
        raise DatasetsError(error.text(get_language() or "sv")) from error
    if release is not None and release.dataset_id != dataset.pk:
        raise DatasetsError(_("That release belongs to another data set. Open the chart again and save it there."))
    chart: Chart = Chart.objects.create(
        dataset=dataset,
        release=release,
        table_code=table_code,
        query=canonical,
        title=title,
        note=note,
        created_by=by,
    )
    record("chart.saved", target=chart, by=by, is_frozen=chart.is_frozen)
    return chart


@transaction.atomic
def chart_save_over(*, chart: Chart, table_code: str, query: str, title: str, note: str, by: User) -> Chart:
    """Give a saved chart another view; wherever it is used, the new one is shown.

    Raises DatasetsError for a query that is no view, and for a frozen chart: what minutes refer to stays.
    """
    try:
        canonical = Selection.from_query(query).to_query()
    except SelectionError as error:
        raise DatasetsError(error.text(get_language() or "sv")) from error
    new = {"table_code": table_code, "query": canonical, "title": title, "note": note}
    if not Chart.objects.filter(pk=chart.pk, release=None).update(**new):
        raise DatasetsError(_("This chart stays at its figures. Save what you see as a new chart."))
    for name, value in new.items():
        setattr(chart, name, value)
    record("chart.saved_over", target=chart, by=by)
    return chart


@transaction.atomic
def chart_freeze(*, chart: Chart, release: Release, by: User) -> Chart:
    """Keep a chart at a release of its data set, so that minutes and decisions show what they were made on."""
    if release.dataset_id != chart.dataset_id:
        raise DatasetsError(
            _("That release belongs to another data set. Open the chart again and freeze it there.")
        )
    if not Chart.objects.filter(pk=chart.pk, release=None).update(release=release):
        raise DatasetsError(_("This chart is already frozen. It stays as it was."))
    chart.release = release
    record("chart.frozen", target=chart, by=by, release_number=release.number)
    return chart


@transaction.atomic
def chart_follow(*, chart: Chart, by: User) -> Chart:
    """Let a frozen chart show the newest figures again. Raises DatasetsError where it already does."""
    if not Chart.objects.filter(pk=chart.pk, release__isnull=False).update(release=None):
        raise DatasetsError(_("This chart already follows the data."))
    chart.release = None
    record("chart.followed", target=chart, by=by)
    return chart


@transaction.atomic
def chart_rename(*, chart: Chart, title: str, note: str, by: User) -> Chart:
    """Call a saved view something else, or say anew what one is looking at."""
    chart.title, chart.note = title, note
    chart.save(update_fields=["title", "note"])
    record("chart.renamed", target=chart, by=by)
    return chart


@transaction.atomic
def chart_copy(*, chart: Chart, title: str, by: User) -> Chart:
    """The same view once more under another name, frozen where the first is; changing one leaves the other."""
    copy: Chart = Chart.objects.create(
        dataset_id=chart.dataset_id,
        release_id=chart.release_id,
        table_code=chart.table_code,
        query=chart.query,
        title=title,
        note=chart.note,
        created_by=by,
    )
    record("chart.copied", target=copy, by=by, is_frozen=copy.is_frozen)
    return copy


@transaction.atomic
def chart_remove(*, chart: Chart, by: User) -> None:
    """Remove a saved view; the figures are not touched. Raises DatasetsError while something shows it."""
    target = chart.pk
    try:
        with transaction.atomic():
            chart.delete()
    except ProtectedError as error:
        raise DatasetsError(_("This chart is used in a dialogue. Take it out there first.")) from error
    chart.pk = target
    record("chart.removed", target=chart, by=by)
