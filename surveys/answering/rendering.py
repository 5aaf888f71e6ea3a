"""Questions as HTML, rendered once for each version and language, with slots for a person's own answers.

The components of `components/survey/` are Django templates. What they give for a question is cut at every
choice, number and text, and kept; for one person the pieces are joined with `checked` or a value in the
slots. Only a question with an error to explain is rendered anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from datasets.cubes.text import pick
from surveys.questionnaire import Condition, Kind, Question, Questionnaire

Raw = Mapping[str, Sequence[str]]
"""Question code to what was posted under it, as it was."""

LONG_SCALE = 8
SLOT = re.compile(
    r'(?P<choice><input type="(?:radio|checkbox)" name="[^"]*" value="(?P<value>[^"]*)")'
    r'|(?P<number><input id="[^"]*" name="[^"]*")'
    r"|(?P<text><textarea [^>]*>)"
)
COMPONENTS = {
    Kind.SINGLE: "single_choice",
    Kind.SCALE: "single_choice",
    Kind.MULTIPLE: "multiple_choice",
    Kind.NUMBER: "number",
    Kind.TEXT: "text",
}


@dataclass(frozen=True)
class Slot:
    """Where an answer goes: behind a choice of this value, as a number's value, or into a text area."""

    kind: str
    value: str = ""

    def fill(self, given: Sequence[str]) -> str:
        """The attribute or text for what was given; nothing when nothing was."""
        if self.kind == "choice":
            return " checked" if self.value in given and self.value else ""
        if not given:
            return ""
        return f' value="{escape(given[0])}"' if self.kind == "number" else escape(given[0])


Pieces = tuple[str | Slot, ...]


def render_question(
    questionnaire: Questionnaire, spelt: str, question: Question, language: str, raw: Raw, error: str = ""
) -> SafeString:
    """One question with this person's answer, and an error to explain if there is one.

    `spelt` is the hash of the version's definition: what is kept is kept under it. A draft has none.
    """
    given = raw.get(question.code, ())
    if error or not spelt:
        pieces = _cut(_component(questionnaire, question, language, error))
    else:
        place = (spelt, question.code, language)
        pieces = _kept.get(place) or _kept.setdefault(place, _cut(_component(questionnaire, question, language)))
    # Joined of our own templates and of values that Slot.fill escaped.
    return mark_safe("".join(piece if isinstance(piece, str) else piece.fill(given) for piece in pieces))  # noqa: S308


_kept: dict[tuple[str, str, str], Pieces] = {}


def for_script(condition: Condition | None) -> str:
    """A condition as the page's own script reads it; empty where there is none."""
    return json.dumps(condition.for_script, ensure_ascii=False, separators=(",", ":")) if condition else ""


def _component(questionnaire: Questionnaire, question: Question, language: str, error: str = "") -> str:
    """The question as Django renders it, unanswered."""
    scale = questionnaire.scale_of(question)
    is_long = scale is not None and len(question.choices) >= LONG_SCALE
    choices = [{"value": choice.code, "text": pick(choice.text, language)} for choice in question.choices]
    words: dict[str, Any] = {
        "name": question.code,
        "text": pick(question.text, language),
        "help": pick(question.help, language) if question.help else "",
        "max": question.max_choices,
        "max_length": question.max_length,
        "choices": choices,
    }
    with translation.override(language):
        if is_long:
            words |= _numbers(choices)
        elif question.kind in (Kind.SINGLE, Kind.SCALE):
            # Without script a chosen answer can't be taken back in any other way.
            choices.append({"value": "", "text": _("Skip the question")})
        context = {
            "component": f"components/survey/{'scale' if is_long else COMPONENTS[question.kind]}.html",
            "question": words,
            "about": question,
            "condition": for_script(question.show_if),
            "alone": " ".join(choice.code for choice in question.choices if choice.is_exclusive),
            "error": error,
        }
        return re.sub(r"\n\s*", "\n", render_to_string("surveys/answering/question.html", context))


def _numbers(choices: list[dict[str, str]]) -> dict[str, Any]:
    """A long scale as its numbers, with the words that stand behind the first and last ("0 – not at all")."""
    parts = [choice["text"].partition(" – ") for choice in choices]
    numbers = [{"value": choice["value"], "text": part[0]} for choice, part in zip(choices, parts, strict=True)]
    return {"choices": numbers, "low": parts[0][2], "high": parts[-1][2]}


def _cut(html: str) -> Pieces:
    pieces: list[str | Slot] = []
    end = 0
    for match in SLOT.finditer(html):
        pieces.append(html[end : match.end()])
        kind = match.lastgroup if match.lastgroup != "value" else "choice"
        pieces.append(Slot(kind or "choice", match["value"] or ""))
        end = match.end()
    pieces.append(html[end:])
    return tuple(pieces)
