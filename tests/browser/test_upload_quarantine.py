"""A steward brings in a workbook of which two rows do not fit, reads why, and finds nothing in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_upload_preview import looks_right
from tests.unit.datasets.importers.sheet_files import xlsx
from tests.world import World

pytestmark = [pytest.mark.browser]

SCHOOLS = [("Skola", "Kön", "År", "Antal")] + [
    (f"Skola {number}", sex, 2023, 20 + number) for number in range(9) for sex in ("Flickor", "Pojkar")
]
BAD = [("Gran", "Flickor", 2023, "många fler"), ("Gran", None, 2023, 7)]


def test_rows_that_were_left_out_are_read_on_every_screen(
    committed: World, window: Callable[..., Any], run_jobs: Callable[[], list[str]]
) -> None:
    page = window("dag")
    page.goto("/k/alvik/data/filer/ny/")
    data = xlsx({"Data": [*SCHOOLS, *BAD], "Annat": [("Enhet", "Antal"), ("Vård", 3)]})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("input[name=file]", files=[{"name": "besok.xlsx", "mimeType": kind, "buffer": data}])
    page.click("form[enctype] button")
    page.wait_for_load_state()
    run_jobs()
    page.goto(page.url)
    looks_right(page, "workbook")
    assert page.locator("select[name=sheet] option").all_inner_texts() == ["Data", "Annat"]
    page.click("section[aria-labelledby=left-out] a")
    page.wait_for_load_state()
    looks_right(page, "quarantine")
    assert page.locator("tbody tr").count() == 2
    with page.expect_download() as download:
        page.click(".page-head__actions a")
    assert download.value.suggested_filename == "karantan.csv"
