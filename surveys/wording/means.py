"""Means and scores in words, and as a place on their scale."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.cubes import pick
from surveys.questionnaire import Question, Questionnaire
from surveys.results.shown_means import ShownMean, has_mean
from surveys.wording.results import number_in_words


@dataclass(frozen=True)
class MeanWords:
    """A mean in a sentence, and where its interval begins, how long it is and where the mean lies: 0 to 100."""

    text: str
    start: float
    length: float
    at: float


def mean_in_words(mean: ShownMean, lang: str) -> MeanWords:
    """The mean of everyone with its interval."""
    unit = pick(mean.unit, lang) if mean.unit else ""
    words = {
        "mean": " ".join(filter(None, (number_in_words(mean.value, mean.decimals), unit))),
        "first": f"{mean.ends[0]:g}",
        "last": f"{mean.ends[1]:g}",
        "low": number_in_words(mean.low, mean.decimals),
        "high": number_in_words(mean.high, mean.decimals),
    }
    text = (
        _("Mean %(mean)s. With 95 per cent certainty it lies between %(low)s and %(high)s.")
        if unit
        else _(
            "Mean %(mean)s on a scale of %(first)s to %(last)s. "
            "With 95 per cent certainty it lies between %(low)s and %(high)s."
        )
    ) % words
    first, last = mean.ends
    value, low, high = (100 * (one - first) / (last - first) for one in (mean.value, mean.low, mean.high))
    return MeanWords(text, round(low, 1), round(max(high - low, 0.5), 1), round(value, 1))


def given_in_words(mean: ShownMean) -> str:
    """How many a mean is of, where it is all that is told of a question."""
    people = round(mean.people)
    return ngettext("%(people)s person gave a number.", "%(people)s people gave a number.", people) % {
        "people": people
    }


def why_no_mean(questionnaire: Questionnaire, question: Question) -> str:
    """What is said where a scale, a score or a quantity has no mean."""
    if not has_mean(questionnaire, question):
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
