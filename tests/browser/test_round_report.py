"""You said – we did in a real browser: on a phone, on a screen in a school, and where it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from surveys.models import SurveyRound
from tests.browser.test_data_pages import fits
from tests.plugins.browser import axe
from tests.reports import public_round, published_report, report_on
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
SHOTS = os.environ.get("VAXTKRAFT_SHOTS", "")


def shot(page: Any, name: str) -> None:
    """A picture of the page, for whoever wants to look."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def told(committed: World, run_jobs: Any) -> SurveyRound:
    """A round in Alvik with a public report."""
    survey_round = public_round(committed, run_jobs, title="Hur mår du? Höst 2026", by=("gender",), count=300)
    published_report(committed, survey_round)
    return survey_round


@pytest.mark.looks_at("public-report-list")
def test_the_report_is_read_on_a_phone_without_script(committed: World, window: Window, told: SurveyRound) -> None:
    address = reverse("public-report-detail", args=[told.public_code])
    for phone in (True, False):
        page = window(phone=phone)
        for path in (address, f"{address}?lang=en", reverse("public-report-list", args=["alvik"])):
            page.goto(path)
            assert fits(page) and axe(page) == []
            shot(
                page, f"report-{'phone' if phone else 'wide'}-{'list' if '/i/' in path else path[-2:].strip('/')}"
            )
        assert page.context.cookies() == []
    plain = window(phone=True, scripts=False, viewport={"width": 320, "height": 640})
    plain.goto(address)
    assert fits(plain) and plain.locator("h1").count() == 1


@pytest.mark.looks_at("public-report-screen")
def test_a_screen_in_a_school_shows_one_thing_at_a_time(
    committed: World, window: Window, told: SurveyRound
) -> None:
    page = window(scripts=False, viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page.goto(reverse("public-report-screen", args=[told.public_code]))
    for place in ("bild-1", "fynd-1", "fynd-2", "gor", "las"):
        page.goto(reverse("public-report-screen", args=[told.public_code]) + f"#{place}")
        page.wait_for_timeout(300)
        box = page.locator(f"#{place}").bounding_box()
        assert box["y"] < 5 and box["height"] <= 1081
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"screen-{place}.png"))
    scripted = window()
    scripted.goto(reverse("public-report-screen", args=[told.public_code]))
    assert axe(scripted) == []


@pytest.mark.looks_at(
    "round-report-edit", "round-report-preview", "round-report-publish", "round-report-share",
    "survey-round-texts",
)  # fmt: skip
def test_the_report_is_written_looked_at_and_spread(committed: World, window: Window, told: SurveyRound) -> None:
    report_on(committed, told)
    for phone in (False, True):
        page = window("adam", phone=phone)
        kind = "phone" if phone else "wide"
        for name in ("edit", "preview", "publish", "share"):
            page.goto(reverse(f"round-report-{name}", args=["alvik", told.pk]))
            assert fits(page) and axe(page) == []
            shot(page, f"{name}-{kind}")
        page.goto(reverse("round-report-list", args=["alvik"]))
        assert fits(page) and axe(page) == []
        shot(page, f"reports-{kind}")
        for name in ("detail", "results", "weigh", "texts", "retention"):
            answer = page.goto(reverse(f"survey-round-{name}", args=["alvik", told.pk]))
            assert answer.status == 200 and fits(page) and axe(page) == [], name
            shot(page, f"round-{name}-{kind}")
