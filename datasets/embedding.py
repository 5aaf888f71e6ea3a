"""Charts in other sites' pages: the address of the frame, how high it wants to be, and the code to paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import escape

from datasets.charts import ChartSpec
from datasets.exports.picture import BROAD, NARROW, Picture, bare_picture
from datasets.exports.picture.letters import wrapped
from datasets.imprints import address
from datasets.models import Chart, Dataset
from portal.tenancy.scope import PUBLIC_AUDIENCE

_TEXT = 18.0
_LINE = 27.0
_AROUND = 250
"""Title, tags, the fold of the table, and space between things."""


@dataclass(frozen=True)
class Drawn:
    """One chart in the two widths that a frame can have."""

    broad: Picture
    narrow: Picture

    @classmethod
    def of(cls, spec: ChartSpec) -> Drawn:
        """Drawn for a frame among text, and for a phone."""
        return cls(bare_picture(spec, BROAD), bare_picture(spec, NARROW))


def embed_address(dataset: Dataset, link: str, chart: Chart | None = None) -> str:
    """The whole address of the frame of a view; of a saved chart its own, so that it changes with the chart."""
    if chart is not None:
        return address(reverse("embed-chart", args=[chart.tenant.slug, chart.pk]))
    return address(f"{reverse('embed-view', args=[dataset.tenant.slug, dataset.pk])}?{link}")


def embed_height(spec: ChartSpec, notes: int = 3) -> int:
    """How many pixels high a frame must be to show the chart without scrolling, in a column of text."""
    words = len(wrapped(spec.sentence, BROAD.width, _TEXT * 1.4, 650)) * 1.4 + len(spec.missing) + notes
    return round(bare_picture(spec, BROAD).height + words * _LINE + _AROUND)


def embed_of(dataset: Dataset, spec: ChartSpec, link: str, chart: Chart | None = None) -> dict[str, Any]:
    """What a page needs that offers the code of a public chart."""
    height = embed_height(spec)
    title = spec.title if chart is None else chart.title
    code = embed_code(embed_address(dataset, link, chart), title=title, height=height)
    return {"embed_code": code, "embed_height": height}


def sharing_of(chart: Chart, spec: ChartSpec, may_open: bool) -> dict[str, Any]:
    """Who may see a saved chart, and whether the person here may change that."""
    is_public = chart.dataset.audience_id == PUBLIC_AUDIENCE
    is_open = is_public and chart.audience_id == PUBLIC_AUDIENCE
    shared = embed_of(chart.dataset, spec, "", chart) if is_open else {}
    return {"is_public": is_public, "is_open": is_open, "may_open_to_public": may_open, **shared}


def embed_code(url: str, *, title: str, height: int) -> str:
    """What somebody pastes into their page."""
    # A plain text, so that whatever page offers the code writes it as text.
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="100%" height="{height}" loading="lazy" '
        'style="border: 0"></iframe>'
    )
