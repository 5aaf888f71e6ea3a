"""Registering and approving in a real browser: from the keyboard, on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from datasets.models import Approval, Upload
from portal.tenancy.scope import scope
from tests.browser.test_data_pages import FILE, fits
from tests.conftest import client_of
from tests.plugins.browser import axe
from tests.tables import MEASURABLE
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]


@pytest.fixture
def waiting(committed: World, run_jobs: Callable[[], list[str]]) -> Approval:
    """A file of sensitive data that dag has brought in and that waits for alma or adam."""
    with transaction.atomic(), scope(committed.alvik.pk):
        upload = Upload.objects.create(
            name="oro.csv", content=FILE.replace(";40", ";3").encode(), size=len(FILE), uploaded_by=committed.dag,
            department=committed.departments["Skola"], state="received",
        )  # fmt: skip
    dag = client_of(committed, "dag")
    given = {
        **MEASURABLE, "title": "Orosanmälningar", "source": "Socialtjänsten", "sensitivity": "sensitive",
        "measures": "risk", "fit_for": ["2"], "department": str(committed.departments["Skola"].pk),
    }  # fmt: skip
    address = reverse("upload-detail", args=["alvik", upload.pk])
    dag.post(reverse("upload-resume", args=["alvik", upload.pk]))
    run_jobs()
    for deed in ("look", "confirm"):
        dag.post(address, {**given, "deed": deed})
        run_jobs()
    with transaction.atomic(), scope(committed.alvik.pk):
        found: Approval = Approval.objects.get(upload=upload)
        return found


def test_a_second_person_approves_from_the_keyboard(
    committed: World, window: Window, waiting: Approval, run_jobs: Callable[[], list[str]]
) -> None:
    page = window("alma")
    page.goto("/k/alvik/")
    page.locator("#approvals ~ ul a").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=approve]")
    assert axe(page) == []
    page.focus("button[value=approve]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert--good")
    run_jobs()
    with transaction.atomic(), scope(committed.alvik.pk):
        assert Upload.objects.get().state == "imported"


def test_without_script_it_is_sent_back_with_words(committed: World, window: Window, waiting: Approval) -> None:
    page = window("alma", scripts=False)
    page.goto(f"/k/alvik/data/vantar/{waiting.pk}/")
    page.locator("#send-back > summary").click()
    page.click("button[value=send_back]")
    assert page.locator("#id_words[aria-invalid=true]").is_visible()
    page.fill("[name=words]", "Slå ihop skolorna.")
    page.click("button[value=send_back]")
    with transaction.atomic(), scope(committed.alvik.pk):
        assert Upload.objects.get().state == "read"


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("dag", "/k/alvik/data/vem-ser-vad/"),
        ("alma", "/k/alvik/data/vantar/"),
        ("alma", "/k/alvik/data/vantar/{approval}/"),
        ("dag", "/k/alvik/data/vantar/{approval}/"),
        ("dag", "/k/alvik/data/filer/{upload}/"),
        ("dag", "/k/alvik/data/formular/"),
        ("dag", "/k/alvik/data/formular/lupp/"),
        ("dag", "/k/alvik/data/ny/?formular=absence"),
        ("adam", "/k/alvik/kommunen/tva-personer/"),
    ],
)
def test_each_page_fits_a_phone_and_everybody(
    committed: World, window: Window, waiting: Approval, who: str, address: str
) -> None:
    page = window(who, phone=True)
    page.goto(address.format(approval=waiting.pk, upload=waiting.upload_id))
    assert fits(page)
    for fold in page.locator("main details:not([open]) > summary").all():
        if fold.is_visible():
            fold.click()
    assert fits(page)
    assert axe(page) == []
