"""From a file to a chart, through the pages alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasets.models import Dataset, Upload
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import PX
from tests.world import World


def test_a_px_file_becomes_a_chart(
    world: World, bring_in: Callable[..., Upload], register: Callable[..., Any], visit: Any, run_jobs: Any
) -> None:
    upload = bring_in("invanare.px", PX)
    assert run_jobs() == ["datasets.read_upload"]

    page = visit("upload-detail", "dag", slug="alvik", upload_id=upload.pk).content.decode()
    assert "Invånare efter kommun, ålder och år" in page
    assert "PC-Axis" in page

    assert register(upload).status_code == 302
    assert run_jobs() == ["datasets.import_upload"]

    with scope(world.alvik.pk):
        upload.refresh_from_db()
        dataset = Dataset.objects.get()
    assert upload.state == "imported"
    assert bytes(upload.content) == b""

    page = visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk)
    assert page.status_code == 200
    assert "1 210" in page.content.decode().replace("\xa0", " ")
