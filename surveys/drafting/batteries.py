"""Batteries: statements that are answered on one scale and shown together under one lead-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting import scales
from surveys.drafting.codes import code_of
from surveys.drafting.outline import (
    DraftError,
    battery_leave,
    question_add,
    question_move,
    question_of,
    questions_in,
    take_scale,
)
from surveys.drafting.posted import Posted, put
from surveys.drafting.posted_questions import beside_from, fresh
from surveys.drafting.texts import Definition

MOST_STATEMENTS = 15
"""Nobody answers a longer one with care."""


def battery_of(definition: Definition, code: str) -> dict[str, Any]:
    """The battery with this code. Raises DraftError where it is gone."""
    found = next((one for one in definition.get("batteries", []) if one.get("code") == code), None)
    if found is None:
        raise DraftError(_("Those statements do not stand together any more."))
    return found


def rows_of(definition: Definition, code: str) -> list[dict[str, Any]]:
    """The battery's statements, in order."""
    return [one for one in definition["questions"] if one.get("battery") == code]


def battery_begin(definition: Definition, stem: str, statements: Sequence[str], section: str, scale: str) -> str:
    """A battery of new statements at the end of a section, in the first language; its code is given back."""
    said = [words.strip()[:500] for words in statements if words.strip()]
    if len(said) < 2:
        raise DraftError(_("Write at least two statements, one a line."))
    code = _made(definition, {definition["languages"][0]: stem.strip()[:500]})
    for words in said:
        statement_add(definition, code, words, section, scale)
    return code


def statement_add(definition: Definition, code: str, words: str, section: str, scale: str) -> None:
    """One more statement, at the end of the battery."""
    lang = definition["languages"][0]
    rows = rows_of(definition, code)
    if len(rows) >= MOST_STATEMENTS:
        raise DraftError(
            _("At most %(most)s statements together. Make another group.") % {"most": MOST_STATEMENTS}
        )
    said = {"text": {lang: words}, "label": {lang: words.rstrip("?. ")[:60]}}
    like = {
        key: rows[-1][key] for key in ("polarity", "choices", "show_if", "measures") if rows and key in rows[-1]
    }
    question = fresh("scale") | like | said | {"scale": scale}
    added = question_of(definition, question_add(definition, question, section))
    take_scale(definition, added)
    added["battery"] = code
    if rows:
        questions = definition["questions"]
        questions.remove(added)
        questions.insert(questions.index(rows[-1]) + 1, added)


def battery_join(definition: Definition, code: str) -> str:
    """Put a question together with the one above it, in its battery or in a new one; the code is given back."""
    question = question_of(definition, code)
    within = questions_in(definition, question["section"])
    at = within.index(question)
    above = within[at - 1] if at else None
    if above is None or above.get("kind") != "scale" or question.get("kind") != "scale":
        raise DraftError(_("Only questions on a scale can stand together. The one above is not."))
    if _answers(above) != _answers(question):
        raise DraftError(_("The question above has other answers. Give both the same scale first."))
    below = rows_of(definition, question.pop("battery", ""))
    battery = above.get("battery") or _made(definition, {})
    for one in (above, question, *below):
        one["battery"] = battery
    definition["batteries"] = [one for one in definition["batteries"] if rows_of(definition, one["code"])]
    return battery


def battery_split(definition: Definition, code: str) -> None:
    """Let every statement be a question of its own again."""
    for one in rows_of(definition, code):
        one.pop("battery", None)
    definition["batteries"].remove(battery_of(definition, code))


def battery_move(definition: Definition, code: str, step: int) -> None:
    """The whole battery one place up (-1) or down (1) within its section, over another battery as a whole."""
    rows = rows_of(definition, code)
    within = questions_in(definition, rows[0]["section"]) if rows else []
    at = (within.index(rows[0]) - 1 if step < 0 else within.index(rows[-1]) + 1) if rows else -1
    if not 0 <= at < len(within):
        return
    beside = within[at]
    block = [one for one in within if beside.get("battery") and one.get("battery") == beside["battery"]] or [
        beside
    ]
    questions = [one for one in definition["questions"] if one not in rows]
    place = questions.index(block[0]) if step < 0 else questions.index(block[-1]) + 1
    definition["questions"] = [*questions[:place], *rows, *questions[place:]]


def battery_change(definition: Definition, code: str, posted: Posted) -> None:
    """The battery as its form has it: lead-in, scale, what can be answered beside it, and more statements."""
    battery, rows, languages = battery_of(definition, code), rows_of(definition, code), definition["languages"]
    if not rows:
        raise DraftError(_("Those statements do not stand together any more."))
    battery["text"] = posted.words("text", battery.get("text"), languages)
    put(battery, "help", posted.words("help", battery.get("help"), languages))
    for row in rows:
        row["text"] = posted.words(f"row-{row['code']}.text", row.get("text"), languages)
        for language, said in row["text"].items():
            row["label"].setdefault(language, said.rstrip("?. ")[:60])
        if (polarity := posted.get(f"row-{row['code']}.polarity")) in ("more_is_better", "less_is_better"):
            row["polarity"] = polarity
        if posted.get("has.without"):
            beside_from(posted, row, definition)
    if scale := posted.get("scale"):
        scales.use(definition, rows[0]["code"], scale)
        take_scale(definition, rows[0])
    more = [words.strip()[:500] for words in posted.get("statements").splitlines() if words.strip()]
    for words in more:
        statement_add(definition, code, words, rows[0]["section"], rows[0]["scale"])
    for op, deed in ROW_DEEDS.items():
        if (row_code := posted.op(op)) in {row["code"] for row in rows}:
            deed(definition, str(row_code))


ROW_DEEDS: Mapping[str, Callable[[Definition, str], object]] = {
    "row-up": lambda definition, code: question_move(definition, code, -1),
    "row-down": lambda definition, code: question_move(definition, code, 1),
    "row-leave": battery_leave,
}
"""What the buttons beside a statement do."""


def _made(definition: Definition, text: dict[str, str]) -> str:
    taken = {one["code"] for one in definition.setdefault("batteries", [])}
    code = code_of(next(iter(text.values()), ""), taken, "statements")
    definition["batteries"].append({"code": code, "text": text})
    return code


def _answers(question: dict[str, Any]) -> tuple[str, list[str]]:
    return question["scale"], [one["code"] for one in question.get("choices", [])]
