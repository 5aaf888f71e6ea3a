"""From what a form sent to a question of a draft: only what the form shows is changed, the rest stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol

from surveys.drafting.codes import code_of
from surveys.drafting.conditions import Relation, Row, Rows, spelt
from surveys.drafting.texts import Definition
from surveys.questionnaire.checking_questions import LONGEST_TEXT

LONGEST = 1000
"""Characters of any one text."""
SPARE_ROWS = 2
"""Empty rows for more answers, which is what there is without script."""
CONDITION_ROWS = 3

WITH_OWN_CHOICES = frozenset({"single", "multiple", "ranking"})
WITH_POLARITY = frozenset({"scale", "rating"})
UNANSWERED = frozenset({"info", "acknowledge"})

FLAGS: Mapping[str, frozenset[str]] = {
    "sensitive": frozenset({"single", "multiple", "scale", "rating", "quantity", "text", "ranking", "info"}),
    "background": frozenset({"single", "scale"}),
    "ask_again": frozenset({"single", "multiple", "scale", "rating", "quantity", "text", "ranking"}),
    "shuffle": frozenset({"single", "multiple", "ranking"}),
}
"""What can be ticked, and for which kinds of question."""


class Fields(Protocol):
    """A form's fields as Django has them."""

    def __contains__(self, key: object) -> bool: ...
    def getlist(self, key: str) -> list[Any]: ...


@dataclass(frozen=True)
class Posted:
    """What a form sent: the last of each name, or nothing."""

    fields: Fields

    def get(self, key: str) -> str:
        """The field's text; empty where it was not sent."""
        return ([""] + [str(value) for value in self.fields.getlist(key)])[-1]

    def getlist(self, key: str) -> list[str]:
        """All that was sent under a name."""
        return [str(value) for value in self.fields.getlist(key)]

    def words(self, field: str, old: Mapping[str, str] | None, languages: Sequence[str]) -> dict[str, str]:
        """A text in every language: as sent, or as it was in languages that the form does not show."""
        words = {}
        for language in languages:
            name = f"{field}.{language}"
            sent = self.get(name).strip()[:LONGEST] if name in self.fields else (old or {}).get(language, "")
            if sent:
                words[language] = sent
        return words


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
    if kind == "text":
        question |= {"max_length": LONGEST_TEXT, "appearance": "long", "sensitive": True}
    return question


def question_from(posted: Posted, old: Mapping[str, Any], definition: Definition) -> dict[str, Any]:
    """The question as the form has it."""
    question, languages = deepcopy(dict(old)), definition["languages"]
    kind = question["kind"]
    for field in ("text", "label", "help", "low_label", "high_label", "unit"):
        if posted.get(f"has.{field}"):
            words = posted.words(field, question.get(field), languages)
            _put(question, field, words, is_needed=field in ("text", "label"))
    for language, said in question["text"].items():
        if not question["label"].get(language):
            question["label"][language] = said.rstrip("?. ")[:60]
    for flag, kinds in FLAGS.items():
        if kind in kinds:
            _flag(question, flag, posted.get(flag) == "yes")
    if kind in WITH_OWN_CHOICES:
        question["choices"] = _choices(posted, question.get("choices", []), languages)
    _numbers(posted, question, kind)
    _answers(posted, question, kind)
    if posted.get("measures") in ("wellbeing", "protective", "risk", "context"):
        question["measures"] = posted.get("measures")
    if posted.get("has.factors"):
        _put(question, "factors", posted.getlist("factors"))
    _put(question, "show_if", condition_from(posted))
    if posted.get("has.constraint"):
        _constraint(posted, question, languages)
    return question


def _answers(posted: Posted, question: dict[str, Any], kind: str) -> None:
    """How it is answered, as far as that is chosen and not written."""
    if kind in WITH_POLARITY:
        question["polarity"] = posted.get("polarity") or question.get("polarity", "more_is_better")
    if kind == "scale" and posted.get("scale"):
        question["scale"] = posted.get("scale")
    if kind in ("single", "text"):
        _put(question, "appearance", posted.get("appearance"))


def condition_from(posted: Posted) -> str:
    """The condition: the rows, or the expression where somebody chose to write one."""
    if posted.get("condition") == "expression":
        return posted.get("expression").strip()
    rows = []
    for number in range(CONDITION_ROWS):
        name = f"row-{number}"
        relation = posted.get(f"{name}.relation") or Relation.ANY_OF.value
        if posted.get(f"{name}.question") and relation in list(Relation):
            numeric = relation in (Relation.AT_LEAST, Relation.AT_MOST)
            values = [_number_text(posted.get(f"{name}.number"))] if numeric else posted.getlist(f"{name}.values")
            rows.append(Row(posted.get(f"{name}.question"), Relation(relation), tuple(filter(None, values))))
    return spelt(Rows(tuple(rows), posted.get("joined") != "any"))


def unfinished_rows(posted: Posted) -> list[Row]:
    """Rows whose question is chosen and whose answers are not, so that the page can ask for them."""
    return [
        Row(posted.get(f"row-{n}.question"), Relation(posted.get(f"row-{n}.relation") or Relation.ANY_OF.value))
        for n in range(CONDITION_ROWS)
        if posted.get(f"row-{n}.question")
    ]


def _choices(posted: Posted, old: Sequence[Mapping[str, Any]], languages: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    before = {choice["code"]: choice.get("text") for choice in old}
    count = posted.get("choices")
    for number in range(min(int(count) if count.isdecimal() else 0, 60)):
        name = f"choice-{number}"
        words = posted.words(f"{name}.text", before.get(posted.get(f"{name}.code")), languages)
        if not words or posted.get("op") == f"choice-remove:{number}":
            continue
        taken = {choice["code"] for choice in found}
        code = posted.get(f"{name}.code") or code_of(next(iter(words.values())), taken, "answer")
        choice: dict[str, Any] = {
            "code": code if code not in taken else code_of(code, taken, "answer"),
            "text": words,
        }
        for flag in ("exclusive", "missing", "specify"):
            _flag(choice, flag, posted.get(f"{name}.{flag}") == "yes")
        found.append(choice)
    for op, step in (("choice-up", -1), ("choice-down", 1)):
        deed, _colon, place = posted.get("op").partition(":")
        there = int(place) + step if deed == op and place.isdecimal() else -1
        if 0 <= there < len(found) and 0 <= there - step < len(found):
            found[there], found[there - step] = found[there - step], found[there]
    return found


def _numbers(posted: Posted, question: dict[str, Any], kind: str) -> None:
    wanted = {
        "multiple": ("min_choices", "max_choices"),
        "text": ("max_length",),
        "rating": ("from", "to"),
        "quantity": ("minimum", "maximum", "decimals"),
    }.get(kind, ())
    for key in wanted:
        text = _number_text(posted.get(key))
        number = float(text) if text else None
        value = int(number) if number is not None and number == int(number) else number
        if key in ("max_length", "from", "to") and value is None:
            continue
        if value is None or (value == 0 and key in ("min_choices", "max_choices", "decimals")):
            question.pop(key, None)
        else:
            question[key] = value if kind == "quantity" else abs(int(value))


def _constraint(posted: Posted, question: dict[str, Any], languages: Sequence[str]) -> None:
    holds = posted.get("holds").strip()
    rest = question.get("constraints", [])[1:]
    message = posted.words("message", (question.get("constraints") or [{}])[0].get("message"), languages)
    first = [{"holds": holds, **({"message": message} if message else {})}] if holds else []
    _put(question, "constraints", [*first, *rest])


def _put(content: dict[str, Any], key: str, value: Any, *, is_needed: bool = False) -> None:
    if value or is_needed:
        content[key] = value
    else:
        content.pop(key, None)


def _flag(content: dict[str, Any], key: str, is_set: bool) -> None:
    _put(content, key, is_set)


def _number_text(words: str) -> str:
    """A number as the expression and JSON have it, or nothing."""
    plain = words.strip().replace(",", ".").replace("−", "-")
    try:
        number = float(plain)
    except ValueError:
        return ""
    if number != number or abs(number) > 1_000_000:
        return ""
    return str(int(number)) if number == int(number) else str(number)
