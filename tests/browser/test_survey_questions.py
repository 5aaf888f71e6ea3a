"""The questions of a survey by keyboard, by ear and with a thumb, with script and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.plugins.browser import axe

pytestmark = pytest.mark.browser
Show = Callable[..., Any]

ANSWERS = [{"value": str(n), "text": text} for n, text in enumerate(["Aldrig", "Ibland", "Ofta", "Alltid"])]
SOURCE = """{% extends "base_answering.html" %}{% block title %}Del 1{% endblock %}
{% block top %}{% include "components/survey/progress.html" with section=1 sections=4 stage=1 only %}{% endblock %}
{% block content %}<form method="post"><h1>Du och andra</h1>
{% include "components/survey/single_choice.html" with question=single value=1 only %}
{% include "components/survey/battery.html" with battery=battery only %}
{% include "components/survey/scale.html" with question=scale error="Välj en siffra." only %}
{% include "components/survey/number.html" with question=age only %}
{% include "components/survey/steps.html" only %}</form>{% endblock %}
{% block below %}{% include "components/survey/support_lines.html" with lines=lines only %}{% endblock %}"""
CONTEXT = {
    "single": {"name": "talk", "text": "Har du någon att prata med?", "help": "", "choices": ANSWERS},
    "battery": {
        "code": "b",
        "text": "Hur ofta har du varit …",
        "choices": ANSWERS,
        "rows": [
            {"name": "glad", "text": "glad?", "value": None},
            {"name": "lugn", "text": "lugn?", "value": None},
        ],
    },
    "scale": {
        "name": "life",
        "text": "Hur nöjd är du med livet?",
        "low": "inte alls",
        "high": "helt och hållet",
        "choices": [{"value": str(n), "text": str(n)} for n in range(11)],
    },
    "age": {"name": "age", "text": "Hur gammal är du?", "unit": "år"},
    "lines": [{"name": "Exempellinjen", "phone": "00 000", "whom": "Alla åldrar", "when": "dygnet runt"}],
}


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.name || document.activeElement.className")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_sound_and_never_wider_than_the_screen(show: Show, width: int, scheme: str) -> None:
    page = show(SOURCE, CONTEXT, width=width, color_scheme=scheme)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_a_thumb_presses_is_large_enough(show: Show, width: int) -> None:
    page = show(SOURCE, CONTEXT, width=width)
    small = [
        (box["width"], box["height"])
        for place in page.locator(".choice, .scale__step, button, summary, .leave").all()
        if (box := place.bounding_box()) and min(box["width"], box["height"]) < 44
    ]
    assert small == []


def test_each_group_is_one_stop_and_arrows_choose_within_it(show: Show) -> None:
    page = show(SOURCE, CONTEXT)
    page.locator("[name=talk]:checked").focus()
    stops = [focused(page)]
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops == ["talk", "glad", "lugn", "life", "age"]
    page.locator("[name=life]").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=life]:checked").input_value() == "1"


@pytest.mark.parametrize("width", [390, 1280])
def test_each_answer_is_heard_with_its_question(show: Show, width: int) -> None:
    page = show(SOURCE, CONTEXT, width=width)
    battery = page.get_by_role("group", name="Hur ofta har du varit …")
    assert battery.get_by_role("radio", name="glad? Ofta", exact=True).count() == 1
    assert page.get_by_role("group", name="Hur nöjd är du med livet?").get_by_role("radio").count() == 11
    assert page.locator("#q-life").get_attribute("aria-describedby") == "life-ends life-error"
    assert page.locator("#life-error").inner_text() == "Välj en siffra."


def test_an_answer_given_before_is_chosen_and_no_other(show: Show) -> None:
    page = show(SOURCE, CONTEXT)
    assert page.locator("input:checked").evaluate_all("all => all.map(one => one.name + one.value)") == ["talk1"]


@pytest.mark.parametrize("how", ["press", "escape twice"])
def test_leaving_quickly_leaves_no_way_back(show: Show, how: str) -> None:
    page = show(SOURCE, CONTEXT)
    if how == "press":
        page.click("[data-leave]")
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.smhi.se/")
    assert page.evaluate("history.length") == 2  # the blank page a window begins with, and this one


def test_leaving_works_without_script(show: Show) -> None:
    page = show(SOURCE, CONTEXT, java_script_enabled=False)
    page.click("[data-leave]")
    page.wait_for_url("https://www.smhi.se/")
