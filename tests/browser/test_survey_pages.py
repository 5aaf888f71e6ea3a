"""The pages of rounds, questionnaires and support that no other test looks at: sound, and within the screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from portal.tenancy.scope import scope
from surveys.drafting import outline
from surveys.models import LocalSupportLine, QuestionnaireDraft
from surveys.public_round import forget_rounds
from surveys.services.channels import channel_add
from surveys.services.drafts import questionnaire_begin
from surveys.services.publishing_questionnaires import draft_publish
from surveys.services.rounds import survey_round_close
from surveys.services.support_lines import support_line_add
from surveys.services.thank_you import thank_you_set
from tests.browser.test_data_pages import fits
from tests.plugins.browser import axe
from tests.rounds import open_round, plan_round
from tests.rules.test_survey_class_codes import opened, planned, sheet
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
WIDTHS = (390, 1280)
COVERED = """[...document.querySelectorAll("main .card:has(.card__link) :is(a, button):not(.card__link)")]
  .filter((each) => {
    each.scrollIntoView({block: "center"});
    const box = each.getBoundingClientRect();
    const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.width && !each.contains(above);
  }).map((each) => each.textContent)"""
"""Links of a card that its own link lies over, so that a press on them leads elsewhere."""
SHOTS = os.environ.get("VAXTKRAFT_SHOTS", "")


class Standing:
    """A municipality in the middle of its work: rounds in every state, a questionnaire, a local support line."""

    def __init__(self, world: World) -> None:
        forget_rounds()
        self.draft, self.open, self.closed = plan_round(world), open_round(world), open_round(world)
        self.waiting, self.coded = planned(world), planned(world)
        self.sheet, _codes = sheet(world, self.waiting, 30)
        with transaction.atomic(), scope(world.alvik.pk):
            for one in (self.draft, self.waiting, self.coded):
                thank_you_set(survey_round=one, what={"sv": "en biobiljett"}, winners=5, by=world.alma)
            self.channel = channel_add(survey_round=self.draft, kind="clinic", name="Mottagningen", by=world.alma)
        opened(self.coded)
        with transaction.atomic(), scope(world.alvik.pk):
            survey_round_close(survey_round=self.closed, by=world.alma)
            self._questionnaires(world)
            support_line_add(name="Mottagningen", phone="0100-12 34 56", hours="Vardagar 9–16", by=world.alma)
            self.line = LocalSupportLine.objects.own().get()

    def _questionnaires(self, world: World) -> None:
        begun: QuestionnaireDraft = questionnaire_begin(definition=outline.ready("egen"), by=world.alma)
        self.version = draft_publish(draft=begun, revision=1, by=world.alma, tenant=world.alvik)
        questionnaire_begin(definition=outline.ready("annan"), by=world.alma)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Each page's name with its address, as an official sees them."""
        for name in (
            "survey-round-list", "survey-round-create", "survey-notices", "support-line-list", "round-report-list",
            "questionnaire-list", "questionnaire-import",
        ):  # fmt: skip
            yield name, reverse(name, args=["alvik"])
        for name in ("edit", "remove"):
            yield f"support-line-{name}", reverse(f"support-line-{name}", args=["alvik", self.line.pk])
        yield from self._rounds()
        yield "channel", reverse("survey-channel-remove", args=["alvik", self.draft.pk, self.channel.pk])
        yield "sheet", reverse("survey-code-sheet-revoke", args=["alvik", self.waiting.pk, self.sheet.pk])
        for survey_round in (self.waiting, self.coded):
            yield "draw", reverse("thank-you-enter", args=[survey_round.public_code])
        for name in ("detail", "edit", "archive"):
            yield name, reverse(f"questionnaire-{name}", args=["alvik", self.version.questionnaire_id])
        for name in ("version", "diff"):
            yield name, reverse(f"questionnaire-{name}", args=["alvik", self.version.pk])

    def _rounds(self) -> Iterator[tuple[str, str]]:
        of_draft = ("detail", "edit", "preview", "ways-in", "way-in", "schedule", "open", "cancel", "thank-you")
        of_open = ("detail", "closing-move", "close", "thank-you", "retention")
        for survey_round, names in (
            (self.draft, of_draft), (self.waiting, ("detail", "ways-in")), (self.open, of_open),
            (self.closed, ("detail", "results")),
        ):  # fmt: skip
            for name in names:
                address = reverse(f"survey-round-{name}", args=["alvik", survey_round.pk])
                yield f"{name} ({survey_round.state})", address


@pytest.fixture
def standing(committed: World) -> Standing:
    return Standing(committed)


@pytest.mark.looks_at(
    "questionnaire-detail", "questionnaire-diff", "questionnaire-import", "questionnaire-list",
    "questionnaire-version", "round-report-list", "support-line-edit", "support-line-list",
    "support-line-remove", "survey-channel-remove", "survey-code-sheet-revoke", "survey-notices",
    "survey-round-cancel", "survey-round-close", "survey-round-closing-move", "survey-round-create",
    "survey-round-detail", "survey-round-edit", "survey-round-list", "survey-round-open",
    "survey-round-preview", "survey-round-results", "survey-round-retention", "survey-round-schedule",
    "survey-round-thank-you", "survey-round-way-in", "survey-round-ways-in", "thank-you-enter",
)  # fmt: skip
def test_every_page_of_an_official_is_sound(standing: Standing, window: Window) -> None:
    page, found, looked_at = window("alma"), [], cycle(WIDTHS)
    for name, address in standing.pages():
        answer = page.goto(address)
        assert answer.status == 200, (name, answer.status)
        width_of_axe = next(looked_at)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            if not fits(page):
                found.append(f"{name}: wider than {width} px")
            if width == width_of_axe:
                found += [f"{name} at {width} px: {fault}" for fault in axe(page)]
                found += [f"{name} at {width} px: covered: {words}" for words in page.evaluate(COVERED)]
            if SHOTS:
                page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)
    assert found == []
