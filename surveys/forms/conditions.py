"""What the editor shows of conditions and rules: rows to fill in, and the expression beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from datasets.cubes import pick
from surveys.drafting.conditions import NUMERIC, SCORE, Relation, Row, rows_of
from surveys.drafting.posted import Posted
from surveys.drafting.posted_conditions import FEWEST_ROWS, MOST_ROWS, unfinished_rows
from surveys.drafting.rules import MOST_RULES, WITH_ANSWER, Sort, rule_of
from surveys.drafting.texts import Definition
from surveys.forms import questions as fields
from surveys.wording import language
from surveys.wording.drafts import choices_of

UNREADABLE = frozenset({"text", "info", "acknowledge"})
"""Kinds whose answers no condition can hang on."""
WITH_NUMBER = frozenset({"rating", "quantity", "calculated"})
WITHOUT_RULES = frozenset({"info", "acknowledge", "calculated", "number"})


def condition(
    definition: Definition, content: Mapping[str, Any], before: str | None, posted: Posted
) -> dict[str, Any]:
    """The builder's rows, the expression, and which is in use; `before` is the question that it stands before."""
    expression = content.get("show_if", "")
    found = rows_of(expression)
    whole = list(found.rows) if found else []
    started = [row for row in unfinished_rows(posted) if row.question not in {one.question for one in whole}]
    count = min(max(FEWEST_ROWS, len(whole) + len(started) + 1), MOST_ROWS)
    rows = [*whole, *started, *(Row("", Relation.ANY_OF) for _n in range(count))][: max(count, len(whole))]
    earlier = earlier_questions(definition, before)
    return {
        "is_rows": found is not None and len(whole) <= MOST_ROWS,
        "is_all": found.is_all if found else posted.get("joined") != "any",
        "expression": expression,
        "error": posted.refused.get("expression", ""),
        "is_set": bool(expression or whole or started),
        "has_earlier": bool(earlier),
        "rows": [_row(definition, number, row, earlier) for number, row in enumerate(rows)],
    }


def earlier_questions(definition: Definition, before: str | None) -> list[dict[str, Any]]:
    """The questions above this one, or all of them, whose answers a condition can read."""
    codes = [one["code"] for one in definition["questions"]]
    end = codes.index(before) if before in codes else len(codes)
    return [one for one in definition["questions"][:end] if one["kind"] not in UNREADABLE]


def codes(definition: Definition, before: str | None) -> list[tuple[str, str]]:
    """What an expression calls each earlier question and score, for those who write one."""
    return [
        (f"score('{code.removeprefix(SCORE)}')" if code.startswith(SCORE) else f"${{{code}}}", words)
        for code, words, _chosen in _subjects(definition, "", earlier_questions(definition, before))
    ]


def _row(definition: Definition, number: int, row: Row, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    asked = next((one for one in earlier if one["code"] == row.question), None)
    is_score = row.question.startswith(SCORE)
    numeric = is_score or (asked is not None and asked["kind"] in WITH_NUMBER)
    has_choices = asked is not None and asked["kind"] != "calculated"
    is_several = asked is not None and asked["kind"] == "multiple"
    relations = [
        *(
            [
                (Relation.ANY_OF, _("includes any of") if is_several else _("is any of")),
                (Relation.NONE_OF, _("includes none of") if is_several else _("is none of")),
                (Relation.ANSWERED, _("is answered")),
                (Relation.UNANSWERED, _("is not answered")),
            ]
            if has_choices
            else []
        ),
        *([(Relation.AT_LEAST, _("is at least")), (Relation.AT_MOST, _("is at most"))] if numeric else []),
    ]
    return {
        "number": number,
        "questions": _subjects(definition, row.question, earlier),
        "relations": [(relation.value, words, relation is row.relation) for relation, words in relations],
        "choices": [one | {"is_set": one["value"] in row.values} for one in choices_of(definition, asked)]
        if asked
        else [],
        "number_value": row.values[0] if row.relation in NUMERIC and row.values else "",
        "is_numeric": numeric,
        "is_chosen": asked is not None or is_score,
    }


def _subjects(definition: Definition, chosen: str, earlier: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    """What a row can be about: an earlier question, or a score whose items all come earlier."""
    codes = {one["code"] for one in earlier}
    found = [(one["code"], pick(one.get("label") or {"": one["code"]}, language())) for one in earlier]
    for score in definition.get("scores", []):
        if set(score["items"]) <= codes:
            named = pick(score.get("title") or {"": score["code"]}, language())
            found.append((SCORE + score["code"], _("the score %(name)s") % {"name": named}))
    return [(code, words, code == chosen) for code, words in found]


def rules(definition: Definition, question: Mapping[str, Any], posted: Posted) -> list[dict[str, Any]] | None:
    """The rules of a question, and one empty row; None for what has no answer of its own."""
    if question["kind"] in WITHOUT_RULES and not question.get("constraints"):
        return None
    there = question.get("constraints", [])
    earlier = earlier_questions(definition, question["code"])
    return [
        _rule(definition, number, one, earlier, posted) for number, one in enumerate([*there, {}][:MOST_RULES])
    ]


def _rule(
    definition: Definition,
    number: int,
    constraint: Mapping[str, Any],
    earlier: list[dict[str, Any]],
    posted: Posted,
) -> dict[str, Any]:
    rule = rule_of(constraint["holds"]) if constraint.get("holds") else None
    is_answer = rule is not None and rule.sort in WITH_ANSWER
    name, message = f"rule-{number}", f"rule-{number}.message"
    sorts = {
        Sort.AT_LEAST: _("be at least"),
        Sort.AT_MOST: _("be at most"),
        Sort.AT_LEAST_ANSWER: _("be no less than the answer to"),
        Sort.AT_MOST_ANSWER: _("be no more than the answer to"),
        Sort.NOT_ANSWER: _("be another than the answer to"),
        Sort.PATTERN: _("follow a pattern"),
        Sort.EXPRESSION: _("fulfil an expression"),
    }
    return {
        "number": number,
        "sorts": [(sort.value, words, rule is not None and sort is rule.sort) for sort, words in sorts.items()],
        "value": posted.get(f"{name}.value") or ("" if rule is None or is_answer else rule.value),
        "questions": [
            (code, words, is_answer and rule is not None and code == rule.value)
            for code, words, _chosen in _subjects({**definition, "scores": []}, "", earlier)
        ],
        "text": fields.text(definition, {message: constraint.get("message") or {}}, message, ""),
        "error": next((words for field, words in posted.refused.items() if field.startswith(f"{name}.")), ""),
        "is_set": rule is not None,
    }
