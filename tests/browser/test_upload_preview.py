"""A steward tries a rule, takes advice, takes it back, publishes, and reads how the figures were protected."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction

from datasets.models import Upload
from portal.tenancy.scope import scope
from tests.plugins.browser import axe
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
AGES = ("15–17 år", "18–19 år", "20–24 år", "25–29 år")
WIDTHS = (320, 390, 1280)


def synthetic_file() -> str:
    """Visits by school, age and year, with many small groups."""
    counts = np.random.default_rng(2).poisson(np.random.default_rng(3).gamma(1, 8, size=(5, 4, 2)))
    rows = [
        f"{school};{age};{year};{counts[s, a, y]}"
        for s, school in enumerate(("Ek", "Alm", "Bok", "Lind", "Asp"))
        for a, age in enumerate(AGES)
        for y, year in enumerate((2022, 2023))
    ]
    return "Skola;Ålder;År;Antal\n" + "\n".join(rows) + "\n"


@pytest.fixture
def bring_in(committed: World, window: Window, run_jobs: Callable[[], list[str]]) -> Callable[..., Any]:
    def start(**options: Any) -> Any:
        page = window("dag", **options)
        page.goto("/k/alvik/data/filer/ny/")
        file = {"name": "besok.csv", "mimeType": "text/csv", "buffer": synthetic_file().encode()}
        page.set_input_files("input[name=file]", files=[file])
        page.click("form[enctype] button")
        page.wait_for_load_state()
        run_jobs()
        page.goto(page.url)
        return page

    return start


def stored(world: World) -> Upload:
    with transaction.atomic(), scope(world.alvik.pk):
        return Upload.objects.get()


def looks_right(page: Any, name: str) -> None:
    """Whether the page fits every width and everybody; with VAXTKRAFT_PICTURES a picture of each is kept."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if folder := os.environ.get("VAXTKRAFT_PICTURES"):
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
        assert axe(page) == []


def hidden_signs(page: Any) -> int:
    return int(page.locator("#preview td.is-hatched").count())


def test_a_rule_is_tried_in_place_and_kept_only_when_chosen(
    committed: World, bring_in: Callable[..., Any], run_jobs: Callable[[], list[str]]
) -> None:
    page = bring_in()
    looks_right(page, "preview")
    before = hidden_signs(page)
    page.fill("[name=k]", "12")
    page.wait_for_selector("#preview .card--next")
    assert hidden_signs(page) > before
    assert page.locator("#preview-said").inner_text()
    assert page.locator("[name=k]").evaluate("field => field === document.activeElement")
    looks_right(page, "trial")
    assert stored(committed).registration.get("k") is None
    page.fill("[name=k]", "3")
    page.wait_for_selector("#preview [role=alert]")
    page.fill("[name=k]", "12")
    page.wait_for_selector("#preview .card--next button")
    page.click("#preview .card--next button")
    page.wait_for_load_state()
    run_jobs()
    assert stored(committed).registration["k"] == 12
    assert stored(committed).preview["protected"]["rule"]["k"] == 12


def test_without_script_a_button_tries_the_rule_and_keeps_what_was_written(
    committed: World, bring_in: Callable[..., Any]
) -> None:
    page = bring_in(scripts=False)
    page.fill("[name=title]", "Besök på våra skolor")
    page.fill("[name=k]", "12")
    page.click("noscript button, [value=try]")
    page.wait_for_load_state()
    assert page.locator("#preview .card--next").count() == 1
    assert page.input_value("[name=title]") == "Besök på våra skolor"
    assert page.input_value("[name=k]") == "12"
    assert page.locator(".error-summary").count() == 0
    assert stored(committed).registration.get("k") is None


def test_advice_is_taken_taken_back_published_and_reported(
    committed: World, bring_in: Callable[..., Any], run_jobs: Callable[[], list[str]]
) -> None:
    page = bring_in()
    before = hidden_signs(page)
    page.fill("[name=title]", "Besök på våra skolor")
    page.fill("[name=source]", "Skolans system")

    def press(selector: str) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()
        run_jobs()
        page.goto(page.url)

    press("[value^='take:']")
    assert page.input_value("[name=title]") == "Besök på våra skolor"
    assert hidden_signs(page) < before
    looks_right(page, "taken")
    press("[value^='undo:']")
    assert hidden_signs(page) == before
    press("[value^='take:']")
    press("[value=confirm]")
    page.goto("/k/alvik/data/")
    page.click("main a:has-text('Besök på våra skolor')")
    page.wait_for_load_state()
    looks_right(page, "dataset")
    page.locator("a[href$='/skydd/']").first.click()
    page.wait_for_selector("h1")
    looks_right(page, "report")
