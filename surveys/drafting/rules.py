"""What an answer must fulfil, as rows that one can fill in: limits, other answers, a pattern, or an expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting.posted import Posted, number_of, put
from surveys.questionnaire.expressions import (
    Call,
    Expression,
    ExpressionError,
    Here,
    Negative,
    Number,
    Operation,
    Ref,
    Text,
    number_text,
    parse,
)

MOST_RULES = 5


class Sort(StrEnum):
    """What a rule says of an answer."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    AT_LEAST_ANSWER = "at_least_answer"
    AT_MOST_ANSWER = "at_most_answer"
    NOT_ANSWER = "not_answer"
    PATTERN = "pattern"
    EXPRESSION = "expression"


OPERATORS: Mapping[Sort, str] = {
    Sort.AT_LEAST: ">=",
    Sort.AT_MOST: "<=",
    Sort.AT_LEAST_ANSWER: ">=",
    Sort.AT_MOST_ANSWER: "<=",
    Sort.NOT_ANSWER: "!=",
}
WITH_ANSWER = frozenset({Sort.AT_LEAST_ANSWER, Sort.AT_MOST_ANSWER, Sort.NOT_ANSWER})
"""Rules that hold an answer against an earlier one."""


@dataclass(frozen=True)
class Rule:
    """One rule: its sort, and the number, the pattern, the expression, or the other question's code."""

    sort: Sort
    value: str


def rule_of(holds: str) -> Rule:
    """The row that says the same as an expression; as an expression where no row can."""
    try:
        found = _rule(parse(holds))
    except ExpressionError:
        found = None
    return found or Rule(Sort.EXPRESSION, holds)


def _rule(tree: Expression) -> Rule | None:
    match tree:
        case Operation(operator, Here(), Ref(code)):
            return next((Rule(sort, code) for sort in WITH_ANSWER if OPERATORS[sort] == operator), None)
        case Operation(">=" | "<=" as operator, Here(), Number() | Negative() as limit):
            number = limit.operand if isinstance(limit, Negative) else limit
            if isinstance(number, Number):
                sign = "-" if isinstance(limit, Negative) else ""
                return Rule(Sort.AT_LEAST if operator == ">=" else Sort.AT_MOST, sign + number_text(number.value))
        case Call("regex", (Here(), Text(pattern))):
            return Rule(Sort.PATTERN, pattern)
    return None


def spelt(rule: Rule) -> str:
    """The rule as an expression, where `.` is the answer."""
    if rule.sort is Sort.EXPRESSION:
        return rule.value
    if rule.sort is Sort.PATTERN:
        quote = '"' if "'" in rule.value else "'"
        return f"regex(., {quote}{rule.value}{quote})"
    value = f"${{{rule.value}}}" if rule.sort in WITH_ANSWER else rule.value
    return f". {OPERATORS[rule.sort]} {value}"


def rules_from(posted: Posted, question: dict[str, Any], languages: Sequence[str]) -> None:
    """A question's rules as the form has them, each with the words for whoever breaks it."""
    before, found = question.get("constraints", []), []
    for number in range(MOST_RULES):
        name = f"rule-{number}"
        old = before[number] if number < len(before) else {}
        if f"{name}.sort" not in posted:
            found += [old] if old else []
            continue
        if posted.get(f"{name}.sort") not in list(Sort):
            continue
        sort = Sort(posted.get(f"{name}.sort"))
        field = f"{name}.question" if sort in WITH_ANSWER else f"{name}.value"
        rule = Rule(sort, posted.get(field).strip())
        if why := _refused(rule):
            posted.refused[field] = why
        message = posted.words(f"{name}.message", old.get("message"), languages)
        if not message.get(languages[0]) and spelt(rule) != old.get("holds"):
            posted.refused[f"{name}.message.{languages[0]}"] = _("Say what they should write instead.")
        if sort in (Sort.AT_LEAST, Sort.AT_MOST):
            rule = Rule(sort, str(number_of(rule.value)))
        found.append({"holds": spelt(rule)} | ({"message": message} if message else {}))
    put(question, "constraints", [*found, *before[MOST_RULES:]])


def _refused(rule: Rule) -> str:
    """Why a rule can't be taken; empty where it can."""
    if not rule.value:
        return _("Choose a question.") if rule.sort in WITH_ANSWER else _("Write what it must fulfil.")
    if rule.sort in (Sort.AT_LEAST, Sort.AT_MOST):
        return "" if number_of(rule.value) is not None else _("Write a number, such as 10.")
    if rule.sort is Sort.PATTERN and "'" in rule.value and '"' in rule.value:
        return _("A pattern can hold one kind of quotation mark only.")
    return refused_expression(spelt(rule))


def refused_expression(text: str) -> str:
    """Why an expression can't be read; empty where it can."""
    if not text.strip():
        return _("Write an expression.")
    try:
        parse(text)
    except ExpressionError as error:
        return _("The condition can't be understood: %(why)s") % {"why": _(error.template) % error.params}
    return ""
