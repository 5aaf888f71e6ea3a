"""The editor of questionnaires in a real browser: by keyboard, on a phone, with and without script."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from portal.tenancy.scope import scope
from surveys.drafting import batteries, outline, own_scores, scales, texts
from surveys.drafting.posted_questions import fresh
from surveys.models import QuestionnaireDraft, SurveyRound
from surveys.services.drafts import draft_change, questionnaire_begin
from tests.browser.test_data_pages import fits
from tests.plugins.browser import axe
from tests.world import World

pytestmark = [pytest.mark.browser]

Window = Callable[..., Any]
STEM = "Hur stämmer det?"
PICTURES = os.environ.get("EDITOR_PICTURES", "")


@pytest.fixture
def draft(committed: World) -> QuestionnaireDraft:
    """A draft of the ready questionnaire with a scale and a battery of one's own, and one more language."""
    with transaction.atomic(), scope(committed.alvik.pk):
        definition = outline.ready("egen")
        batteries.battery_begin(definition, STEM, ["Jag sover bra.", "Jag är trött."], "days", "agree5")
        code = scales.scale_add(definition, "Hur ofta", ["Aldrig", "Ibland", "Ofta"])
        scales.use(definition, "jag_sover_bra", code)
        own_scores.score_begin(definition, "Dagarna", ["jag_sover_bra", "jag_ar_trott"])
        for kind in ("rating", "quantity", "text", "ranking", "info", "acknowledge", "calculated"):
            words = {"sv": f"Frågan {kind}", "en": f"Question {kind}"}
            outline.question_add(definition, fresh(kind) | {"code": kind, "text": words, "label": words}, "days")
        made = questionnaire_begin(definition=definition, by=committed.alma)
        return draft_change(
            draft=made, revision=1, by=committed.alma, change=lambda d: texts.language_add(d, "ar")
        )


def as_it_is(world: World, draft: QuestionnaireDraft) -> dict[str, Any]:
    """The definition as the database has it now."""
    with transaction.atomic(), scope(world.alvik.pk):
        found: dict[str, Any] = QuestionnaireDraft.in_scope().get(pk=draft.pk).definition
        return found


def pages_of(draft: QuestionnaireDraft) -> dict[str, str]:
    """Every page of the editor."""
    of_draft = {"slug": "alvik", "draft_id": draft.pk}
    return {
        "list": reverse("questionnaire-list", args=["alvik"]),
        "create": reverse("questionnaire-create", args=["alvik"]),
        **{
            name: reverse(f"questionnaire-draft{name and '-'}{name}", kwargs=of_draft)
            for name in (
                "",
                "publish",
                "bank",
                "texts",
                "trial",
                "add",
                "preview",
                "discard",
                "scale-add",
                "battery-add",
                "score-add",
            )
        },
        "scale": reverse("questionnaire-draft-scale", kwargs={**of_draft, "code": "hur_ofta"}),
        "battery": reverse("questionnaire-draft-battery", kwargs={**of_draft, "code": "hur_stammer_det"}),
        "score": reverse("questionnaire-draft-score", kwargs={**of_draft, "code": "dagarna"}),
        "statement": reverse("questionnaire-draft-question", kwargs={**of_draft, "code": "jag_sover_bra"}),
        "question": reverse("questionnaire-draft-question", kwargs={**of_draft, "code": "attendance"}),
        "choices": reverse("questionnaire-draft-question", kwargs={**of_draft, "code": "hinders"}),
        **{
            kind: reverse("questionnaire-draft-question", kwargs={**of_draft, "code": kind})
            for kind in ("age", "rating", "quantity", "text", "ranking", "info", "acknowledge", "calculated")
        },
        "section": reverse("questionnaire-draft-section", kwargs={**of_draft, "code": "others"}),
    }


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
@pytest.mark.looks_at(
    "questionnaire-create", "questionnaire-draft", "questionnaire-draft-add", "questionnaire-draft-bank",
    "questionnaire-draft-battery", "questionnaire-draft-battery-add", "questionnaire-draft-discard",
    "questionnaire-draft-preview", "questionnaire-draft-publish", "questionnaire-draft-question",
    "questionnaire-draft-scale", "questionnaire-draft-scale-add", "questionnaire-draft-score",
    "questionnaire-draft-score-add",
    "questionnaire-draft-section", "questionnaire-draft-texts", "questionnaire-draft-trial",
)  # fmt: skip
def test_every_page_can_be_used_by_everyone(window: Window, draft: QuestionnaireDraft, phone: bool) -> None:
    page = window("alma", phone=phone)
    for name, address in pages_of(draft).items():
        page.goto(address)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name or 'outline'}-{390 if phone else 1280}.png", full_page=True)
        assert axe(page) == [], name
        assert fits(page), name


def test_a_question_is_moved_from_the_keyboard_and_the_focus_stays(
    committed: World, window: Window, draft: QuestionnaireDraft
) -> None:
    page = window("alma")
    page.goto(pages_of(draft)[""])
    page.focus("#down-satisfaction")
    with page.expect_response(lambda response: response.request.method == "GET"):
        page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.id") == "down-satisfaction"
    codes = [question["code"] for question in as_it_is(committed, draft)["questions"]]
    assert codes.index("satisfaction") > codes.index("meaning")


def test_what_is_written_is_saved_by_itself_and_shown_on_the_phone(
    committed: World, window: Window, draft: QuestionnaireDraft
) -> None:
    page = window("alma")
    page.goto(pages_of(draft)["question"])
    page.fill("[name='text.sv']", "Hur ofta är du i skolan?")
    page.press("[name='text.sv']", "Tab")
    page.wait_for_selector(".phone :text('Hur ofta är du i skolan?')")
    page.fill("[name='text.en']", "How often are you at school?")
    page.press("[name='text.en']", "Tab")
    page.wait_for_selector("[role=status]:text('3')")
    page.wait_for_timeout(1500)
    question = next(one for one in as_it_is(committed, draft)["questions"] if one["code"] == "attendance")
    assert question["text"] == {"sv": "Hur ofta är du i skolan?", "en": "How often are you at school?"}


def test_what_could_not_be_saved_by_itself_is_said_beside_its_field(
    window: Window, draft: QuestionnaireDraft
) -> None:
    page = window("alma")
    page.goto(pages_of(draft)["quantity"])
    page.wait_for_function("window.htmx !== undefined")
    page.fill("#maximum", "många")
    page.press("#maximum", "Tab")
    page.wait_for_selector("#maximum[aria-invalid=true][aria-describedby=maximum_error]")
    assert page.inner_text("#maximum_error") == page.inner_text("#beside [data-refused]")
    assert axe(page) == []
    page.fill("#maximum", "40")
    page.press("#maximum", "Tab")
    page.wait_for_selector("#maximum:not([aria-invalid])")
    assert page.locator("#maximum_error").count() == 0


def test_a_condition_is_built_without_script(committed: World, window: Window, draft: QuestionnaireDraft) -> None:
    page = window("alma", scripts=False)
    address = pages_of(draft)["question"].replace("attendance", "safety")
    page.goto(address)
    page.click("#show-if > summary")
    page.select_option("[name='row-0.question']", "age")
    page.click("#show-if button[value=rows]")
    page.click("#show-if > summary") if not page.is_visible("[name='row-0.values']") else None
    page.check("[name='row-0.values'][value='15-17']")
    page.check("[name='row-0.values'][value='18-19']")
    page.click("form.form--wide > div:last-child button")
    question = next(one for one in as_it_is(committed, draft)["questions"] if one["code"] == "safety")
    assert question["show_if"] == "selected(${age}, '15-17') or selected(${age}, '18-19')"


def test_an_official_builds_publishes_and_uses_a_questionnaire_of_six_kinds_without_script(
    committed: World, window: Window
) -> None:
    page = window("alma", scripts=False)
    page.goto(reverse("questionnaire-create", args=["alvik"]))
    page.fill("#title", "Vår vardag")
    page.click("button[value=blank]")
    outlined = page.url

    def go_on() -> None:
        page.click("main form button[data-color=next]")

    def add(kind: str, words: str) -> None:
        page.goto(outlined + "egen/")
        page.fill("#words", words)
        page.check(f"input[name=kind][value={kind}]")
        go_on()

    # English is taken away first: the official's questionnaire is in Swedish alone.
    page.goto(outlined + "texter/?sprak=en")
    page.click("button[value=remove]")

    add("battery", "Hur ofta gör du så här?")
    page.fill("#statements", "Jag träffar vänner.\nJag rör på mig.\nJag vilar.")
    go_on()
    page.click("a[href*='/skalor/?fraga=']")
    page.fill("#name", "Hur ofta")
    page.fill("#answers", "Aldrig\nIbland\nVarje vecka\nVarje dag")
    go_on()
    page.click("button[value='choice-without:dont_know']")
    go_on()

    add("single", "Vad gör du mest?")
    for number, words in enumerate(["Går i skolan", "Jobbar"]):
        page.fill(f"[name='choice-{number}.text.sv']", words)
    go_on()
    add("quantity", "Hur många timmar sover du?")
    page.fill("#maximum", "tjugofyra")
    go_on()
    assert page.get_attribute("#maximum", "aria-invalid") == "true"
    page.fill("#maximum", "24")
    page.fill("#starts", "0, 6, 8")
    go_on()
    add("rating", "Hur nöjd är du med livet?")
    page.fill("[name='low_label.sv']", "inte alls")
    page.fill("[name='high_label.sv']", "helt")
    go_on()
    add("text", "Vad skulle göra skolan bättre?")
    page.click("#show-if > summary")
    page.select_option("[name='row-0.question']", "vad_gor_du_mest")
    page.click("#show-if button[value=rows]")
    page.check("[name='row-0.values'][value=gar_i_skolan]")
    go_on()

    page.goto(outlined + "matt/")
    page.fill("#title", "Vardagen")
    for code in ("jag_traffar_vanner", "jag_ror_pa_mig", "jag_vilar"):
        page.check(f"[name=items][value={code}]")
    go_on()
    page.fill("#multiply", "10")
    for code, answer in (
        ("jag_traffar_vanner", "ibland"),
        ("jag_ror_pa_mig", "varje_dag"),
        ("jag_vilar", "aldrig"),
    ):
        page.select_option(f"[name=try-{code}]", answer)
    page.click("button[value=try]")
    assert "1, 3, 0" in page.inner_text("[role=status]")
    assert "40" in page.inner_text("[role=status]")
    go_on()

    page.goto(outlined + "hela/")
    assert "Hur ofta gör du så här?" in page.inner_text("main")
    page.goto(outlined + "prova/?vad_gor_du_mest=jobbar")
    assert "Vad skulle göra skolan bättre?" in page.inner_text("#not ~ ul")
    page.goto(outlined + "publicera/")
    go_on()
    page.click("a[href*='?version=']")
    page.fill("[name=opens_at]", "2099-01-01T09:00")
    page.fill("[name=closes_at]", "2099-02-01T09:00")
    go_on()
    with transaction.atomic(), scope(committed.alvik.pk):
        content = SurveyRound.objects.own().get().version.content
    assert {question.kind.value for question in content} == {
        "number", "scale", "single", "quantity", "rating", "text",
    }  # fmt: skip
    assert content.question("vad_skulle_gora_skolan_battre").show_if
    assert [len(content.batteries), content.scores[0].code] == [1, "vardagen"]
    assert content.scales["hur_ofta"].choices[-1].is_missing
