"""What must hold of conditions: that they look back only, and at answers that there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from .conditions import Condition
from .definition import Questionnaire
from .flow import opening_answers
from .question import Kind, Question

UNANSWERED = frozenset({Kind.INFO, Kind.TEXT})


def check_conditions(questionnaire: Questionnaire) -> Iterator[str]:
    """Every condition that can't work."""
    scores = {score.code: score for score in questionnaire.scores}
    earlier: dict[str, Question] = {}
    for section in questionnaire.sections:
        if section.show_if:
            yield from _check(f"section {section.code}", "show_if", section.show_if, questionnaire, earlier)
        for question in section.questions:
            where = f"question {question.code}"
            for name, condition in (("show_if", question.show_if), ("calculation", question.calculation)):
                if condition:
                    yield from _check(where, name, condition, questionnaire, earlier)
                    for code in condition.scores & scores.keys():
                        if not set(scores[code].items) <= earlier.keys():
                            yield f"{where}: '{name}' uses score '{code}' before all of its items are asked"
            for constraint in question.constraints:
                around = earlier | {question.code: question}
                yield from _check(where, "constraints", constraint.holds, questionnaire, around)
            earlier[question.code] = question


def _check(
    where: str, name: str, condition: Condition, questionnaire: Questionnaire, earlier: dict[str, Question]
) -> Iterator[str]:
    for code in sorted(condition.names):
        if code not in earlier:
            yield f"{where}: '{name}' must name a question of an earlier place; '{code}' is not asked before it"
        elif earlier[code].kind in UNANSWERED:
            yield f"{where}: '{name}' can't depend on '{code}', whose answer is no choice or number"
    for code in sorted(condition.scores - {score.code for score in questionnaire.scores}):
        yield f"{where}: '{name}' must name one of the questionnaire's scores; '{code}' is none"
    asked = earlier.get(next(iter(condition.names), "")) if len(condition.names) == 1 else None
    is_of_choices = asked is not None and asked.choices and asked.kind is not Kind.QUANTITY
    if asked and is_of_choices and name == "show_if" and not condition.scores and not can_hold(condition, asked):
        yield f"{where}: '{name}' must name answers of '{asked.code}'; as it stands nobody gets here"


def can_hold(condition: Condition, asked: Question) -> bool:
    """Whether some answer to the one question that the condition reads makes it true; no answer counts too."""
    if condition.holds({}) or opening_answers(condition, asked):
        return True
    if asked.kind not in (Kind.MULTIPLE, Kind.RANKING):
        return False
    codes = tuple(asked.position)
    together = [codes, *permutations(codes, 2)]
    return any(condition.holds({asked.code: given}) for given in together)
