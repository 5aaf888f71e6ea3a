"""Means and scores in words, and as a place on their scale."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from datasets.cubes import pick
from datasets.disclosure import ProtectedCube
from datasets.statistics import Interval, mean_from_counts
from surveys.questionnaire import Question, Questionnaire, Score
from surveys.results.means import ends_of
from surveys.wording.results import number_in_words


@dataclass(frozen=True)
class MeanWords:
    """A mean in a sentence, and where its interval begins, how long it is and where the mean lies: 0 to 100."""

    text: str
    start: float
    length: float
    at: float


def mean_in_words(
    questionnaire: Questionnaire, question: Question, cube: ProtectedCube, mean: ProtectedCube | None, lang: str
) -> MeanWords | None:
    """The mean of everyone with its interval; None where there is none or it is not shown.

    Of a scale from the published counts, where none is hidden: the steps are the answers' own numbers, or else 1
    and on. Of a score and of a quantity from `mean`, its published table.
    """
    score = next((score for score in questionnaire.scores if score.code == question.code), None)
    if mean is not None:
        value, low, high = (float(one) for one in mean.values.ravel()[:3])
        unit = "" if score is not None or question.measure is None else pick(question.measure.unit or {}, lang)
        return _worded((value, low, high), _ends(questionnaire, question, score), unit)
    steps = _steps(questionnaire, question)
    if not steps or any(code not in cube.dimension(question.code).positions for code in steps):
        return None
    found = mean_from_counts(list(steps.values()), cube.select({question.code: list(steps)}).values.ravel())
    if not float(found.low) <= float(found.high):
        return None
    return _worded(_floats(found), (min(steps.values()), max(steps.values())), "")


def why_no_mean(questionnaire: Questionnaire, question: Question) -> str:
    """What is said where a scale, a score or a quantity has no mean."""
    has_one = question.measure is not None or bool(_steps(questionnaire, question))
    if not has_one and all(score.code != question.code for score in questionnaire.scores):
        return ""
    return _("No mean is shown: it would tell figures that are hidden, or rests on too few.")


def score_in_words(questionnaire: Questionnaire, code: str, lang: str) -> str:
    """What a score is worked out of, and whose it is; nothing for a question."""
    score = next((score for score in questionnaire.scores if score.code == code), None)
    if score is None:
        return ""
    items = ", ".join(pick(questionnaire.question(item).label, lang).lower() for item in score.items)
    said = _("Worked out of the answers to: %(items)s.") % {"items": items}
    if score.licence is not None:
        words = {"name": score.licence.name, "holder": score.licence.holder}
        said += " " + _("Rights: %(holder)s. Licence: %(name)s.") % words
    return said


def _steps(questionnaire: Questionnaire, question: Question) -> dict[str, float]:
    """The answers of a scale with their numbers; nothing for another question."""
    if questionnaire.scale_of(question) is None:
        return {}
    codes = [choice.code for choice in question.choices if not choice.is_missing]
    own = all(code.isdigit() for code in codes)
    return {code: float(code) if own else float(at) for at, code in enumerate(codes, start=1)}


def _ends(questionnaire: Questionnaire, question: Question, score: Score | None) -> tuple[float, float]:
    if score is not None:
        return ends_of(questionnaire, score)
    measure = question.measure
    return (float(measure.lowest), float(measure.highest)) if measure is not None else (0.0, 0.0)


def _floats(found: Interval) -> tuple[float, float, float]:
    return float(found.value), float(found.low), float(found.high)


def _worded(mean: tuple[float, float, float], ends: tuple[float, float], unit: str) -> MeanWords:
    words = {
        "mean": " ".join(filter(None, (number_in_words(mean[0]), unit))),
        "first": f"{ends[0]:g}",
        "last": f"{ends[1]:g}",
        "low": number_in_words(mean[1]),
        "high": number_in_words(mean[2]),
    }
    text = (
        _("Mean %(mean)s. With 95 per cent certainty it lies between %(low)s and %(high)s.")
        if unit
        else _(
            "Mean %(mean)s on a scale of %(first)s to %(last)s. "
            "With 95 per cent certainty it lies between %(low)s and %(high)s."
        )
    ) % words
    value, low, high = (100 * (one - ends[0]) / (ends[1] - ends[0]) for one in mean)
    return MeanWords(text, round(low, 1), round(max(high - low, 0.5), 1), round(value, 1))
