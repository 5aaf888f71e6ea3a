"""How many points each answer of a score's questions gives: as the answers' order says, or as was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.drafting.posted import Posted, number_of, put
from surveys.drafting.problems import readable
from surveys.drafting.texts import Definition
from surveys.questionnaire import points_of


@dataclass(frozen=True)
class AnswerPoints:
    """An answer of a score's questions, with what it gives before any question is turned round.

    `now` is None where the answer is left out of the score; `usual` is what it gives where nobody chose points.
    """

    code: str
    text: Mapping[str, str]
    now: int | float | None
    usual: int | float

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"points.{self.code}"

    @property
    def kept(self) -> int | float:
        """What it gives where the form did not show it."""
        return self.usual if self.now is None else self.now


def answers_with_points(definition: Definition, code: str) -> list[AnswerPoints]:
    """Each answer of a score's questions once, whichever of them it stands in; none while they can't be read."""
    questionnaire = readable(definition)
    score = next((one for one in questionnaire.scores if one.code == code), None) if questionnaire else None
    if questionnaire is None or score is None:
        return []
    given = replace(score, reversed_items=frozenset())
    found: dict[str, AnswerPoints] = {}
    for question in map(questionnaire.question, score.items):
        now, usual = points_of(given, question), points_of(replace(given, points={}), question)
        for choice in question.choices:
            if choice.code in usual and choice.code not in found:
                points = (_number(now.get(choice.code)), _number(usual[choice.code]))
                found[choice.code] = AnswerPoints(choice.code, choice.text, points[0], points[1] or 0)
    return list(found.values())


def points_from(posted: Posted, definition: Definition, score: dict[str, Any]) -> None:
    """The points as the form has them; none of its own where they are the usual ones.

    An answer whose field is empty is not counted. One that the form did not show gives its usual points.
    """
    if not posted.get("has.points"):
        return
    answers = answers_with_points(definition, score["code"])
    sent = {one.code: posted.number(one.field, one.now) if one.field in posted else one.kept for one in answers}
    given = {code: points for code, points in sent.items() if points is not None}
    if any(one.field in posted.refused for one in answers):
        return
    if _leave_too_few(definition, score, given):
        posted.refused["points"] = _("At least two answers to each question need points.")
        return
    put(score, "points", None if given == {one.code: one.usual for one in answers} else given)


def _leave_too_few(definition: Definition, score: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    questionnaire = readable(definition)
    if questionnaire is None:
        return False
    questions = [questionnaire.question(code) for code in score["items"]]
    return any(sum(choice.code in given for choice in question.choices) < 2 for question in questions)


def _number(points: Decimal | None) -> int | float | None:
    return None if points is None else number_of(str(points))
