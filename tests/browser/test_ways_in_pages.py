"""The page of the ways into a round: sound and within the screen, with channels, codes and invitations on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from portal.tenancy.scope import scope
from surveys.models import SurveyRound
from surveys.services.channels import channel_add
from tests.plugins.browser import axe
from tests.rules.test_survey_class_codes import opened, planned, sheet
from tests.rules.test_survey_personal_codes import invite
from tests.world import World

pytestmark = pytest.mark.browser

Window = Callable[..., Any]


@pytest.fixture
def filled(committed: World) -> SurveyRound:
    survey_round = planned(committed)
    with transaction.atomic(), scope(survey_round.tenant_id):
        for kind, name in (("clinic", "Ungdomsmottagningen"), ("other", "Skejthallen vid järnvägsstationen")):
            channel_add(survey_round=survey_round, kind=kind, name=name, by=committed.alma)
    sheet(committed, survey_round, 30)
    invite(committed, survey_round, letters=3)
    return survey_round


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_sound_and_fits_the_screen(filled: SurveyRound, window: Window, width: int) -> None:
    page = window("alma", viewport={"width": width, "height": 844})
    page.goto(f"/k/alvik/enkater/{filled.pk}/vagar-in/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened(filled)
    page.reload()
    assert axe(page) == []
    assert page.get_by_role("link", name="Mejla inbjudan").is_visible()


def test_only_a_personal_code_is_offered_to_be_remembered(filled: SurveyRound, window: Window) -> None:
    opened(filled)
    page = window(phone=True)
    page.goto(f"/svara/{filled.public_code}/")
    offer = page.locator("[data-remember]")
    page.fill("#way-code", "ABCDE-ABCDE-ABCD")
    assert not offer.is_visible()
    page.fill("#way-code", "p-abcde")
    assert offer.is_visible() and not offer.locator("input").is_checked()
    assert axe(page) == []
