"""Proposals and reference groups in a real browser: on a phone, from a link, and where they are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from portal.tenancy.scope import scope
from surveys.models import Proposal
from surveys.services.reference_groups import reference_group_invite
from tests.browser.test_data_pages import fits
from tests.browser.test_round_report import shot
from tests.plugins.browser import axe
from tests.rounds import open_round, plan_round, rows
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]


@pytest.mark.looks_at("proposal-list", "proposal-submit", "public-report-detail")
def test_a_proposal_is_sent_without_script_and_answered(committed: World, window: Window) -> None:
    survey_round = open_round(committed, title="Hur mår du? Höst 2026")
    address = reverse("proposal-submit", args=[survey_round.public_code])
    page = window(phone=True)
    page.goto(address)
    assert fits(page) and axe(page) == []
    shot(page, "propose-phone")
    plain = window(phone=True, scripts=False, viewport={"width": 320, "height": 640})
    plain.goto(address)
    plain.fill("#text", "Fråga om hur vi tar oss hem på kvällen.")
    plain.click("form button")
    assert plain.locator(".plant").count() and plain.context.cookies() == []
    admin = window("alma")
    admin.goto(reverse("proposal-list", args=["alvik", survey_round.pk]))
    assert fits(admin) and axe(admin) == []
    shot(admin, "proposals-wide")
    with transaction.atomic(), scope(committed.alvik.pk):
        proposal = Proposal.objects.own().get()
    admin.select_option(f"[name='{proposal.pk}-to']", "taken_in")
    admin.click("main article form button")
    for phone in (True, False):
        page = window(phone=phone)
        page.goto(reverse("public-report-detail", args=[survey_round.public_code]))
        assert "hem på kvällen" in page.inner_text("main")
        assert fits(page) and axe(page) == []
        shot(page, f"coming-{'phone' if phone else 'wide'}")
    admin.goto(reverse("survey-round-detail", args=["alvik", survey_round.pk]))
    assert fits(admin) and axe(admin) == []
    shot(admin, "detail-wide")


@pytest.mark.looks_at("reference-group", "reference-home", "reference-questions", "reference-try")
def test_a_group_tries_the_questions_and_says_what_it_thinks(committed: World, window: Window) -> None:
    survey_round = plan_round(committed, title="Hur mår du? Höst 2026")
    with transaction.atomic(), scope(committed.alvik.pk):
        _group, token = reference_group_invite(
            survey_round=survey_round, name="Ungdomsrådet", days=30, by=committed.alma
        )
    page = window(phone=True)
    for name in ("home", "try", "questions"):
        page.goto(reverse(f"reference-{name}", args=["alvik", token]))
        assert fits(page) and axe(page) == []
        shot(page, f"reference-{name}-phone")
    page.goto(reverse("reference-questions", args=["alvik", token]))
    page.click("#fraga-satisfaction summary")
    page.fill("#fraga-satisfaction textarea", "Svår att förstå.")
    page.click("#fraga-satisfaction form button")
    page.wait_for_url("**#fraga-satisfaction")
    assert "Svår att förstå." in page.inner_text("#fraga-satisfaction")
    # With script the whole survey is one page; without it, a page at a time. Both are tried to the end.
    for scripts in (True, False):
        trying = window(phone=True, scripts=scripts)
        trying.goto(reverse("reference-try", args=["alvik", token]))
        for _page in range(20):
            assert trying.locator(".tryout:visible").count() == 1
            if trying.locator("main [data-done]").count():
                break
            if trying.locator("[inputmode=numeric]:visible").count():
                trying.fill("[inputmode=numeric]:visible", "17")
            trying.locator(
                "button[value=on]:visible, button[value=send]:visible, main form button:visible"
            ).first.click()
            trying.wait_for_timeout(500)
        assert "inget" in trying.inner_text("main [data-done]").lower()
    assert rows("surveys_intakerow") == []
    for phone in (False, True):
        admin = window("alma", phone=phone)
        admin.goto(reverse("reference-group", args=["alvik", survey_round.pk]))
        assert fits(admin) and axe(admin) == []
        shot(admin, f"group-{'phone' if phone else 'wide'}")
    admin.goto(reverse("start", args=["alvik"]))
    assert fits(admin) and axe(admin) == []
    shot(admin, "start-phone")
