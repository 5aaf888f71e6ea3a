"""Opening saved charts to everyone, and closing them again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from datasets.errors import DatasetsError
from datasets.models import Chart
from portal.audit.recording import record
from portal.tenancy.scope import PUBLIC_AUDIENCE


@transaction.atomic
def chart_open_to_public(*, chart: Chart, by: User) -> Chart:
    """Let anyone see a saved chart. Raises DatasetsError unless its figures are open already.

    A chart shows nothing that its data set does not: where that is closed, the chart's page is gone too.
    """
    if chart.dataset.audience_id != PUBLIC_AUDIENCE:
        raise DatasetsError(_("The figures of this chart are not open to everyone. Open the data set first."))
    return _give_audience(chart, PUBLIC_AUDIENCE, "chart.opened_to_public", by)


@transaction.atomic
def chart_close(*, chart: Chart, by: User) -> Chart:
    """Let only the tenant's own people see a saved chart again."""
    return _give_audience(chart, chart.tenant_id, "chart.closed", by)


def _give_audience(chart: Chart, audience_id: UUID, verb: str, by: User) -> Chart:
    changed = Chart.objects.own().filter(pk=chart.pk).exclude(audience_id=audience_id)
    if not changed.update(audience_id=audience_id):
        raise DatasetsError(_("Nothing has changed: somebody has done it already, or the chart is not yours."))
    chart.audience_id = audience_id
    record(verb, target=chart, by=by)
    return chart
