"""From what a form sent to a question of a draft: only what the form shows is changed, the rest stays."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting.bands import age_from, asks_age, bands_from
from surveys.drafting.posted import Posted, put
from surveys.drafting.posted_choices import WITHOUT_ANSWER, choices_from, without_answer
from surveys.drafting.posted_conditions import condition_from
from surveys.drafting.rules import refused_expression, rules_from
from surveys.drafting.texts import Definition
from surveys.questionnaire.checking_questions import LONGEST_TEXT, MOST_DECIMALS
from surveys.questionnaire.question import MOST_RATINGS

WITH_OWN_CHOICES = frozenset({"single", "multiple", "ranking"})
WITH_POLARITY = frozenset({"scale", "rating"})
WITHOUT_ANSWER_BESIDE = frozenset({"scale", "rating", "quantity"})
"""Kinds beside whose answers "don't know" can stand; not an age, which says who is thanked and not counted."""

FLAGS: Mapping[str, frozenset[str]] = {
    "sensitive": frozenset({"single", "multiple", "scale", "rating", "quantity", "text", "ranking", "info"}),
    "background": frozenset({"single", "scale"}),
    "ask_again": frozenset({"single", "multiple", "scale", "rating", "quantity", "text", "ranking"}),
    "shuffle": frozenset({"single", "multiple", "ranking"}),
}
"""What can be ticked, and for which kinds of question."""


def fresh(kind: str) -> dict[str, Any]:
    """A question of a kind with what it can't be without."""
    question: dict[str, Any] = {"kind": kind, "text": {}, "label": {}, "measures": "context"}
    if kind in WITH_OWN_CHOICES:
        question["choices"] = []
    if kind == "scale":
        question |= {"scale": "agree5", "polarity": "more_is_better"}
    if kind == "rating":
        question |= {"from": 0, "to": 10, "polarity": "more_is_better"}
    if kind == "quantity":
        question |= {"minimum": 0, "maximum": 100}
    if kind == "calculated":
        question |= {"calculation": ""}
    if kind == "text":
        question |= {"max_length": LONGEST_TEXT, "appearance": "long", "sensitive": True}
    return question


def question_from(posted: Posted, old: Mapping[str, Any], definition: Definition) -> dict[str, Any]:
    """The question as the form has it; what can't be taken stays as it was and is in `posted.refused`."""
    question, languages = deepcopy(dict(old)), definition["languages"]
    kind = question["kind"]
    for field in ("text", "label", "help", "low_label", "high_label", "unit"):
        if posted.get(f"has.{field}"):
            words = posted.words(field, question.get(field), languages)
            put(question, field, words, is_needed=field in ("text", "label"))
    for language, said in question["text"].items():
        if kind == "calculated" or not question["label"].get(language):
            question["label"][language] = said.rstrip("?. ")[:60]
    for flag, kinds in FLAGS.items():
        if kind in kinds:
            put(question, flag, posted.is_set(flag))
    if kind in WITH_OWN_CHOICES:
        question["choices"] = choices_from(posted, question.get("choices", []), languages)
    if kind in WITHOUT_ANSWER_BESIDE and posted.get("has.without"):
        beside_from(posted, question, definition)
    _numbers(posted, question, kind)
    _answers(posted, question, kind)
    if asks_age(question) and posted.get("has.age"):
        age_from(posted, question, definition)
    if kind == "calculated" and "calculation" in posted:
        question["calculation"] = posted.get("calculation").strip()
        if why := refused_expression(question["calculation"]):
            posted.refused["calculation"] = why
    _meaning(posted, question)
    put(question, "show_if", condition_from(posted))
    rules_from(posted, question, languages)
    return question


def _meaning(posted: Posted, question: dict[str, Any]) -> None:
    """What it measures and is about."""
    if posted.get("measures") in ("wellbeing", "protective", "risk", "context"):
        question["measures"] = posted.get("measures")
    if posted.get("has.factors"):
        put(question, "factors", posted.getlist("factors"))


def beside_from(posted: Posted, question: dict[str, Any], definition: Definition) -> None:
    """Which answers stand beside the scale or the number, saying that there is none; others of its own stay."""
    on_scale = codes_of_scale(definition, question)
    wanted = [code for code in WITHOUT_ANSWER if code in posted.getlist("without") and code not in on_scale]
    there = question.get("choices", [])
    kept = [one for one in there if one["code"] not in WITHOUT_ANSWER or one["code"] in wanted]
    known = {one["code"] for one in kept}
    added = without_answer([code for code in wanted if code not in known], definition["languages"])
    put(question, "choices", [*kept, *added])


def codes_of_scale(definition: Definition, question: Mapping[str, Any]) -> set[str]:
    """The answers that the scale of a question has by itself."""
    scale = next((one for one in definition["scales"] if one["code"] == question.get("scale")), None)
    return {choice["code"] for choice in scale["choices"]} if scale else set()


def _answers(posted: Posted, question: dict[str, Any], kind: str) -> None:
    """How it is answered, as far as that is chosen and not written."""
    if kind in WITH_POLARITY:
        question["polarity"] = posted.get("polarity") or question.get("polarity", "more_is_better")
    if kind == "scale" and posted.get("scale") and not question.get("battery"):
        question["scale"] = posted.get("scale")
    if kind in ("single", "text"):
        put(question, "appearance", posted.get("appearance"))


def _numbers(posted: Posted, question: dict[str, Any], kind: str) -> None:
    """The numbers that its kind has, each looked at beside the others."""
    match kind:
        case "multiple":
            for key in ("min_choices", "max_choices"):
                put(question, key, posted.number(key, question.get(key), is_whole=True, lowest=0))
            least, most = question.get("min_choices", 0), question.get("max_choices")
            if most and least > most:
                posted.refused["max_choices"] = _("This is less than the least that must be chosen.")
        case "text":
            length = posted.number("max_length", question["max_length"], is_whole=True, lowest=1)
            if length is not None and length > LONGEST_TEXT:
                posted.refused["max_length"] = _(
                    "At most %(limit)s characters: longer texts name more people."
                ) % {"limit": LONGEST_TEXT}
            elif length is not None:
                question["max_length"] = length
        case "rating":
            _rating(posted, question)
        case "quantity":
            _quantity(posted, question)
            bands_from(posted, question)


def _rating(posted: Posted, question: dict[str, Any]) -> None:
    lowest = posted.number("from", question.get("from"), is_whole=True, lowest=0)
    highest = posted.number("to", question.get("to"), is_whole=True, lowest=0)
    lowest, highest = 0 if lowest is None else lowest, 10 if highest is None else highest
    if not 1 <= highest - lowest < MOST_RATINGS:
        posted.refused["to"] = _("From 2 to %(most)s steps, such as 0 to 10.") % {"most": MOST_RATINGS}
    elif not posted.refused.keys() & {"from", "to"}:
        question |= {"from": lowest, "to": highest}


def _quantity(posted: Posted, question: dict[str, Any]) -> None:
    lowest = posted.number("minimum", question.get("minimum", 0))
    highest = posted.number("maximum", question.get("maximum", 100))
    decimals = posted.number("decimals", question.get("decimals", 0), is_whole=True, lowest=0) or 0
    if decimals > MOST_DECIMALS:
        posted.refused["decimals"] = _("At most %(most)s decimals.") % {"most": MOST_DECIMALS}
        decimals = question.get("decimals", 0)
    lowest, highest = 0 if lowest is None else lowest, 100 if highest is None else highest
    if lowest >= highest:
        posted.refused["maximum"] = _("This must be more than the least.")
    else:
        question |= {"minimum": lowest, "maximum": highest}
    put(question, "decimals", decimals)
