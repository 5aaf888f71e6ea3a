"""The charts that the demo's dialogues show: of local data and of the newest round."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from datasets.charts import propose
from datasets.models import Chart, Dataset
from datasets.selectors import latest_release, load_table, tables_of
from datasets.services.charts import chart_save
from portal.demo.people import Demo


def charts_of(demo: Demo, code: str, by: User, *, local: Sequence[str], tables: Sequence[str]) -> list[Chart]:
    """Saved charts: of data sets by their titles, then of the newest round's tables by their codes."""
    found = []
    for title in local:
        tenants = [demo.region, demo.municipalities[code]]
        dataset = Dataset.objects.filter(title=title, tenant__in=tenants).first()
        if dataset is not None:
            found += _charts_of(dataset, None, code, by)
    newest = list(Dataset.objects.own().filter(origin=Dataset.Origin.SURVEY).order_by("-created_at"))
    for table in tables:
        of_one = (_charts_of(dataset, table, code, by) for dataset in newest)
        found += next((charts for charts in of_one if charts), [])
    return found


def _charts_of(dataset: Dataset, table_code: str | None, place: str, by: User) -> list[Chart]:
    """A chart of the data set's table of that code, or of its first one."""
    release = latest_release(dataset)
    if release is None:
        return []
    for table in tables_of(release):
        if table_code in (None, table.code):
            query = propose(load_table(release, table.code), place=place).to_query()
            title = str(table.title.get("sv") or dataset.title) if table_code else dataset.title
            return [chart_save(dataset=dataset, table_code=table.code, query=query, title=title[:200], by=by)]
    return []
