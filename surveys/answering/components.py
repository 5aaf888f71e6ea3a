"""What the components of `components/survey/` are given for a question, and what the page's script must know."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from datasets.cubes.text import pick
from surveys.answering.mixing import Mixing, is_last
from surveys.questionnaire import (
    MOST_OWN_WORDS,
    ONE_OF,
    Appearance,
    Asks,
    Choice,
    Condition,
    Kind,
    Question,
    Questionnaire,
    example_age,
)
from surveys.questionnaire.cleaning import Problem, clean_answer

LONG_SCALE = 8
ONE_LINE = 100
COMPONENTS = {
    Kind.SINGLE: "single_choice",
    Kind.SCALE: "single_choice",
    Kind.RATING: "scale",
    Kind.MULTIPLE: "multiple_choice",
    Kind.NUMBER: "number",
    Kind.QUANTITY: "number",
    Kind.TEXT: "text",
    Kind.RANKING: "ranking",
    Kind.INFO: "info",
    Kind.ACKNOWLEDGE: "acknowledge",
    Kind.CALCULATED: "calculated",
}


def question_words(
    questionnaire: Questionnaire, question: Question, language: str, mixing: Mixing | None
) -> dict[str, Any]:
    """The context of `surveys/answering/question.html`: which component, its words, and marks for the script."""
    shown = [choice for choice in question.choices if question.kind is not Kind.NUMBER or choice.is_missing]
    if question.is_shuffled and mixing:
        shown = mixing.order(question.code, shown)
    choices = [_choice(choice, language) for choice in shown]
    name = COMPONENTS[question.kind]
    words: dict[str, Any] = {
        "name": question.code,
        "text": pick(question.text, language),
        "help": pick(question.help, language) if question.help else "",
        "max": question.max_choices,
        "choices": choices,
        "places": range(1, len(choices) + 1),
    }
    scale = questionnaire.scale_of(question)
    if question.kind is Kind.RATING or (scale is not None and len(question.choices) >= LONG_SCALE):
        name = "scale"
        words |= _numbers(question, choices, language)
    elif question.kind is Kind.SINGLE and question.appearance is Appearance.DROPDOWN:
        name = "dropdown"
    elif question.kind in ONE_OF:
        # Without script a chosen answer can't be taken back in any other way.
        choices.append({"value": "", "text": _("Skip the question")})
    elif question.kind in (Kind.NUMBER, Kind.QUANTITY):
        words |= _written(question, language)
    elif question.kind is Kind.TEXT:
        is_line = (question.max_length or 0) <= ONE_LINE and question.appearance is not Appearance.LONG
        rows = 8 if question.appearance is Appearance.LONG else 4
        words |= {"max_length": question.max_length, "is_line": is_line, "rows": rows}
    if question.own_words and name == "dropdown":
        words["own_words"] = question.own_words
    return {
        "component": f"components/survey/{name}.html",
        "question": words,
        "marks": marks_of(question, language),
        "is_sensitive": question.is_sensitive,
    }


def battery_words(
    questionnaire: Questionnaire, questions: Sequence[Question], language: str, errors: Mapping[str, str]
) -> dict[str, Any]:
    """The context of `components/survey/battery.html`: the statements of one battery, on their scale."""
    first = questions[0]
    battery = questionnaire.batteries[first.battery or ""]
    choices = [_choice(choice, language) for choice in first.choices]
    return {
        "code": f"{battery.code}-{first.code}",
        "text": pick(battery.text, language),
        "help": pick(battery.help, language) if battery.help else "",
        "choices": choices,
        "can_skip": True,
        "is_sensitive": any(question.is_sensitive for question in questions),
        "rows": [
            {
                "name": question.code,
                "text": pick(question.text, language),
                "help": pick(question.help, language) if question.help else "",
                "marks": marks_of(question, language),
                "error": errors.get(question.code, ""),
            }
            for question in questions
        ],
    }


def marks_of(question: Question, language: str) -> list[tuple[str, str]]:
    """What the script must know of a question, as `data-` attributes: its kind, when it is asked, its rules."""
    marks = {
        "question": question.code,
        "kind": question.kind.value,
        "if": for_script(question.show_if),
        "again": "yes" if question.asks_again else "",
        "required": "yes" if question.is_required else "",
        "sensitive": "yes" if question.is_sensitive else "",
        "shuffle": " ".join(c.code for c in question.choices if not is_last(c)) if question.is_shuffled else "",
        "calculation": for_script(question.calculation),
        "rules": spelt(rules) if (rules := rules_of(question, language)) else "",
    }
    return [(name, value) for name, value in marks.items() if value]


def rules_of(question: Question, language: str) -> dict[str, Any]:
    """The rules of `questionnaire/cleaning.py` that depend on the question, for js/answering/checks.js."""
    rules: dict[str, Any] = {}
    if question.constraints:
        rules["holds"] = [[c.holds.for_script, pick(c.message or {}, language)] for c in question.constraints]
    match question.kind:
        case Kind.NUMBER:
            missing = [choice.code for choice in question.choices if choice.is_missing]
            rules |= {"example": example_age(question), "bands": _bands(question, language), "missing": missing}
            if question.asks is Asks.BIRTH_YEAR:
                rules["year"] = True
        case Kind.QUANTITY if question.measure:
            measure = question.measure
            example = clean_answer(question, ("?",), 0)
            rules |= {
                "lowest": str(measure.lowest),
                "highest": str(measure.highest),
                "decimals": measure.decimals,
                "units": sorted(set(measure.unit.values())) if measure.unit else [],
                "example": example.params.get("example", "") if isinstance(example, Problem) else "",
                "missing": list(question.position),
            }
        case Kind.MULTIPLE:
            alone = [choice.code for choice in question.choices if choice.is_exclusive or choice.is_missing]
            found = {"least": question.min_choices, "most": question.max_choices, "alone": alone}
            rules |= {name: value for name, value in found.items() if value}
        case Kind.TEXT:
            rules["limit"] = question.max_length
    if question.own_words:
        rules["words"] = [choice.code for choice in question.choices if choice.has_words]
    return rules


def for_script(condition: Condition | None) -> str:
    """A condition as the page's own script reads it; empty where there is none."""
    return spelt(condition.for_script) if condition else ""


def spelt(value: object) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _choice(choice: Choice, language: str) -> dict[str, Any]:
    return {
        "value": choice.code,
        "text": pick(choice.text, language),
        "has_words": choice.has_words,
        "is_missing": choice.is_missing,
        "most_words": MOST_OWN_WORDS,
    }


def _numbers(question: Question, choices: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """A row of numbers with words at its ends: a rating's own, or what stands behind the ends of a scale.

    "0 – not at all" is the number 0 with the words "not at all".
    """
    steps = [choice for choice in choices if not choice["is_missing"]]
    beside = [choice for choice in choices if choice["is_missing"]]
    parts = [choice["text"].partition(" – ") for choice in steps]
    numbers = [{"value": choice["value"], "text": part[0]} for choice, part in zip(steps, parts, strict=True)]
    low = pick(question.low_label, language) if question.low_label else parts[0][2]
    high = pick(question.high_label, language) if question.high_label else parts[-1][2]
    return {"choices": numbers, "low": low, "high": high, "missing": beside}


def _written(question: Question, language: str) -> dict[str, Any]:
    """A number's field: how many figures it takes, which keys a phone shows, and the unit behind it."""
    if question.kind is Kind.NUMBER:
        return {"missing": [], "length": 5, "inputmode": "numeric"} | _beside(question, language)
    measure = question.measure
    unit = pick(measure.unit, language) if measure and measure.unit else ""
    is_whole = measure is None or not measure.decimals
    below = measure is not None and measure.lowest < 0  # a phone's figures alone have no minus
    inputmode = "text" if below else "numeric" if is_whole else "decimal"
    return {"length": 14, "inputmode": inputmode, "unit": unit} | _beside(question, language)


def _beside(question: Question, language: str) -> dict[str, Any]:
    return {"missing": [_choice(choice, language) for choice in question.choices if choice.is_missing]}


def _bands(question: Question, language: str) -> list[dict[str, Any]]:
    """What the script needs to send a band instead of a number, and to thank those outside."""
    return [
        {
            "code": band.code,
            "lowest": band.lowest,
            "highest": band.highest,
            "thanks": pick(band.thanks, language) if band.outside and band.thanks else "",
        }
        for band in question.bands
    ]
