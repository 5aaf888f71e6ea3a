"""Drafts in words: kinds of question, conditions, languages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from datasets.cubes import pick
from surveys.drafting.conditions import SCORE, Relation, Row, rows_of
from surveys.drafting.texts import Definition
from surveys.languages import english_name
from surveys.wording import language

KINDS = {
    "single": gettext_noop("One of several answers"),
    "multiple": gettext_noop("Several answers"),
    "scale": gettext_noop("A scale in words"),
    "rating": gettext_noop("A number from 0 to 10"),
    "quantity": gettext_noop("How many or how much"),
    "text": gettext_noop("In own words"),
    "ranking": gettext_noop("Put in order"),
    "info": gettext_noop("Words to read"),
    "acknowledge": gettext_noop("A box to tick"),
    "number": gettext_noop("Age"),
    "calculated": gettext_noop("Worked out from other answers"),
    "battery": gettext_noop("Several statements on one scale"),
}
ADDABLE = (
    "single", "multiple", "scale", "battery", "rating", "quantity", "text", "ranking", "info", "acknowledge",
    "calculated",
)  # fmt: skip
"""The kinds that one can make a question of; an age comes from the bank."""


def kind_in_words(kind: str) -> str:
    """What a kind of question is called."""
    return _(KINDS[kind]) if kind in KINDS else kind


def language_in_words(code: str) -> str:
    """A language's name in the reader's language, or its code."""
    return _(english_name(code))


def condition_in_words(definition: Definition, condition: Any) -> str:
    """Who is asked, as a sentence; an expression that rows can't say is shown as it is written."""
    if not condition:
        return ""
    found = rows_of(condition)
    if found is None:
        return condition
    joined = _(" and ") if found.is_all else _(" or ")
    return joined.join(_row_in_words(definition, row) for row in found.rows)


def _row_in_words(definition: Definition, row: Row) -> str:
    scores = [{**one, "code": SCORE + one["code"]} for one in definition.get("scores", [])]
    parts = [*definition["questions"], *scores]
    found = next((one for one in parts if one["code"] == row.question), None)
    if found is None:
        return row.question.removeprefix(SCORE)
    label = pick(found.get("label") or found.get("title") or {"": row.question}, language())
    choices = {one["value"]: one["text"] for one in choices_of(definition, found)}
    values = ", ".join(choices.get(value, value) for value in row.values)
    words = {
        Relation.ANY_OF: _("%(question)s is %(answers)s"),
        Relation.NONE_OF: _("%(question)s is not %(answers)s"),
        Relation.ANSWERED: _("%(question)s is answered"),
        Relation.UNANSWERED: _("%(question)s is not answered"),
        Relation.AT_LEAST: _("%(question)s is at least %(answers)s"),
        Relation.AT_MOST: _("%(question)s is at most %(answers)s"),
    }[row.relation]
    return words % {"question": label, "answers": values}


def choices_of(definition: Definition, question: dict[str, Any]) -> list[dict[str, str]]:
    """The answers that a condition can name, with their words."""
    scale: dict[str, Any] = next((one for one in definition["scales"] if one["code"] == question.get("scale")), {})
    bands = [band for band in question.get("bands", []) if not band.get("outside")]
    found = [*scale.get("choices", []), *question.get("choices", []), *bands]
    if question.get("kind") == "rating":
        numbers = range(question.get("from", 0), question.get("to", 10) + 1)
        return [{"value": str(n), "text": str(n)} for n in numbers]
    if question.get("kind") == "quantity":
        found = question.get("choices", [])
    return [
        {"value": one["code"], "text": pick(one.get("text") or {"": one["code"]}, language())} for one in found
    ]
